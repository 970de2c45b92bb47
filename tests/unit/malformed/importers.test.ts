import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FUNCTIONS } from '../../../supabase/local/allow-list'
import { FILE_KINDS, NO_IMPORTERS, READERS } from '../../helpers/malformed/importers'
import { PACKED_FILES } from '../../helpers/malformed/packed-files'
import { ATTACKED_FUNCTIONS } from '../../helpers/malformed/server-rows'
import { TEXT_FILES } from '../../helpers/malformed/text-files'

/** What code must write to get at bytes or text that is not its own. */
const READS = /\bTextDecoder\b|\bJSON\.parse\b|\.arrayBuffer\(\)|\bFileReader\b|\bPapa\.parse\b|\bDOMParser\b|\bDataView\b|\bPbfReader\b|\breadFileSync\b|\bcreateReadStream\b|\bgunzipSync\b|\bDecompressionStream\b|type="file"/

describe('the corpus of malformed files', () => {
  it('knows every place that reads what others wrote', () => {
    const code = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'supabase'], { encoding: 'utf8' })
      .split('\n')
      .filter((path) => /\.(ts|vue|mjs)$/.test(path) && existsSync(path))
    const reading = code.filter((path) => READS.test(readFileSync(path, 'utf8')))
    expect(reading.filter((path) => !(path in READERS) && !(path in NO_IMPORTERS))).toEqual([])
    expect(Object.keys({ ...READERS, ...NO_IMPORTERS }).filter((path) => !reading.includes(path))).toEqual([])
  })

  it('holds at least ten files of every kind', () => {
    const files = [...TEXT_FILES, ...PACKED_FILES]
    for (const [kind, names] of Object.entries(FILE_KINDS)) {
      expect(files.filter(({ name }) => names.includes(name)).length, kind).toBeGreaterThanOrEqual(10)
    }
  })

  it('sends malformed rows to every function that takes a document', () => {
    // The parameter lists are the catalogue's own, as written into the types that the page is compiled with.
    const types = readFileSync('src/data/database.types.ts', 'utf8')
    const taking = FUNCTIONS.filter((name) => new RegExp(`"${name}": \\{\\s+Args: \\{[^}]*: Json\\s`).test(types))
    expect(taking.length).toBeGreaterThan(3)
    expect([...ATTACKED_FUNCTIONS].sort()).toEqual(taking)
  })
})
