/// <reference types="vitest/config" />
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { FileOrder } from './tests/setup/file-order.ts'

const src = fileURLToPath(new URL('./src', import.meta.url))
const alias = { '@': src }

/** Packages that change rarely and are large: a chunk each, so that a new build of ours leaves them in the cache. */
const CHUNKS: [name: string, test: RegExp][] = [
  ['maplibre', /node_modules[\\/]maplibre-gl[\\/]/],
  ['element', /node_modules[\\/](element-plus|@element-plus|@floating-ui|@popperjs|async-validator|dayjs|lodash-es)[\\/]/],
  ['supabase', /node_modules[\\/]@supabase[\\/]/],
  ['pinyin', /node_modules[\\/]pinyin-pro[\\/]/],
  ['vue', /node_modules[\\/](vue|@vue|vue-router|pinia|vue-i18n|@intlify)[\\/]/],
]

export default defineConfig({
  plugins: [vue()],
  resolve: { alias },
  // MapLibre starts its worker from a file beside its module; pre-bundling moves the module and the worker is not found.
  optimizeDeps: { exclude: ['maplibre-gl'] },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: { codeSplitting: { groups: CHUNKS.map(([name, test]) => ({ name, test })) } },
    },
  },
  test: {
    sequence: { sequencer: FileOrder },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          // Modules are read once a process, not once a file: a fifth of the work. Nothing here may stand in for a module.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'component',
          environment: 'jsdom',
          include: ['tests/component/**/*.test.ts'],
          setupFiles: ['tests/setup/fresh-page.ts'],
          fileParallelism: false,
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'sql',
          environment: 'node',
          include: ['tests/sql/*.test.ts'],
          setupFiles: ['tests/setup/keep-engine.ts'],
          // A database engine for each file at once would fight for two cores and several GB. One process for all: what a
          // file leaves as it was, the next goes on with.
          fileParallelism: false,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          environment: 'node',
          include: ['tests/sql/server/*.test.ts'],
          setupFiles: ['tests/setup/keep-engine.ts'],
          fileParallelism: false,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'agreement',
          environment: 'node',
          include: ['tests/agreement/**/*.test.ts'],
          setupFiles: ['tests/setup/keep-engine.ts'],
          fileParallelism: false,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'architecture',
          environment: 'node',
          include: ['tests/architecture/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: ['tests/setup/prepare-demo.ts'],
          setupFiles: ['tests/setup/keep-engine.ts', 'tests/setup/describe-failure.ts'],
          // What a page began may be on its way; a second is too short on a machine that draws maps in software.
          expect: { poll: { timeout: 20_000 } },
          // One process, one browser and one compiled engine for all files; each has data and visits of its own.
          fileParallelism: false,
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
