import { PbfReader } from 'pbf'
import type { ReadLimits } from '@/formats/read-limits'
import { ReadRefusal } from '@/formats/read-refusal'
import { unpackZlib } from '@/formats/unpack'

/** The format allows 32 MiB for an unpacked blob and 64 KiB for a header. */
const BLOB_LIMIT = 32 * 2 ** 20
const HEADER_LIMIT = 64 * 2 ** 10

/** What a reader must know to read the file at all; others may be ignored. */
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation'])

/** Unpacked primitive blocks of an OSM PBF file, in order. `end` is the byte behind each. */
export function* readOsmBlobs(bytes: Uint8Array, limits: ReadLimits): Generator<{ data: Uint8Array; end: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  let unpacked = 0
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw new ReadRefusal('file_truncated')
    const headerSize = view.getUint32(at)
    if (headerSize > HEADER_LIMIT) throw new ReadRefusal('pbf_broken', { at })
    const header = readHeader(slice(bytes, at + 4, headerSize))
    const data = unpackBlob(slice(bytes, at + 4 + headerSize, header.size))
    at += 4 + headerSize + header.size
    unpacked += data.length
    if (unpacked > limits.expandedBytes) {
      throw new ReadRefusal('expanded_too_large', { limitMb: Math.round(limits.expandedBytes / 2 ** 20) })
    }
    if (header.type === 'OSMHeader') checkFeatures(data)
    else if (header.type === 'OSMData') yield { data, end: at }
  }
}

function slice(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (length < 0 || from + length > bytes.length) throw new ReadRefusal('file_truncated')
  return bytes.subarray(from, from + length)
}

function readHeader(bytes: Uint8Array): { type: string; size: number } {
  return new PbfReader(bytes).readFields(
    (tag, result: { type: string; size: number }, pbf) => {
      if (tag === 1) result.type = pbf.readString()
      else if (tag === 3) result.size = pbf.readVarint()
    },
    { type: '', size: 0 },
  )
}

function unpackBlob(bytes: Uint8Array): Uint8Array {
  const blob = new PbfReader(bytes).readFields(
    (tag, result: { raw: Uint8Array | null; zlib: Uint8Array | null }, pbf) => {
      if (tag === 1) result.raw = pbf.readBytes()
      else if (tag === 3) result.zlib = pbf.readBytes()
    },
    { raw: null, zlib: null },
  )
  if (blob.raw !== null) return blob.raw
  if (blob.zlib !== null) return unpackZlib(blob.zlib, BLOB_LIMIT)
  throw new ReadRefusal('pbf_compression')
}

function checkFeatures(data: Uint8Array): void {
  const required = new PbfReader(data).readFields((tag, result: string[], pbf) => {
    if (tag === 4) result.push(pbf.readString())
  }, [])
  const unknown = required.find((feature) => !KNOWN_FEATURES.has(feature))
  if (unknown !== undefined) throw new ReadRefusal('pbf_feature', { feature: unknown.slice(0, 60) })
}
