import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import type { WalkGroups } from '@/algorithms/routing/walk-table'
import type { TestDatabase } from '../sql/engines/test-database'

type Database = Pick<TestDatabase, 'query' | 'script'>

/** The same walks by pgRouting, on the same graph, in the server. */
export interface PgRouting {
  /** Finds the shortest ways of all pairs, within the server. */
  run(): Promise<void>
  /** Metres from door to door, access legs added; undefined where no way was found or asked for. */
  answers(): Promise<(from: number, to: number) => number | undefined>
}

/** Loads a walking graph, doors on it, and every door from to every door to of each group, each pair once. */
export async function loadPgRouting(db: Database, graph: StreetGraph, doors: DoorSnaps, groups: WalkGroups): Promise<PgRouting> {
  // Its functions call one another by bare names.
  await db.script(`
    set search_path = public, extensions;
    create extension if not exists pgrouting with schema extensions;
    drop table if exists walk_edges, walk_points, walk_pairs;
    create temp table walk_edges (id int primary key, source int, target int, cost float8, reverse_cost float8);
    create temp table walk_points (pid int primary key, edge_id int, fraction float8, side char);
    create temp table walk_pairs (source int, target int);`)
  await db.query(
    'insert into walk_edges select i, a, b, m, m from unnest($1::int[], $2::int[], $3::int[], $4::float8[]) as t (i, a, b, m)',
    [[...graph.edgeFrom.keys()].map((edge) => edge + 1), [...graph.edgeFrom].map((node) => node + 1), [...graph.edgeTo].map((node) => node + 1), [...graph.edgeLengthM]])
  // A point of interest at the end of an edge is lost in its answers: there the door is the node.
  const vertexOf = [...doors.edge].map((edge, door) => {
    if (edge < 0) return 0
    if (doors.alongM[door] <= 0) return graph.edgeFrom[edge] + 1
    return doors.alongM[door] >= graph.edgeLengthM[edge] ? graph.edgeTo[edge] + 1 : -door - 1
  })
  const inner = [...doors.edge.keys()].filter((door) => vertexOf[door] < 0)
  await db.query(`insert into walk_points select p, e, f, 'b' from unnest($1::int[], $2::int[], $3::float8[]) as t (p, e, f)`, [
    inner.map((door) => door + 1),
    inner.map((door) => doors.edge[door] + 1),
    inner.map((door) => doors.alongM[door] / graph.edgeLengthM[doors.edge[door]]),
  ])
  const pairs = new Set<string>()
  for (let g = 0; g + 1 < groups.fromStart.length; g++) {
    for (const from of groups.from.subarray(groups.fromStart[g], groups.fromStart[g + 1])) {
      for (const to of groups.to.subarray(groups.toStart[g], groups.toStart[g + 1])) {
        if (vertexOf[from] !== vertexOf[to] && vertexOf[from] !== 0 && vertexOf[to] !== 0) pairs.add(`${vertexOf[from]} ${vertexOf[to]}`)
      }
    }
  }
  const ends = [...pairs].map((pair) => pair.split(' ').map(Number))
  await db.query('insert into walk_pairs select * from unnest($1::int[], $2::int[])', [ends.map(([from]) => from), ends.map(([, to]) => to)])
  await db.script('analyze walk_edges, walk_points, walk_pairs')
  return {
    run: () => db.script(`
      drop table if exists walk_answers;
      create temp table walk_answers as
      select * from pgr_withpointscost(
        'select id, source, target, cost, reverse_cost from walk_edges', 'select pid, edge_id, fraction, side from walk_points',
        'select source, target from walk_pairs', directed => false) as t (origin, goal, metres)`),
    async answers() {
      const rows = await db.query<{ origin: string; goal: string; metres: number }>('select * from walk_answers')
      const metresOf = new Map(rows.map(({ origin, goal, metres }) => [`${origin} ${goal}`, metres]))
      return (from, to) => {
        const metres = vertexOf[from] === vertexOf[to] && vertexOf[from] !== 0 ? 0 : metresOf.get(`${vertexOf[from]} ${vertexOf[to]}`)
        return metres === undefined ? undefined : doors.accessM[from] + metres + doors.accessM[to]
      }
    },
  }
}
