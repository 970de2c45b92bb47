import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readBackup, writeBackup } from '../../../supabase/local/backups/backup-file'
import { readDataState } from '../../../supabase/local/data-directory/layout'
import { lockDataDirectory } from '../../../supabase/local/data-directory/lock'
import { loadSecrets } from '../../../supabase/local/data-directory/secrets'
import { lottery } from '../../helpers/malformed/manifest'

const HEADER = { lastMigration: '20261121000100', rows: 3, demo: true, tables: { 'public.grids': { rows: 3, sum: '7' } } }
const random = lottery('backups')
const dump = gzipSync(Buffer.from(Uint8Array.from({ length: 40_000 }, () => Math.floor(random() * 256))))
const at = (length: number) => Math.floor(random() * length)

const folder = mkdtempSync(join(tmpdir(), 'gewu-malformed-'))
const file = join(folder, 'a.backup')
writeBackup(file, HEADER, dump)
const sound = readFileSync(file)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const headed = (text: string): Buffer => Buffer.concat([gzipSync(text), dump])
const head = (change: Record<string, unknown>): Buffer => headed(JSON.stringify({ gewu: 2, ...HEADER, ...change }))

/** Files in the place of a backup, by what is wrong with them. */
const BACKUPS: readonly (readonly [what: string, bytes: Buffer])[] = [
  ...Array.from({ length: 25 }, (): [string, Buffer] => {
    const cut = at(sound.length)
    return [`cut at byte ${cut}`, sound.subarray(0, cut)]
  }),
  ...Array.from({ length: 25 }, (): [string, Buffer] => {
    const place = gzipSync('').length + at(sound.length - 60)
    const bytes = Buffer.from(sound)
    bytes[place]! ^= 1 << at(8)
    return [`a bit changed in byte ${place}`, bytes]
  }),
  ['nothing', Buffer.alloc(0)], ['zeros', Buffer.alloc(500)], ['text', Buffer.from('no backup')], ['a dump without its description', dump],
  ['a description alone', gzipSync(JSON.stringify({ gewu: 2, ...HEADER }))], ['a description that is no JSON', headed('{')], ['a description that is null', headed('null')],
  ['a description that is a list', headed('[]')], ['of another program', head({ gewu: 'x' })], ['of a later form', head({ gewu: 3 })], ['rows that are words', head({ rows: '3' })],
  ['a migration that is a number', head({ lastMigration: 5 })], ['a description of 100,000 brackets', headed('['.repeat(100_000))], ['noise behind the description', Buffer.concat([gzipSync(JSON.stringify({ gewu: 2, ...HEADER })), Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(300, 7)])],
]

const NO_JSON = ['', '{', 'null', '5', '"x"', '[]', '[[', 'NaN', '\ufeff{}', '\0'.repeat(100), '{"pid":"x"}', '{"pid":1e300}', '{"demo":"yes"}', '{"jwtSecret":5}', '['.repeat(50_000)]

describe('malformed files of the server', () => {
  it(`${BACKUPS.length} backups that are none are refused with words, a sound one is read`, () => {
    expect(readBackup(file)).toEqual({ header: HEADER, dump: gunzipSync(dump) })
    const other = join(folder, 'b.backup')
    const read: string[] = []
    for (const [what, bytes] of BACKUPS) {
      writeFileSync(other, bytes)
      try {
        const { header, dump: unpacked } = readBackup(other)
        // A bit of the time or the name of a gzip member changes nothing that counts.
        if (JSON.stringify(header) !== JSON.stringify(HEADER) || !unpacked.equals(gunzipSync(dump))) read.push(what)
      } catch (error) {
        expect((error as Error).message, what).toBe(`${other} is not a backup of this console, or was cut short`)
      }
    }
    expect(read).toEqual([])
  })

  it(`${NO_JSON.length} texts in the place of its small files are refused with words, or count for nothing`, () => {
    for (const text of NO_JSON) {
      writeFileSync(join(folder, 'secrets.json'), text, { mode: 0o600 })
      expect(() => loadSecrets(folder), text.slice(0, 20)).toThrow(/secrets\.json.*delete/is)
      writeFileSync(join(folder, 'state.json'), text)
      expect(readDataState(folder)).toEqual({ demo: false })
      writeFileSync(join(folder, 'lock'), text)
      lockDataDirectory(folder, 'test')()
    }
  })
})
