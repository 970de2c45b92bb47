import type { FileKind, ImportFinding, SourceFeature } from '../model'
import { decodeText } from '@/formats/decode-text'
import { fileKind } from './file-kind'
import { FindingList } from './finding-list'
import type { ReadContext } from './read-context'
import { readCodeTable } from './read-code-table'
import { readGeoJson } from './read-geojson'
import { readGeoJsonLines } from './read-geojson-lines'
import { READ_LIMITS } from '@/formats/read-limits'
import type { ReadLimits } from '@/formats/read-limits'
import { readOsmPbf } from './read-osm-pbf'
import { ReadRefusal } from '@/formats/read-refusal'
import { readShapefile } from './read-shapefile'
import { unpackGzip } from '@/formats/unpack'

/** A file as a browser or Node hands it over. */
export interface SourceFile {
  readonly name: string
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

/** What reading a file gave. Never rejects for a bad file: that is a blocker among the findings. */
export interface ReadOutcome {
  readonly kind: FileKind | null
  readonly encoding: string | null
  readonly projection: string | null
  readonly features: readonly SourceFeature[]
  readonly findings: readonly ImportFinding[]
  readonly findingCounts: Readonly<Record<string, number>>
}

/** Who listens while a file is read. */
export interface ReadWatch {
  progress(done: number): void
  /** Rejects once the work was cancelled; otherwise lets waiting messages through. */
  breathe(): Promise<void>
}

/** Read one file of any known kind into rows and findings. `file` is its position in the list, for the findings. */
export async function readFile(
  source: SourceFile,
  file: number,
  watch: ReadWatch,
  limits: ReadLimits = READ_LIMITS,
): Promise<ReadOutcome> {
  const features: SourceFeature[] = []
  const findings = new FindingList(file)
  const seen = new Map<string, number>()
  let vertices = 0
  const context: ReadContext = {
    limits,
    emit(feature) {
      if (features.length >= limits.rows) throw new ReadRefusal('too_many_rows', { limit: limits.rows }, feature.row)
      vertices += feature.geometry === null ? 0 : vertexCount(feature.geometry.coordinates)
      if (vertices > limits.vertices) throw new ReadRefusal('too_many_vertices', { limit: limits.vertices }, feature.row)
      const before = seen.get(feature.sourceId)
      if (before !== undefined) {
        findings.add('duplicate_id', 'error', feature.row, { id: feature.sourceId, other: before }, 'id')
        return
      }
      seen.set(feature.sourceId, feature.row)
      features.push(feature)
    },
    find: (code, severity, row, values, field) => findings.add(code, severity, row, values, field),
    async pause(done) {
      watch.progress(done)
      await watch.breathe()
    },
  }
  let kind: FileKind | null = null
  let encoding: string | null = null
  let projection: string | null = null
  try {
    const { bytes, kind: found } = await openFile(source, limits)
    kind = found
    if (kind === 'osm_pbf') await readOsmPbf(bytes, context)
    else if (kind === 'shapefile') {
      const notes = await readShapefile(bytes, context)
      encoding = notes.encoding
      projection = notes.projection
    } else {
      const decoded = decodeText(bytes)
      encoding = decoded.encoding
      if (encoding === 'utf-8-lossy') findings.add('encoding_unknown', 'warning', null)
      if (kind === 'geojson_lines') await readGeoJsonLines(decoded.text, context)
      else if (kind === 'geojson') await readGeoJson(decoded.text, context)
      else await readCodeTable(decoded.text, context)
    }
    if (encoding !== null && encoding.startsWith('gb')) findings.add('encoding_gbk', 'info', null)
  } catch (error) {
    if (!(error instanceof ReadRefusal)) throw error
    findings.add(error.code, 'blocker', error.row, error.values)
  }
  return { kind, encoding, projection, features, findings: findings.list, findingCounts: findings.counts }
}

async function openFile(source: SourceFile, limits: ReadLimits): Promise<{ bytes: Uint8Array; kind: FileKind }> {
  if (source.size > limits.fileBytes) {
    throw new ReadRefusal('file_too_large', { limitMb: Math.round(limits.fileBytes / 2 ** 20) })
  }
  let bytes: Uint8Array = new Uint8Array(await source.arrayBuffer())
  let kind = fileKind(source.name, bytes)
  if (bytes.length === 0) throw new ReadRefusal('file_empty')
  if (kind === 'gzip') {
    bytes = unpackGzip(bytes, limits)
    if (bytes.length === 0) throw new ReadRefusal('file_empty')
    kind = fileKind(source.name, bytes)
  }
  if (kind === null || kind === 'gzip') throw new ReadRefusal('file_kind_unknown')
  if (kind !== 'osm_pbf' && kind !== 'shapefile' && bytes.every((byte) => byte <= 32)) throw new ReadRefusal('file_empty')
  return { bytes, kind }
}

function vertexCount(value: unknown): number {
  if (!Array.isArray(value)) return 0
  return typeof value[0] === 'number' ? 1 : value.reduce((sum: number, item) => sum + vertexCount(item), 0)
}
