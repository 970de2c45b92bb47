import type { FileKind } from '../model'

/**
 * Kind of a file by its first bytes, with the name as a tie-break: extensions are often wrong (`.json` for lines, `.txt` for CSV).
 * `gzip` wraps another kind. Null where nothing fits.
 */
export function fileKind(name: string, bytes: Uint8Array): FileKind | 'gzip' | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'shapefile'
  if (isOsmPbf(bytes)) return 'osm_pbf'
  const lower = name.toLowerCase().replace(/\.gz$/, '')
  if (/\.(geojsonl|geojsons|ndjson|jsonl|ldjson)$/.test(lower)) return 'geojson_lines'
  if (lower.endsWith('.pbf')) return 'osm_pbf'
  if (/\.(csv|tsv)$/.test(lower)) return 'table'
  const first = bytes.find((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
  if (first === 0x1e) return 'geojson_lines'
  if (first === 0x7b || first === 0x5b) return looksLikeLines(bytes) ? 'geojson_lines' : 'geojson'
  if (/\.(geo)?json$/.test(lower)) return 'geojson'
  // Zero bytes are no text; what is left with a comma or tab in its first line may be a table.
  const head = bytes.subarray(0, 4_096)
  if (lower.endsWith('.txt') && !head.includes(0) && (head.includes(0x2c) || head.includes(0x09))) return 'table'
  return null
}

/** A blob header of an OSM file: its size, then field 1 with the nine letters OSMHeader. */
function isOsmPbf(bytes: Uint8Array): boolean {
  return bytes.length > 16 && new TextDecoder('latin1').decode(bytes.subarray(4, 15)) === '\n\tOSMHeader'
}

/** The first line is one whole feature and another line follows. */
function looksLikeLines(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(10)
  if (end < 0 || end === bytes.length - 1) return false
  const line = new TextDecoder().decode(bytes.subarray(0, Math.min(end, 1 << 20))).trim()
  return /^\{.*"type"\s*:\s*"Feature".*\}$/.test(line)
}
