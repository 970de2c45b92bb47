import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'
import { deriveGridOutline, type GridOutline } from '@/algorithms/topology/derive-grid-outline'
import type { Land } from '@/core/land'
import { toLngLat } from '@/core/land-frame'
import type { PlanState } from '@/core/plan-index'
import { nativeAbsence, startNativeCluster } from '../sql/engines/native-cluster'

/** What PostGIS finds between the polygons of a plan; m². */
export interface Coverage {
  readonly polygons: number
  readonly invalid: number
  /** Pairs of polygons whose interiors meet, and the area they share. */
  readonly overlappingPairs: number
  readonly overlapM2: number
  /** Land that no polygon covers, and polygons beyond the land. */
  readonly gapM2: number
  readonly beyondM2: number
  /** Sum of the polygons' areas less that of the land before all edits, in whole lattice units: exact. */
  readonly latticeExcess: number
}

interface Postgis {
  readonly engine: string
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** A throw-away PostGIS: native where it is installed, else embedded. */
export async function openPostgis(): Promise<Postgis> {
  if (nativeAbsence()) {
    const database = await PGlite.create({ extensions: { postgis } })
    await database.exec('create extension postgis')
    return {
      engine: 'embedded PostGIS',
      query: async (sql, values = []) => (await database.query<Record<string, unknown>>(sql, values)).rows,
      close: () => database.close(),
    }
  }
  const cluster = await startNativeCluster()
  const client = await cluster.connect('postgres')
  await client.query('create extension postgis')
  return {
    engine: 'native PostGIS',
    query: async (sql, values = []) => (await client.query(sql, values)).rows,
    close: async () => {
      await client.end()
      await cluster.remove()
    },
  }
}

/**
 * Derive the polygon of every grid, and of the land without one, in degrees, and let PostGIS look for gaps and overlaps.
 * @param base the land as it was before all edits: the sum of all polygons is held against it
 */
export async function measureCoverage(database: Postgis, { context, document, index }: PlanState, base: Land): Promise<Coverage> {
  const { land } = context
  const outlines: GridOutline[] = []
  for (let slot = -1; slot < document.grids.length; slot++) {
    const outline = deriveGridOutline(land, document.cellGrid, slot, slot < 0 ? undefined : index.cellsOf(slot))
    if (outline.polygons.length > 0) outlines.push(outline)
  }
  const whole = deriveGridOutline(land, new Uint8Array(land.cellIds.length), 0)
  const geometry = (outline: GridOutline) =>
    JSON.stringify({
      type: 'MultiPolygon',
      coordinates: outline.polygons.map((rings) =>
        rings.map((ring) => Array.from({ length: ring.length / 2 }, (_, k) => toLngLat(land.frame, ring[2 * k], ring[2 * k + 1]))),
      ),
    })
  await database.query('drop table if exists shape')
  await database.query('create temp table shape (id int primary key, geom geometry(MultiPolygon, 4326))')
  for (const [id, outline] of [whole, ...outlines].entries()) {
    await database.query('insert into shape values ($1, st_setsrid(st_geomfromgeojson($2), 4326))', [id, geometry(outline)])
  }
  await database.query('create index on shape using gist (geom)')
  await database.query('analyze shape')
  const m2PerDeg2 = land.frame.mPerDegLng * land.frame.mPerDegLat
  const [row] = await database.query(
    `with pair as materialized (
       select a.geom as one, b.geom as other from shape a join shape b on a.id > 0 and b.id > a.id and a.geom && b.geom
       where st_relate(a.geom, b.geom, '2********')
     ), together as materialized (select st_union(geom) as geom from shape where id > 0)
     select (select count(*) from shape where not st_isvalid(geom))::int as invalid,
       (select count(*) from pair)::int as pairs,
       (select coalesce(sum(st_area(st_intersection(one, other))), 0) from pair)::float8 * $1 as overlap,
       (select st_area(st_difference(l.geom, t.geom)) from shape l, together t where l.id = 0)::float8 * $1 as gap,
       (select st_area(st_difference(t.geom, l.geom)) from shape l, together t where l.id = 0)::float8 * $1 as beyond`,
    [m2PerDeg2],
  )
  return {
    polygons: outlines.length,
    invalid: Number(row.invalid),
    overlappingPairs: Number(row.pairs),
    overlapM2: Number(row.overlap),
    gapM2: Number(row.gap),
    beyondM2: Number(row.beyond),
    latticeExcess: outlines.reduce((sum, { area2 }) => sum + area2, 0) - deriveGridOutline(base, new Uint8Array(base.cellIds.length), 0).area2,
  }
}
