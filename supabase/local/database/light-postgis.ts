import { postgis } from '@electric-sql/pglite-postgis'
import type { Extension } from '@electric-sql/pglite'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { PROJECT_DIR } from '../settings'

const CACHE_DIR = join(PROJECT_DIR, 'node_modules', '.cache', 'gewu-postgis')
const PACKAGE_FILE = join(PROJECT_DIR, 'node_modules', '@electric-sql', 'pglite-postgis', 'package.json')

/** What PostGIS itself is: its code, its script, its projections. */
const WANTED = /^(lib\/postgresql\/postgis-\d+\.so|share\/postgresql\/extension\/postgis(\.control|--[\d.]+\.sql)|share\/proj\/.+)$/

/**
 * PostGIS without what this console never creates: raster, topology, the geocoder, scripts of upgrades. The engine unpacks
 * and compiles whatever it is given at every opening; these are three fifths of it and cost more than everything else
 * about opening a database. What is left is packed once, for each version of the package, and not compressed.
 */
export const lightPostgis: Extension = {
  name: postgis.name,
  setup: async (database, options) => {
    const whole = await postgis.setup(database, options)
    return whole.bundlePath ? { ...whole, bundlePath: lightBundle(whole.bundlePath) } : whole
  },
}

/** The light archive, made when it is not there; the whole one where none can be kept. */
function lightBundle(whole: URL): URL {
  const key = createHash('sha256').update(readFileSync(PACKAGE_FILE)).update(WANTED.source).digest('hex').slice(0, 16)
  const file = join(CACHE_DIR, `${key}.tar.gz`)
  if (existsSync(file)) return pathToFileURL(file)
  try {
    mkdirSync(CACHE_DIR, { recursive: true })
    // Written beside and renamed, so that a second process never reads half of it.
    const partial = `${file}.${process.pid}`
    writeFileSync(partial, gzipSync(keepOf(gunzipSync(readFileSync(whole)), WANTED), { level: 0 }))
    renameSync(partial, file)
    return pathToFileURL(file)
  } catch {
    return whole
  }
}

const BLOCK_BYTES = 512

/** The files of a tar archive whose names match, as they are. Names of more than 100 bytes do not occur in it. */
export function keepOf(archive: Buffer, wanted: RegExp): Buffer {
  const kept: Buffer[] = []
  for (let at = 0; archive[at]! > 0; ) {
    const field = (from: number, to: number) => archive.toString('latin1', at + from, at + to).split('\0')[0]!
    const bytes = BLOCK_BYTES * (1 + Math.ceil(Number.parseInt(field(124, 136), 8) / BLOCK_BYTES))
    const isFile = field(156, 157) === '0'
    if (isFile && wanted.test(field(0, 100))) kept.push(archive.subarray(at, at + bytes))
    at += bytes
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK_BYTES)])
}
