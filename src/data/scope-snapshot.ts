import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import type { CellAdjacency, Land } from '@/core/land'
import { toLngLat, type LandFrame } from '@/core/land-frame'
import type { PlanLink } from '@/core/plan'
import type { Buildings, CellStats, GridSettings, LandFeature, OrgUnit, Scope, Station, Compound } from '@/core/scope'
import type { LngLat, LngLatBounds } from '@/core/units'
import { callRpc } from './call-rpc'
import { decodePolyline } from './polyline'

/** Encoded degrees count tenths of a millionth from the land's origin: 32-bit numbers do not hold 117 degrees. */
const DEGREE_SCALE = 1e7
const CATEGORIES = 8

/** The columns as they arrive; see `public.scope_snapshot`. */
export interface SnapshotJson {
  readonly version: 1
  readonly land: { id: number; orgUnitId: number; lng0: number; lat0: number; mPerDegLng: number; mPerDegLat: number; edition: number }
  readonly settings: GridSettings
  readonly orgUnits: Columns<{ id: number; parentId: number | null; level: OrgUnit['level']; code: string; name: string; initials: string; kind: OrgUnit['kind'] }>
  readonly communities: readonly number[]
  readonly nodes: Columns<{ id: number; x: number; y: number }>
  readonly cells: Columns<{ id: number; community: number; areaM2: number; labelX: number; labelY: number }>
  readonly arcs: Columns<{ id: number; start: number; end: number; left: number; right: number; kind: number; line: string }>
  readonly edition: { id: number; number: number; validFrom: string; validTo: string | null; links?: readonly PlanLink[] }
  readonly grids: Columns<{ id: string; code: string; name: string; community: number; kind: 'basic' | 'dedicated' }>
  readonly cellGrid: readonly number[]
  readonly buildings: Columns<{ id: number; cell: number | null; community: number; compound: number | null; name: string; address: string; floors: number; households: number; residents: number; members: number; outline: string }> & {
    readonly byCategory: readonly (readonly number[])[]
  }
  readonly compounds: Columns<{ id: number; community: number; name: string; initials: string; status: Compound['status']; note: string | null; ring: string }>
  readonly streets: Columns<{ id: number; name: string | null; class: string; line: string }>
  readonly features: Columns<{ id: number; kind: LandFeature['kind']; name: string | null; line: string }>
  readonly stations: Columns<{ id: number; name: string; level: Station['level']; capacity: number | null; community: number | null; lng: number; lat: number }>
  readonly members: Columns<{ id: number; building: number | null; frail: boolean | number }>
}

type Columns<T> = { readonly [K in keyof T]: readonly T[K][] }

export type AdjacencyBuilder = (land: Land) => CellAdjacency

/** Load the scope of a land as the caller may see it. `buildAdjacency` comes from the solvers, which data does not know. */
export async function loadScope(landId: number, buildAdjacency: AdjacencyBuilder, signal?: AbortSignal): Promise<Scope> {
  const json = await callRpc<SnapshotJson>('scope_snapshot', { p_land: landId }, signal)
  return decodeSnapshot(json, buildAdjacency)
}

/** Columns → typed arrays and sums by cell. Linear in the size of the snapshot. */
export function decodeSnapshot(json: SnapshotJson, buildAdjacency: AdjacencyBuilder): Scope {
  const land = decodeLand(json)
  const origin: LngLat = [json.land.lng0, json.land.lat0]
  const buildings = decodeBuildings(json, origin)
  const lines = (texts: readonly string[]) => texts.map((text) => decodeLngLats(text, origin))
  const compoundRings = lines(json.compounds.ring)
  const streetLines = lines(json.streets.line)
  const featureLines = lines(json.features.line)
  return {
    landId: json.land.id,
    orgUnits: json.orgUnits.id.map((id, k) => ({
      id,
      parentId: json.orgUnits.parentId[k],
      level: json.orgUnits.level[k],
      code: json.orgUnits.code[k],
      name: json.orgUnits.name[k],
      initials: json.orgUnits.initials[k] ?? '',
      kind: json.orgUnits.kind[k],
    })),
    communities: communitiesOf(json),
    bounds: boundsOf(land, buildings),
    land,
    adjacency: buildAdjacency(land),
    cellStats: sumByCell(land, buildings),
    buildings,
    compounds: json.compounds.id.map((id, k) => ({
      id,
      name: json.compounds.name[k],
      initials: json.compounds.initials[k] ?? '',
      status: json.compounds.status[k],
      note: json.compounds.note[k],
      community: json.compounds.community[k],
      ring: compoundRings[k],
    })),
    streets: json.streets.id.map((id, k) => ({ id, name: json.streets.name[k] ?? '', class: json.streets.class[k], line: streetLines[k] })),
    features: json.features.id.map((id, k) => ({ id, kind: json.features.kind[k], name: json.features.name[k] ?? '', line: featureLines[k] })),
    stations: json.stations.id.map((id, k) => ({
      id,
      name: json.stations.name[k],
      level: json.stations.level[k],
      capacity: json.stations.capacity[k] ?? 0,
      community: json.stations.community[k] ?? -1,
      at: [json.stations.lng[k], json.stations.lat[k]],
    })),
    members: {
      count: json.members.id.length,
      ids: Int32Array.from(json.members.id),
      building: indices(json.members.building),
      frail: Uint8Array.from(json.members.frail, Number),
    },
    current: {
      ...json.edition,
      grids: json.grids.id.map((id, k) => ({
        id,
        code: json.grids.code[k],
        name: json.grids.name[k],
        community: json.grids.community[k],
        kind: json.grids.kind[k],
        locked: false,
      })),
      cellGrid: indices(json.cellGrid),
    },
    settings: json.settings,
  }
}

const indices = (values: readonly (number | null)[]): Int32Array => Int32Array.from(values, (value) => value ?? -1)

function communitiesOf(json: SnapshotJson): OrgUnit[] {
  const position = new Map(json.orgUnits.id.map((id, k) => [id, k]))
  return json.communities.map((id) => {
    const k = position.get(id)
    if (k === undefined) throw new Error(`Expected community ${id} among the units of organisation, got none`)
    const { parentId, level, code, name, initials, kind } = json.orgUnits
    return { id, parentId: parentId[k], level: level[k], code: code[k], name: name[k], initials: initials[k] ?? '', kind: kind[k] }
  })
}

function decodeLand(json: SnapshotJson): Land {
  const { lng0, lat0, mPerDegLng, mPerDegLat } = json.land
  const frame: LandFrame = { lng0, lat0, mPerDegLng, mPerDegLat }
  const nodeCount = json.nodes.id.length
  const arcCount = json.arcs.id.length
  const cellCount = json.cells.id.length
  const nodeXY = new Int32Array(nodeCount * 2)
  for (let n = 0; n < nodeCount; n++) {
    nodeXY[2 * n] = json.nodes.x[n]
    nodeXY[2 * n + 1] = json.nodes.y[n]
  }
  const arcNodes = new Int32Array(arcCount * 2)
  const arcStart = new Uint32Array(arcCount + 1)
  const points: number[] = []
  for (let a = 0; a < arcCount; a++) {
    arcNodes[2 * a] = json.arcs.start[a]
    arcNodes[2 * a + 1] = json.arcs.end[a]
    decodePolyline(json.arcs.line[a], 1, points)
    arcStart[a + 1] = points.length / 2
  }
  const cellLabelXY = new Int32Array(cellCount * 2)
  for (let c = 0; c < cellCount; c++) {
    cellLabelXY[2 * c] = json.cells.labelX[c]
    cellLabelXY[2 * c + 1] = json.cells.labelY[c]
  }
  return {
    frame,
    nodeIds: Int32Array.from(json.nodes.id),
    arcIds: Int32Array.from(json.arcs.id),
    cellIds: Int32Array.from(json.cells.id),
    nodeXY,
    arcNodes,
    arcStart,
    arcXY: Int32Array.from(points),
    arcLeft: indices(json.arcs.left),
    arcRight: indices(json.arcs.right),
    arcKind: Uint8Array.from(json.arcs.kind),
    cellCommunity: indices(json.cells.community),
    cellAreaM2: Float64Array.from(json.cells.areaM2),
    cellLabelXY,
  }
}

function decodeBuildings(json: SnapshotJson, origin: LngLat): Buildings {
  const { buildings } = json
  const count = buildings.id.length
  const byCategory = new Int32Array(count * CATEGORIES)
  for (let category = 0; category < CATEGORIES; category++) {
    const column = buildings.byCategory[category] ?? []
    for (let b = 0; b < count; b++) byCategory[b * CATEGORIES + category] = column[b] ?? 0
  }
  const outlineStart = new Uint32Array(count + 1)
  const outline: number[] = []
  for (let b = 0; b < count; b++) {
    decodePolyline(buildings.outline[b] ?? '', DEGREE_SCALE, outline, origin)
    outlineStart[b + 1] = outline.length / 2
  }
  return {
    count,
    ids: Int32Array.from(buildings.id),
    cell: indices(buildings.cell),
    community: indices(buildings.community),
    compound: indices(buildings.compound),
    names: buildings.name.map((name) => name ?? ''),
    addresses: buildings.address.map((address) => address ?? ''),
    floors: Uint8Array.from(buildings.floors, (floors) => floors ?? 0),
    households: Int32Array.from(buildings.households),
    residents: Int32Array.from(buildings.residents),
    members: Int32Array.from(buildings.members),
    byCategory,
    outlineStart,
    outline: Float64Array.from(outline),
  }
}

function sumByCell(land: Land, buildings: Buildings): CellStats {
  const cellCount = land.cellIds.length
  const stats: CellStats = {
    households: new Int32Array(cellCount),
    residents: new Int32Array(cellCount),
    members: new Int32Array(cellCount),
    special: new Int32Array(cellCount),
    buildings: new Int32Array(cellCount),
    areaM2: land.cellAreaM2,
    byCategory: new Int32Array(cellCount * CATEGORIES),
  }
  for (let b = 0; b < buildings.count; b++) {
    const cell = buildings.cell[b]
    if (cell < 0) continue
    stats.buildings[cell]++
    stats.households[cell] += buildings.households[b]
    stats.residents[cell] += buildings.residents[b]
    stats.members[cell] += buildings.members[b]
    for (let category = 0; category < CATEGORIES; category++) {
      stats.byCategory[cell * CATEGORIES + category] += buildings.byCategory[b * CATEGORIES + category]
    }
    for (const category of SPECIAL_CATEGORY_CODES) stats.special[cell] += buildings.byCategory[b * CATEGORIES + category]
  }
  return stats
}

function decodeLngLats(text: string, origin: LngLat): LngLat[] {
  const flat: number[] = []
  decodePolyline(text ?? '', DEGREE_SCALE, flat, origin)
  const positions: LngLat[] = new Array(flat.length / 2)
  for (let k = 0; k < positions.length; k++) positions[k] = [flat[2 * k], flat[2 * k + 1]]
  return positions
}

/** Bounds of the land, or of the buildings where no cell is visible. */
function boundsOf(land: Land, buildings: Buildings): LngLatBounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  const include = (lng: number, lat: number): void => {
    west = Math.min(west, lng)
    south = Math.min(south, lat)
    east = Math.max(east, lng)
    north = Math.max(north, lat)
  }
  for (let k = 0; k < land.arcXY.length; k += 2) {
    const [lng, lat] = toLngLat(land.frame, land.arcXY[k], land.arcXY[k + 1])
    include(lng, lat)
  }
  if (land.arcXY.length === 0) {
    for (let k = 0; k < buildings.outline.length; k += 2) include(buildings.outline[k], buildings.outline[k + 1])
  }
  if (west > east) return [land.frame.lng0 - 0.01, land.frame.lat0 - 0.01, land.frame.lng0 + 0.01, land.frame.lat0 + 0.01]
  return [west, south, east, north]
}
