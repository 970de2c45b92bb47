import { toLngLat } from '@/core/land-frame'
import type { PlanLand } from '@/core/plan-context'
import type { PlanDocument } from '@/core/plan'
import type { TestDatabase } from './test-database'

const CHUNK_ROWS = 2000

/** Where a loaded land went: ids in the database are the positions in the land plus these. */
export interface LoadedLand {
  readonly landId: number
  readonly cellBase: number
  readonly buildingBase: number
  readonly compoundBase: number
  readonly communityIds: readonly number[]
}

export type ImportRows = Readonly<Record<string, readonly Record<string, unknown>[]>>

/** Bring rows in as the owner, through the same functions that serve the console; returns the answer of import_commit. */
export async function commitImport(db: TestDatabase, orgUnitId: number, meta: unknown, rows: ImportRows): Promise<{ landId: number; orgUnitId: number }> {
  const [{ id }] = await db.query<{ id: string }>(
    `insert into public.imports (kind, org_unit_id, meta) values ('land', $1, $2::jsonb) returning id`, [orgUnitId, JSON.stringify(meta)])
  for (const [kind, list] of Object.entries(rows)) {
    for (let at = 0; at < list.length; at += CHUNK_ROWS) {
      await db.query('select public.import_chunk($1, $2, $3, $4::jsonb)', [id, kind, at / CHUNK_ROWS, JSON.stringify(list.slice(at, at + CHUNK_ROWS))])
    }
  }
  const [{ answer }] = await db.query<{ answer: { landId: number; orgUnitId: number } }>('select public.import_commit($1) as answer', [id])
  return answer
}

/** Load a land with its people and a plan as grids in force, in a street of its own. */
export async function loadLand(db: TestDatabase, street: { code: string; parentId: number }, ground: PlanLand, document: PlanDocument): Promise<LoadedLand> {
  const rows = landRows(ground, document)
  const { landId, orgUnitId } = await commitImport(db, street.parentId, { frame: ground.land.frame, source: {}, street: { code: street.code, name: '街道' } }, rows)
  await db.query(`insert into public.settings (org_unit_id, key, value) values ($1, 'grid_limits', $2::jsonb)`, [orgUnitId, JSON.stringify(ground.settings)])
  const [base] = await db.query<{ cell: number; building: number; compound: number; communities: number[] }>(
    `select (select min(id) from public.cells where land_id = $1) as cell, (select min(id) from public.buildings where land_id = $1) as building,
      (select min(id) from public.compounds where land_id = $1) as compound,
      (select array_agg(id order by code) from public.org_units where parent_id = $2) as communities`, [landId, orgUnitId])
  return { landId, cellBase: base.cell, buildingBase: base.building, compoundBase: base.compound, communityIds: base.communities }
}

/** Rows of an import from a land in memory. */
export function landRows({ land, communities, buildings, compounds }: PlanLand, document: PlanDocument): ImportRows {
  const slots = document.grids.flatMap((grid, slot) => (grid ? [{ grid, slot }] : []))
  const place = new Map(slots.map(({ slot }, index) => [slot, index]))
  const buildingAt = (building: number): [number, number] => {
    const cell = buildings.cell[building]
    return cell < 0
      ? [land.frame.lng0, land.frame.lat0]
      : toLngLat(land.frame, land.cellLabelXY[2 * cell], land.cellLabelXY[2 * cell + 1])
  }
  const households: Record<string, unknown>[] = []
  const members: Record<string, unknown>[] = []
  for (let building = 0; building < buildings.count; building++) {
    for (let category = 0; category < 8; category++) {
      for (let k = 0; k < buildings.byCategory[building * 8 + category]; k++) {
        households.push({ building, room: String(households.length), address: buildings.addresses[building], category, residentCount: 3 })
      }
    }
    for (let k = 0; k < buildings.members[building]; k++) {
      members.push({ community: buildings.community[building], building, name: '王五', condition: 'able' })
    }
  }
  return {
    communities: communities.map(({ code, name, initials, kind }) => ({ code, name, initials, kind })),
    nodes: Array.from(land.nodeIds, (_, node) => ({ x: land.nodeXY[2 * node], y: land.nodeXY[2 * node + 1] })),
    cells: Array.from(land.cellIds, (_, cell) => ({
      community: land.cellCommunity[cell], areaM2: land.cellAreaM2[cell], labelX: land.cellLabelXY[2 * cell], labelY: land.cellLabelXY[2 * cell + 1],
    })),
    arcs: Array.from(land.arcIds, (_, arc) => ({
      start: land.arcNodes[2 * arc], end: land.arcNodes[2 * arc + 1], kind: land.arcKind[arc], left: land.arcLeft[arc], right: land.arcRight[arc],
      xy: Array.from(land.arcXY.subarray(2 * land.arcStart[arc], 2 * land.arcStart[arc + 1])),
    })),
    compounds: compounds.map(({ community, name, initials, status, ring }) => ({
      community, name, initials, status, ring: ring.length > 3 ? ring : square(land.frame.lng0, land.frame.lat0),
    })),
    buildings: Array.from({ length: buildings.count }, (_, building) => {
      const [lng, lat] = buildingAt(building)
      return {
        community: buildings.community[building], compound: buildings.compound[building], cell: buildings.cell[building],
        needsReview: buildings.cell[building] < 0 ? 'outside' : null, name: buildings.names[building], address: buildings.addresses[building],
        floors: buildings.floors[building], lng, lat, rings: [square(lng, lat)],
      }
    }),
    households,
    members,
    grids: slots.map(({ grid }) => ({ id: grid.id, code: grid.code, name: grid.name, community: grid.community, kind: grid.kind })),
    gridCells: Array.from(document.cellGrid).flatMap((slot, cell) => (slot < 0 ? [] : [{ cell, grid: place.get(slot) }])),
  }
}

/** About ten metres across. */
const square = (lng: number, lat: number): [number, number][] => {
  const d = 0.00005
  return [[lng - d, lat - d], [lng + d, lat - d], [lng + d, lat + d], [lng - d, lat + d], [lng - d, lat - d]]
}
