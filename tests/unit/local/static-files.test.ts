import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StaticFiles } from '../../../supabase/local/http/static-files'

let folder: string
let pages: StaticFiles

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gewu-pages-'))
  mkdirSync(join(folder, 'dist', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'not for anybody')
  writeFileSync(join(folder, 'dist', 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'dist', 'assets', 'app-1a2b.js'), 'let a = 1\n'.repeat(500))
  pages = new StaticFiles(join(folder, 'dist'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('static files', () => {
  it('gives the page for every address of the console, and only for pages', async () => {
    for (const address of ['/', '/redesign', '/territory/3?x=1'.split('?')[0]!]) {
      expect((await pages.find(address, 'text/html,*/*', ''))?.headers['cache-control'], address).toBe('no-cache')
    }
    expect(await pages.find('/redesign', 'application/json', '')).toBe(null)
    expect(await pages.find('/assets/gone-9.js', 'text/html', '')).toBe(null)
  })

  it('lets hashed files be cached for ever, compressed, even after a new build took them away', async () => {
    rmSync(join(folder, 'dist', 'assets'), { recursive: true })
    const found = await pages.find('/assets/app-1a2b.js', '*/*', 'gzip, br')
    expect(found?.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' })
    expect(brotliDecompressSync(found!.body).toString()).toBe('let a = 1\n'.repeat(500))
  })

  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt', '//secret.txt', '/\0', '/%ff'])(
    'finds nothing outside by %j',
    async (address) => expect(await pages.find(address, '*/*', '')).toBe(null),
  )
})
