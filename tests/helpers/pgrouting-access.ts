import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import type { TestDatabase } from '../sql/engines/test-database'

type Database = Pick<TestDatabase, 'query' | 'script'>

/** The same question to pgRouting, on the same ground, in the server. */
export interface PgAccess {
  /** One `pgr_drivingDistance` from all stations chosen; the answer stays in the server. */
  run(chosen: readonly number[]): Promise<void>
  /** Metres by door to the nearest of them, access legs among them; Infinity where none was reached. */
  answers(): Promise<Float64Array>
}

interface Edges {
  readonly source: number[]
  readonly target: number[]
  readonly metres: number[]
}

/**
 * Loads a ground as one network: edges parted where somebody comes onto them, an edge more for each access leg. Vertices: nodes from 1,
 * then doors, then stations, then the places on edges.
 */
export async function loadPgAccess(db: Database, { graph, doors, stations }: AccessGround): Promise<PgAccess> {
  const nodes = graph.component.length
  const [firstDoor, firstStation] = [nodes + 1, nodes + 1 + doors.edge.length]
  const edges: Edges = { source: [], target: [], metres: [] }
  const add = (source: number, target: number, metres: number): void => {
    edges.source.push(source)
    edges.target.push(target)
    edges.metres.push(metres)
  }
  const onEdge = new Map<number, { alongM: number; vertex: number }[]>()
  let place = firstStation + stations.edge.length
  const enter = ({ edge, alongM, accessM }: DoorSnaps, first: number): void => {
    edge.forEach((at, k) => {
      if (at < 0) return
      add(first + k, place, accessM[k])
      onEdge.set(at, [...(onEdge.get(at) ?? []), { alongM: alongM[k], vertex: place }])
      place++
    })
  }
  enter(doors, firstDoor)
  enter(stations, firstStation)
  graph.edgeFrom.forEach((from, edge) => {
    let [last, lastM] = [from + 1, 0]
    for (const { alongM, vertex } of (onEdge.get(edge) ?? []).sort((a, b) => a.alongM - b.alongM)) {
      add(last, vertex, alongM - lastM)
      ;[last, lastM] = [vertex, alongM]
    }
    add(last, graph.edgeTo[edge] + 1, graph.edgeLengthM[edge] - lastM)
  })
  // Its functions call one another by bare names.
  await db.script(`
    create schema if not exists extensions;
    set search_path = public, extensions;
    create extension if not exists postgis with schema extensions;
    create extension if not exists pgrouting with schema extensions;
    drop table if exists access_edges, access_answers;
    create temp table access_edges (id int primary key, source int, target int, cost float8, reverse_cost float8);`)
  await db.query(
    'insert into access_edges select i, a, b, m, m from unnest($1::int[], $2::int[], $3::int[], $4::float8[]) as t (i, a, b, m)',
    [[...edges.source.keys()].map((k) => k + 1), edges.source, edges.target, edges.metres.map((metres) => Math.max(0, metres))])
  await db.script('analyze access_edges')
  return {
    // All stations hang on one vertex at no cost: asked for several beginnings at once (`equicost`) version 3.4.2 keeps longer ways now and then.
    run: (chosen) => db.script(`
      drop table if exists access_answers;
      create temp table access_answers as
      select node, agg_cost from pgr_drivingdistance(
        'select id, source, target, cost, reverse_cost from access_edges
         union all select -station, 0, station, 0, 0 from unnest(array[${chosen.map((k) => firstStation + k).join()}]::int[]) as t (station)',
        0, 1e9, directed => false)`),
    async answers() {
      const metres = new Float64Array(doors.edge.length).fill(Infinity)
      const rows = await db.query<{ node: string; agg_cost: number }>('select node, agg_cost from access_answers where node >= $1 and node < $2', [firstDoor, firstStation])
      for (const { node, agg_cost } of rows) if (doors.edge[Number(node) - firstDoor] >= 0) metres[Number(node) - firstDoor] = agg_cost
      return metres
    },
  }
}
