import { expect, it } from 'vitest'
import { keepOf } from '../../../supabase/local/database/light-postgis'

/** An archive of files with these names, each of as many bytes. */
function archiveOf(files: Record<string, number>): Buffer {
  const entries = Object.entries(files).map(([name, size]) => {
    const entry = Buffer.alloc(512 * (1 + Math.ceil(size / 512)), 0)
    entry.write(name, 0)
    entry.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
    entry.write(name.endsWith('/') ? '5' : '0', 156)
    entry.fill(name, 512, 512 + size)
    return entry
  })
  return Buffer.concat([...entries, Buffer.alloc(1024)])
}

it('keeps the files that are wanted, byte for byte, and no others', () => {
  const whole = archiveOf({ 'a/': 0, 'a/one': 1, 'b/two': 512, 'a/none': 0, 'a/three': 1300, 'b/four': 513 })
  expect(keepOf(whole, /^a\//)).toEqual(archiveOf({ 'a/one': 1, 'a/none': 0, 'a/three': 1300 }))
  expect(keepOf(whole, /^c/)).toEqual(archiveOf({}))
})
