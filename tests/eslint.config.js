import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Vague file names hide what a file is about; see the house style. */
const vagueNames = ['**/*utils*', '**/*helpers.*', '**/*common.*', '**/*misc.*']

export default tseslint.config(
  { ignores: ['node_modules/**', 'dist/**', '.data/**', 'src/data/database.types.ts'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] } },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Layout is the formatter's matter; these would only quarrel over line breaks.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
      'vue/no-v-html': 'error',
    },
  },
  {
    // Programs of the command line speak to the terminal.
    files: ['supabase/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.mjs', '**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    // Unit tests share their modules: what stands in for one would stand there for the files after it too.
    files: ['tests/unit/**'],
    rules: {
      'no-restricted-syntax': ['error', {
        selector: 'CallExpression[callee.object.name=vi][callee.property.name=/^(mock|doMock)$/]',
        message: 'Spy on what the module exports, or make it a component test.',
      }],
    },
  },
  {
    files: vagueNames,
    rules: {
      'no-restricted-syntax': ['error', { selector: 'Program', message: 'Name the file after what it does.' }],
    },
  },
)
