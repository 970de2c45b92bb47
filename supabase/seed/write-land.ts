import type { LandCut } from '@/algorithms/topology/land-input'
import { toLngLat, type LandFrame } from '@/core/land-frame'
import type { XY } from '@/core/units'
import { sourceId } from './cut-cells'
import { insertRows, reserveIds, rowsOf, type SeedDatabase } from './database'
import type { GridPlan } from './draw-grids'
import type { StationData, StreetData } from './street-data'

/** Ids under which the lists of a street stand in the database: row i of a list has id base + i. */
export interface LandIds {
  readonly land: number
  readonly cell: number
  readonly building: number
  /** The first street, compound and station. */
  readonly way: number
  readonly compound: number
  readonly station: number
}

/** Well-known text in degrees. */
export class DegreeText {
  constructor(private readonly frame: LandFrame) {}

  private position([x, y]: XY): string {
    const [lng, lat] = toLngLat(this.frame, x * 200, y * 200)
    // A tenth of a millimetre: more digits only make the rows longer.
    return `${lng.toFixed(9)} ${lat.toFixed(9)}`
  }

  private ring(points: readonly XY[]): string {
    return `(${[...points, points[0]].map((p) => this.position(p)).join(',')})`
  }

  point(p: XY): string {
    return `POINT(${this.position(p)})`
  }

  line(points: readonly XY[]): string {
    return `LINESTRING(${points.map((p) => this.position(p)).join(',')})`
  }

  polygon(rings: readonly (readonly XY[])[]): string {
    return `POLYGON(${rings.map((ring) => this.ring(ring)).join(',')})`
  }

  multiPolygon(rings: readonly (readonly XY[])[]): string {
    return `MULTIPOLYGON((${rings.map((ring) => this.ring(ring)).join(',')}))`
  }
}

/** Write the land with its cells and everything that stands on it. `communities` are database ids by index. */
export async function writeLand(
  db: SeedDatabase,
  streetId: number,
  communities: readonly number[],
  street: StreetData,
  cut: LandCut,
  stations: readonly StationData[],
): Promise<LandIds> {
  const text = new DegreeText(street.frame)
  const { lng0, lat0, mPerDegLng, mPerDegLat } = street.frame
  const [{ id: land }] = await rowsOf<{ id: number }>(
    db,
    'insert into public.lands (org_unit_id, lng0, lat0, m_per_deg_lng, m_per_deg_lat, source) values ($1, $2, $3, $4, $5, $6::jsonb) returning id',
    [streetId, lng0, lat0, mPerDegLng, mPerDegLat, JSON.stringify({ name: 'demo generator', coordinateSystem: 'WGS84', invented: true })],
  )
  const cell = await writeCells(db, land, communities, cut)
  const { compound, building } = await writeBuildings(db, land, communities, cell, street, cut, text)
  const way = await reserveIds(db, 'public.streets', street.streets.length)
  await insertRows(
    db,
    `insert into public.streets (id, land_id, name, initials, class, hard, geom, source_ref)
     select r.id, ${land}, r.name, r.initials, r.class, r.hard, extensions.st_geomfromtext(r.geom, 4326), r.ref`,
    'id int, name text, initials text, class text, hard boolean, geom text, ref text',
    street.streets.map(({ name, initials, class: highway, hard, line }, k) => ({ id: way + k, name, initials, class: highway, hard, geom: text.line(line), ref: sourceId('s', k) })),
  )
  await insertRows(
    db,
    `insert into public.land_features (land_id, kind, name, geom) select ${land}, r.kind, r.name, extensions.st_geomfromtext(r.geom, 4326)`,
    'kind text, name text, geom text',
    street.features.map(({ kind, name, line }) => ({ kind, name, geom: kind === 'railway' ? text.line(line) : text.polygon([line]) })),
  )
  const station = await reserveIds(db, 'public.stations', stations.length)
  await insertRows(
    db,
    `insert into public.stations (id, land_id, community_id, name, initials, level, capacity, hours, point)
     select r.id, ${land}, r.community, r.name, r.initials, r.level::public.station_level, r.capacity, r.hours, extensions.st_geomfromtext(r.point, 4326)`,
    'id int, community int, name text, initials text, level text, capacity int, hours text, point text',
    stations.map((one, k) => ({ ...one, id: station + k, community: communities[one.community], point: text.point(one.point) })),
  )
  return { land, cell, building, way, compound, station }
}

async function writeCells(db: SeedDatabase, land: number, communities: readonly number[], { land: cells, cellReview }: LandCut): Promise<number> {
  const cellCount = cells.cellCommunity.length
  const nodeCount = cells.nodeXY.length / 2
  const cell = await reserveIds(db, 'public.cells', cellCount)
  const node = await reserveIds(db, 'public.land_nodes', nodeCount)
  await insertRows(
    db,
    `insert into public.land_nodes (id, land_id, x, y) select r.id, ${land}, r.x, r.y`,
    'id int, x int, y int',
    Array.from({ length: nodeCount }, (_, k) => ({ id: node + k, x: cells.nodeXY[2 * k], y: cells.nodeXY[2 * k + 1] })),
  )
  await insertRows(
    db,
    `insert into public.cells (id, land_id, community_id, area_m2, label_x, label_y, needs_review)
     select r.id, ${land}, r.community, r.area, r.x, r.y, r.review`,
    'id int, community int, area float8, x int, y int, review text',
    Array.from({ length: cellCount }, (_, k) => ({
      id: cell + k, community: communities[cells.cellCommunity[k]], area: cells.cellAreaM2[k], x: cells.cellLabelXY[2 * k], y: cells.cellLabelXY[2 * k + 1],
      review: cellReview[k],
    })),
  )
  const side = (index: number): number | null => (index < 0 ? null : cell + index)
  await insertRows(
    db,
    `insert into public.land_arcs (land_id, start_node, end_node, line, kind, left_cell, right_cell)
     select ${land}, r.a, r.b, extensions.st_geomfromtext(r.line, 0), r.kind, r.l, r.r`,
    'a int, b int, line text, kind smallint, l int, r int',
    Array.from({ length: cells.arcKind.length }, (_, k) => {
      const points: string[] = []
      for (let p = cells.arcStart[k]; p < cells.arcStart[k + 1]; p++) points.push(`${cells.arcXY[2 * p]} ${cells.arcXY[2 * p + 1]}`)
      return {
        a: node + cells.arcNodes[2 * k], b: node + cells.arcNodes[2 * k + 1], line: `LINESTRING(${points.join(',')})`, kind: cells.arcKind[k],
        l: side(cells.arcLeft[k]), r: side(cells.arcRight[k]),
      }
    }),
  )
  return cell
}

async function writeBuildings(
  db: SeedDatabase,
  land: number,
  communities: readonly number[],
  cell: number,
  street: StreetData,
  cut: LandCut,
  text: DegreeText,
): Promise<{ compound: number; building: number }> {
  const compound = await reserveIds(db, 'public.compounds', street.compounds.length)
  const building = await reserveIds(db, 'public.buildings', street.buildings.length)
  await insertRows(
    db,
    `insert into public.compounds (id, land_id, community_id, name, initials, status, note, geom)
     select r.id, ${land}, r.community, r.name, r.initials, r.status::public.compound_status, r.note, extensions.st_geomfromtext(r.geom, 4326)`,
    'id int, community int, name text, initials text, status text, note text, geom text',
    street.compounds.map((c, k) => ({ id: compound + k, community: communities[c.community], name: c.name, initials: c.initials, status: c.status, note: c.note, geom: text.polygon([c.ring]) })),
  )
  await insertRows(
    db,
    `insert into public.buildings (id, land_id, community_id, compound_id, cell_id, name, address, initials, kind, floors, geom, point, source_ref, needs_review)
     select r.id, ${land}, r.community, r.compound, r.cell, r.name, r.address, r.initials, r.kind, r.floors,
       extensions.st_geomfromtext(r.geom, 4326), extensions.st_geomfromtext(r.point, 4326), r.ref, r.review`,
    `id int, community int, compound int, cell int, name text, address text, initials text, kind text, floors smallint, geom text, point text,
     ref text, review text`,
    street.buildings.map((b, k) => ({
      id: building + k, community: communities[b.community], compound: b.compound < 0 ? null : compound + b.compound,
      cell: cut.buildingCell[k] < 0 ? null : cell + cut.buildingCell[k], name: b.name, address: b.address, initials: b.initials, kind: b.kind, floors: b.floors,
      geom: text.multiPolygon([b.ring]), point: text.point(b.point), ref: sourceId('b', k), review: cut.buildingReview[k],
    })),
  )
  return { compound, building }
}

/** Write the grids as edition 1, their polygons derived from the arcs by the function that publication uses. */
export async function writeGrids(db: SeedDatabase, ids: LandIds, communities: readonly number[], plan: GridPlan): Promise<void> {
  const [{ id: edition }] = await rowsOf<{ id: number }>(
    db,
    "insert into public.grid_editions (land_id, number, note, valid_from) values ($1, 1, '现行网格', '2024-03-01') returning id",
    [ids.land],
  )
  for (const table of ['new_grids', 'new_grid_cells']) await db.query(`drop table if exists pg_temp.${table}`)
  await db.query('create temporary table new_grids (idx int, grid_id uuid, code text, name text, community_id int, kind public.grid_kind)')
  await db.query('create temporary table new_grid_cells (cell_id int, grid_id uuid)')
  await insertRows(
    db,
    'insert into pg_temp.new_grids select r.idx, r.id, r.code, r.name, r.community, r.kind::public.grid_kind',
    'idx int, id uuid, code text, name text, community int, kind text',
    plan.grids.map((grid, idx) => ({ idx, id: grid.id, code: grid.code, name: grid.name, community: communities[grid.community], kind: grid.kind })),
  )
  await insertRows(
    db,
    'insert into pg_temp.new_grid_cells select r.cell, r.grid',
    'cell int, grid uuid',
    Array.from(plan.cellGrid, (grid, cell) => ({ cell: ids.cell + cell, grid: plan.grids[grid].id })),
  )
  await db.query('select private.write_grids($1)', [edition])
  for (const table of ['new_grids', 'new_grid_cells']) await db.query(`drop table pg_temp.${table}`)
}
