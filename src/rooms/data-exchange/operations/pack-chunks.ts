import { ArcKind } from '@/core/land'
import type { HouseholdRule, Pair } from '../model'
import type { PreparedBuilding, PreparedLand } from '../prepared-import'
import { residentsOf } from './residents-of'

/** Rows of one kind for `import_chunk`. `done` is the share of all rows behind it. */
export interface Chunk {
  readonly kind: string
  readonly seq: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly done: number
}

/** Words for what has no name: rooms of households that were derived, compounds; `{n}` is the number. */
export interface EstimateWords {
  readonly room: string
  readonly compound: string
}

/** Rows a chunk; a building or an arc is some hundreds of bytes, so a chunk stays well below a megabyte. */
const ROWS: Readonly<Record<string, number>> = { arcs: 1_000, buildings: 1_000, households: 4_000, streets: 1_500, features: 400 }
const ROWS_ELSE = 4_000

/** Degrees with 7 decimals: a centimetre. */
export const round7 = (pair: Readonly<Pair>): Pair => [Math.round(pair[0] * 1e7) / 1e7, Math.round(pair[1] * 1e7) / 1e7]
const roundRings = (polygons: readonly Pair[][][]): Pair[][][] => polygons.map((rings) => rings.map((ring) => ring.map(round7)))

/** All rows of an import as chunks in the order in which the server reads them. Made one by one, so memory stays flat. */
export function* packChunks(prepared: PreparedLand, rule: HouseholdRule, words: EstimateWords): Generator<Chunk> {
  const { land } = prepared
  const features = featureRows(prepared)
  const sources: [kind: string, count: number, row: (k: number) => Record<string, unknown>][] = [
    ['communities', prepared.communities.length, (k) => ({ ...prepared.communities[k] })],
    ['nodes', land.nodeXY.length / 2, (k) => ({ x: land.nodeXY[2 * k], y: land.nodeXY[2 * k + 1] })],
    [
      'cells',
      land.cellAreaM2.length,
      (k) => ({
        community: land.cellCommunity[k],
        areaM2: Math.round(land.cellAreaM2[k] * 100) / 100,
        labelX: land.cellLabelXY[2 * k],
        labelY: land.cellLabelXY[2 * k + 1],
        needsReview: prepared.cellReview[k],
      }),
    ],
    [
      'arcs',
      land.arcLeft.length,
      (k) => ({
        start: land.arcNodes[2 * k],
        end: land.arcNodes[2 * k + 1],
        xy: Array.from(land.arcXY.subarray(2 * land.arcStart[k], 2 * land.arcStart[k + 1])),
        kind: land.arcKind[k] ?? ArcKind.free,
        left: land.arcLeft[k],
        right: land.arcRight[k],
      }),
    ],
    [
      'compounds',
      prepared.compounds.length,
      (k) => {
        const { community, name, initials, polygons, sourceId } = prepared.compounds[k]
        // Who manages it is not told by any map; a person sets it.
        return { community, name, initials, status: 'managed', note: null, ring: polygons[0][0].map(round7), sourceRef: sourceId }
      },
    ],
    ['buildings', prepared.buildings.length, (k) => buildingRow(prepared.buildings[k])],
    ['households', 0, () => ({})],
    [
      'streets',
      prepared.streets.length,
      (k) => {
        const { name, initials, highway, line, sourceId, tunnel, bridge, layer } = prepared.streets[k]
        const hard = HARD_STREETS.has(highway.replace(/_link$/, ''))
        return { name, initials, class: highway, hard, line: line.map(round7), sourceRef: sourceId, tunnel, bridge, layer }
      },
    ],
    ['features', features.length, (k) => features[k]],
    ['grids', prepared.grids.length, (k) => ({ ...prepared.grids[k], kind: 'basic' })],
    ['gridCells', prepared.cellGrid.length, (k) => ({ cell: k, grid: prepared.cellGrid[k] })],
  ]
  const households = prepared.buildings.reduce((sum, building) => sum + building.households, 0)
  const total = sources.reduce((sum, [, count]) => sum + count, households)
  let behind = 0
  for (const [kind, count, row] of sources) {
    const rows = kind === 'households' ? householdRows(prepared, rule, words) : rowsOf(count, row)
    let seq = 0
    for (const batch of batches(rows, ROWS[kind] ?? ROWS_ELSE)) {
      behind += batch.length
      yield { kind, seq: seq++, rows: batch, done: total === 0 ? 1 : behind / total }
    }
  }
}

/** Classes of streets that bound cells. */
export const HARD_STREETS = new Set(['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street', 'pedestrian', 'road'])

function* rowsOf(count: number, row: (k: number) => Record<string, unknown>): Generator<Record<string, unknown>> {
  for (let k = 0; k < count; k++) yield row(k)
}

/** Rows of several kinds as chunks, kind by kind. */
export function* inChunks(kinds: readonly (readonly [kind: string, rows: readonly Readonly<Record<string, unknown>>[]])[]): Generator<Chunk> {
  const total = kinds.reduce((sum, [, rows]) => sum + rows.length, 0)
  let behind = 0
  for (const [kind, rows] of kinds) {
    let seq = 0
    for (const batch of batches(rows, ROWS[kind] ?? ROWS_ELSE)) {
      behind += batch.length
      yield { kind, seq: seq++, rows: batch, done: total === 0 ? 1 : behind / total }
    }
  }
}

function* batches<T>(rows: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const row of rows) {
    batch.push(row)
    if (batch.length === size) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

function buildingRow(building: PreparedBuilding): Record<string, unknown> {
  const polygons = roundRings(building.polygons)
  return {
    community: building.community,
    compound: building.compound,
    cell: building.cell,
    name: building.name,
    address: building.address,
    initials: building.initials,
    kind: building.kind,
    floors: building.floors,
    rings: polygons.length === 1 ? polygons[0] : polygons,
    lng: round7([...building.at] as Pair)[0],
    lat: round7([...building.at] as Pair)[1],
    sourceRef: building.sourceId,
    needsReview: building.needsReview,
    underground: building.underground || building.layer < 0,
  }
}

/** Households of no name: their number is known or derived, who they are is not. */
function* householdRows(prepared: PreparedLand, rule: HouseholdRule, words: EstimateWords): Generator<Record<string, unknown>> {
  for (let index = 0; index < prepared.buildings.length; index++) {
    const { households, address, name } = prepared.buildings[index]
    yield* householdRowsOf(index, households, address || name, rule, words)
  }
}

/** Households of one building. */
export function* householdRowsOf(
  building: number, households: number, place: string, rule: HouseholdRule, words: EstimateWords,
): Generator<Record<string, unknown>> {
  for (let k = 0; k < households; k++) {
    const room = words.room.replace('{n}', String(k + 1).padStart(3, '0'))
    yield { building, room, address: place === '' ? room : `${place} ${room}`, category: 0, residentCount: residentsOf(households, k, rule) }
  }
}

function featureRows(prepared: PreparedLand): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = []
  for (const { name, kind, polygons, line } of prepared.water) {
    // The coast is the land's own border; as a line of its own it would be drawn as a river.
    if (kind === 'line') rows.push({ kind: 'water', name, line: line.map(round7) })
    if (kind === 'area') for (const rings of polygons) rows.push({ kind: 'water', name, rings: rings.map((ring) => ring.map(round7)) })
  }
  for (const { name, polygons } of prepared.greens) {
    for (const rings of polygons) rows.push({ kind: 'green', name, rings: rings.map((ring) => ring.map(round7)) })
  }
  for (const { name, line } of prepared.railways) rows.push({ kind: 'railway', name, line: line.map(round7) })
  return rows
}
