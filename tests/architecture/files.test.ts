import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path))

const isCode = (path: string) => /\.(ts|vue|mjs)$/.test(path) && !path.includes('database.types')
const lineCount = (path: string) => readFileSync(path, 'utf8').split('\n').length

/** Top level of the house; nothing else may lie there. */
const TOP = new Set([
  'src', 'public', 'supabase', 'tests', '.ci', 'vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json',
  'index.html', 'README.md', 'README.zh-CN.md', 'LICENSE', 'CHANGELOG.md', '.gitignore',
])

describe('files', () => {
  it('keeps the top level as the plan of the house says', () => {
    expect([...new Set(tracked.map((path) => path.split('/')[0]))].filter((name) => !TOP.has(name))).toEqual([])
  })

  it('has no file of code over 500 lines', () => {
    expect(tracked.filter(isCode).filter((path) => lineCount(path) > 500)).toEqual([])
  })

  it('names files in kebab-case, components in PascalCase', () => {
    const bad = tracked.filter((path) => {
      const name = path.split('/').pop()!
      if (path.startsWith('src/') && path.endsWith('.vue')) return !/^[A-Z][A-Za-z0-9]*\.vue$/.test(name)
      if (path.startsWith('src/') && path.endsWith('.ts')) return !/^[a-z0-9]+(-[a-z0-9]+)*(\.types|\.worker)?\.ts$/.test(name)
      return false
    })
    expect(bad).toEqual([])
  })

  it('gives every floor and room a README', () => {
    const homes = new Set(
      tracked.flatMap((path) => path.match(/^src\/(?:rooms\/[^/]+|core|algorithms|jobs|data|map|ui|formats|app)(?=\/)/) ?? []),
    )
    for (const folder of ['supabase', 'supabase/local', 'supabase/seed', 'tests']) homes.add(folder)
    expect([...homes].filter((folder) => !existsSync(join(folder, 'README.md')))).toEqual([])
  })

  it('names only paths that exist in its READMEs', () => {
    const missing = tracked
      .filter((path) => path.endsWith('README.md') || path.startsWith('src/decisions/'))
      .flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/`((?:src|supabase|tests|public)\/[\w./-]*[\w/])`/g)]
          .map((match) => match[1]!)
          .filter((named) => !existsSync(normalize(named)) && !existsSync(join(dirname(path), named)))
          .map((named) => `${path}: ${named}`),
      )
    expect(missing).toEqual([])
  })
})
