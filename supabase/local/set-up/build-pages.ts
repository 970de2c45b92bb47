import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { listFiles } from '../data-directory/list-files'
import { PROJECT_DIR } from '../settings'

const DIST = join(PROJECT_DIR, 'dist')
const STAMP = join(DIST, '.sources')

/** Builds the pages into `dist/` unless they are there, made from the very sources that lie here. */
export async function buildPages(say: (line: string) => void): Promise<void> {
  const stamp = hashOfSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return
  say('building the pages')
  const { build } = await import('vite')
  // Built aside and put in place whole: a build that fails, or two at once, leave no half of a page.
  const making = join(PROJECT_DIR, 'node_modules', '.cache', 'gewu', `pages-${process.pid}`)
  // A test runner sets this to `test`, with which Vue is built for development: slower, and then found here by `npm start`.
  const environment = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await build({ root: PROJECT_DIR, logLevel: 'error', build: { outDir: making } })
    writeFileSync(join(making, '.sources'), stamp)
    rmSync(DIST, { recursive: true, force: true })
    renameSync(making, DIST)
  } finally {
    if (environment === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = environment
    rmSync(making, { recursive: true, force: true })
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256').update('production\0')
  const files = [
    ...listFiles(join(PROJECT_DIR, 'src')).filter((file) => !file.endsWith('.md')),
    ...listFiles(join(PROJECT_DIR, 'public')),
    ...['index.html', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'].map((name) => join(PROJECT_DIR, name)),
  ]
  for (const file of files) {
    if (existsSync(file)) hash.update(relative(PROJECT_DIR, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  for (const [name, value] of Object.entries(process.env).sort()) if (name.startsWith('VITE_')) hash.update(`${name}=${value}\0`)
  return hash.digest('hex')
}
