import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { listFiles } from '../data-directory/list-files'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pbf': 'application/x-protobuf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

const COMPRESSIBLE = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/

export interface StaticFile {
  body: Uint8Array
  headers: Record<string, string>
}

interface Kept {
  body: Buffer
  mediaType: string
  etag: string
  encoded: Map<string, Promise<Buffer>>
}

/**
 * The built pages, all read at the start (5 MB) and kept with their compressed forms: a build made while the server runs
 * takes no file from under an open page, and no address can name a file outside. Files under `assets/` carry their hash
 * in the name and may be cached for ever.
 */
export class StaticFiles {
  readonly #kept = new Map<string, Kept>()

  /** @param folder the built pages; one that is missing serves nothing */
  constructor(folder: string) {
    for (const file of listFiles(folder)) {
      const body = readFileSync(file)
      this.#kept.set(`/${relative(folder, file).split(sep).join('/')}`, {
        body,
        mediaType: MEDIA_TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
        etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`,
        encoded: new Map(),
      })
    }
  }

  /** Finds the file of an address; a page address without a file is the single page itself. */
  async find(pathname: string, accept: string, encodings: string): Promise<StaticFile | null> {
    const file = this.#kept.get(pathname === '/' ? '/index.html' : pathname)
    const isPage = extname(pathname) === '' && accept.includes('text/html')
    const kept = file ?? (isPage ? this.#kept.get('/index.html') : undefined)
    if (!kept) return null
    const headers: Record<string, string> = {
      'content-type': kept.mediaType,
      etag: kept.etag,
      'cache-control': file && pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
    }
    const encoding = COMPRESSIBLE.test(kept.mediaType) && kept.body.length > 1000 ? pickEncoding(encodings) : null
    if (!encoding) return { body: kept.body, headers }
    let encoded = kept.encoded.get(encoding)
    if (!encoded) kept.encoded.set(encoding, (encoded = encode(kept.body, encoding, 5)))
    return { body: await encoded, headers: { ...headers, 'content-encoding': encoding } }
  }
}

/** Chooses the better of the encodings a browser offers. */
export function pickEncoding(accepted: string): 'br' | 'gzip' | null {
  if (/\bbr\b/.test(accepted)) return 'br'
  if (/\bgzip\b/.test(accepted)) return 'gzip'
  return null
}

/** Compresses off the main thread; `quality` is brotli's, 0–11. */
export function encode(body: Uint8Array, encoding: 'br' | 'gzip', quality: number): Promise<Buffer> {
  return encoding === 'br'
    ? promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
    : promisify(gzip)(body, { level: 6 })
}
