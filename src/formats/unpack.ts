import { Gunzip, Unzip, UnzipInflate, Unzlib } from 'fflate'
import type { ReadLimits } from './read-limits'
import { ReadRefusal } from './read-refusal'

const MB = 2 ** 20
/** Packed bytes given to the inflater at a time: small, so that a bomb is noticed before it has grown. */
const STEP = 16_384

/** Counts what comes out against what went in, and refuses bombs. One budget serves all entries of an archive. */
class Budget {
  #unpacked = 0
  constructor(
    private readonly packed: number,
    private readonly limits: ReadLimits,
  ) {}

  take(bytes: number): void {
    this.#unpacked += bytes
    if (this.#unpacked > this.limits.expandedBytes) {
      throw new ReadRefusal('expanded_too_large', { limitMb: Math.round(this.limits.expandedBytes / MB) })
    }
    if (this.#unpacked > MB && this.#unpacked > this.packed * this.limits.expansionRatio) {
      throw new ReadRefusal('expansion_ratio', { ratio: this.limits.expansionRatio })
    }
  }
}

/** Unpacked bytes of a gzip file. Refuses damaged, cut and inflated ones. */
export function unpackGzip(bytes: Uint8Array, limits: ReadLimits): Uint8Array {
  // Head and tail of a member with nothing in it (RFC 1952).
  if (bytes.length < 18) throw new ReadRefusal('file_truncated')
  const budget = new Budget(bytes.length, limits)
  const chunks: Uint8Array[] = []
  let ended = false
  const gunzip = new Gunzip((chunk, final) => {
    budget.take(chunk.length)
    chunks.push(chunk)
    ended ||= final
  })
  feed(bytes, (part, final) => gunzip.push(part, final))
  const whole = join(chunks)
  // The last four bytes hold the length; a file cut in mid-stream may still inflate to something.
  const told = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4, true)
  if (!ended || (told !== whole.length % 2 ** 32 && !hasSecondMember(bytes))) throw new ReadRefusal('file_truncated')
  return whole
}

/** Unpacked bytes of a zlib stream that says its size. Used for the blobs of OSM files. */
export function unpackZlib(bytes: Uint8Array, sizeLimit: number): Uint8Array {
  const chunks: Uint8Array[] = []
  let size = 0
  const unzlib = new Unzlib((chunk) => {
    size += chunk.length
    if (size > sizeLimit) throw new ReadRefusal('expansion_ratio', { ratio: Math.round(size / bytes.length) })
    chunks.push(chunk)
  })
  feed(bytes, (part, final) => unzlib.push(part, final))
  return join(chunks)
}

/** Files of a zip archive whose lower-case name ends in one of `endings`, by name. Folders and the rest are not unpacked. */
export function unpackZip(bytes: Uint8Array, endings: readonly string[], limits: ReadLimits): Map<string, Uint8Array> {
  const budget = new Budget(bytes.length, limits)
  const files = new Map<string, Uint8Array>()
  let entries = 0
  const unzip = new Unzip((file) => {
    entries++
    if (entries > 1_000) throw new ReadRefusal('zip_too_many_entries', { limit: 1_000 })
    const name = file.name.toLowerCase()
    if (name.startsWith('__macosx/') || !endings.some((ending) => name.endsWith(ending))) return
    const chunks: Uint8Array[] = []
    file.ondata = (error, chunk, final) => {
      // The archive reader catches what is thrown here and comes back with it as `error`.
      if (error !== null) throw error instanceof ReadRefusal ? error : new ReadRefusal('zip_broken')
      budget.take(chunk.length)
      chunks.push(chunk)
      if (final) files.set(file.name, join(chunks))
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  feed(bytes, (part, final) => unzip.push(part, final), 'zip_broken')
  if (entries === 0) throw new ReadRefusal('zip_broken')
  return files
}

function feed(bytes: Uint8Array, push: (part: Uint8Array, final: boolean) => void, brokenCode = 'file_truncated'): void {
  try {
    for (let at = 0; at < bytes.length; at += STEP) {
      push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length)
    }
  } catch (error) {
    if (error instanceof ReadRefusal) throw error
    throw new ReadRefusal(brokenCode)
  }
}

const hasSecondMember = (bytes: Uint8Array): boolean => {
  for (let at = 18; at + 2 < bytes.length; at++) {
    if (bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8) return true
  }
  return false
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
