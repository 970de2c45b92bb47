import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { listFiles } from '../database/snapshot-cache'
import { PROJECT_DIR } from '../settings'

const STAMP = join(PROJECT_DIR, 'dist', '.sources')

/** Builds the pages into `dist/` unless they are there, made from the very sources that lie here. */
export async function buildPages(say: (line: string) => void): Promise<void> {
  const stamp = hashOfSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return
  say('building the pages')
  const { build } = await import('vite')
  await build({ root: PROJECT_DIR, logLevel: 'error' })
  writeFileSync(STAMP, stamp)
}

function hashOfSources(): string {
  const hash = createHash('sha256')
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
