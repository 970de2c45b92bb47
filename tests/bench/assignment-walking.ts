import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { measureWalks } from '@/algorithms/routing/measure-walks'
import { snapDoors } from '@/algorithms/routing/snap-doors'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { WALK, type WalkGroups, type WalkTable } from '@/algorithms/routing/walk-table'
import { generateStreet } from '../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET } from '../../supabase/seed/settings'
import type { StreetData } from '../../supabase/seed/street-data'
import { loadPgRouting } from '../helpers/pgrouting-walks'
import { lineColumns, points, streetColumns } from '../helpers/street-drawings'
import { openNativeDatabase, pgRoutingAbsence } from '../sql/engines/native-cluster'
import { benchRow, type BenchContext, type Row } from './row'

/** Longest access leg of a door, metres. */
const MOST_ACCESS_M = 300
/** Ours and pgRouting's walks may differ by this, metres. */
const MOST_APART_M = 0.1
const RUNS = 7
const PEER_RUNS = 3

/** Walks of the demo street: every member to every household of the own community, checked and timed against pgRouting. */
export default async function bench({ say }: BenchContext): Promise<Row[]> {
  const street = generateStreet(DEMO_SEED, DEMO_STREET, { residents: false })
  const closed = (ring: readonly (readonly [number, number])[]) => [...ring, ring[0]]
  const walls = lineColumns([
    ...street.compounds.map(({ ring }) => closed(ring)),
    ...street.features.flatMap(({ kind, line }) => (kind === 'green' ? [] : [kind === 'water' ? closed(line) : line])),
  ])
  const streets = streetColumns(street.streets.map(({ line }) => line), street.streets.map((way) => way.class))
  const graph = middle(() => buildStreetGraph(streets, { lines: walls }))
  const doorXYM = points(street.buildings.map(({ point }) => point))
  const doors = middle(() => snapDoors(graph.value, doorXYM, MOST_ACCESS_M))
  describe(street, graph.value, doors.value, say)
  const { groups, homePairs } = membersToDoors(street)
  const walks = middle(() => measureWalks(graph.value, doors.value, groups))
  const { walkDm, how } = walks.value
  say(`streets into a graph ${graph.ms.toFixed(1)} ms, ${doorXYM.length / 2} doors onto it ${doors.ms.toFixed(1)} ms, ${walkDm.length.toLocaleString('en-US')} walks from a member to a door ${walks.ms.toFixed(1)} ms: `
    + `${Math.round((1000 * walkDm.length) / walks.ms).toLocaleString('en-US')} a second; they serve ${homePairs.toLocaleString('en-US')} pairs of member and household`)
  say(`measured in a straight line: ${how.filter((kind) => kind === WALK.straight).length}`)
  const totalM = walkDm.reduce((sum, dm) => sum + dm, 0) / 10
  const row = benchRow({ suite: 'assignment', instance: 'demo street, walks of members', size: walkDm.length, value: totalM, ms: walks.ms })
  const absence = pgRoutingAbsence()
  if (absence !== null) {
    say(absence)
    return [row]
  }
  const theirs = await compare(graph.value, doors.value, groups, walks.value)
  say(`pgRouting: ${theirs.ms.toFixed(0)} ms in the server; largest difference of ${theirs.compared.toLocaleString('en-US')} walks ${theirs.mostApartM.toFixed(3)} m`)
  if (theirs.mostApartM > MOST_APART_M || theirs.unlike > 0) {
    throw new Error(`expected walks within ${MOST_APART_M} m of pgRouting's, got ${theirs.mostApartM} m and ${theirs.unlike} that only one of both found`)
  }
  return [{ ...row, peer: 'pgRouting', peerValue: theirs.totalM, peerMs: theirs.ms, ratio: walks.ms / theirs.ms }]
}

/** Every member's door, and every door with households, by community. */
function membersToDoors({ communities, buildings, households, members }: StreetData): { groups: WalkGroups; homePairs: number } {
  const homesOf = new Int32Array(buildings.length)
  for (const { building } of households) homesOf[building]++
  const from = communities.map((): number[] => [])
  const to = communities.map((): number[] => [])
  for (const { household } of members) {
    const { building } = households[household]
    from[buildings[building].community].push(building)
  }
  homesOf.forEach((homes, building) => {
    if (homes > 0) to[buildings[building].community].push(building)
  })
  const starts = (lists: readonly number[][]) => Uint32Array.from([0, ...lists.map((_, k) => lists.slice(0, k + 1).reduce((sum, list) => sum + list.length, 0))])
  return {
    groups: { fromStart: starts(from), from: Int32Array.from(from.flat()), toStart: starts(to), to: Int32Array.from(to.flat()) },
    homePairs: communities.reduce((sum, _, k) => sum + from[k].length * to[k].reduce((homes, building) => homes + homesOf[building], 0), 0),
  }
}

/** How well the streets hang together, and how far doors stand from them. */
function describe({ buildings, households }: StreetData, graph: StreetGraph, doors: DoorSnaps, say: BenchContext['say']): void {
  const assumedM = graph.edgeLengthM.filter((_, edge) => graph.edgeLine[edge] < 0)
  say(`${graph.component.length} nodes, ${graph.edgeFrom.length} edges, ${Math.round(graph.componentLengthM.reduce((sum, metres) => sum + metres, 0) / 1000)} km; `
    + `${assumedM.length} gaps closed, ${assumedM.filter((metres) => metres <= 1).length} of at most 1 m, ${Math.round(assumedM.reduce((sum, metres) => sum + metres, 0))} m in all`)
  const homes = new Map<string, number>()
  for (const { building } of households) {
    const edge = doors.edge[building]
    const where = edge < 0 ? 'refused' : `component ${graph.component[graph.edgeFrom[edge]]}`
    homes.set(where, (homes.get(where) ?? 0) + 1)
  }
  say(`${graph.componentLengthM.length} components, the longest ${Math.round(graph.componentLengthM[0] / 1000)} km, the next ${Math.round(graph.componentLengthM[1] ?? 0)} m; `
    + `households: ${[...homes].map(([where, count]) => `${where} ${count.toLocaleString('en-US')}`).join(', ')}`)
  const legs = households.map(({ building }) => doors.accessM[building]).sort((a, b) => a - b)
  const share = (part: number) => legs[Math.min(legs.length - 1, Math.floor(part * legs.length))].toFixed(1)
  say(`access legs of ${buildings.length} buildings, by household: median ${share(0.5)} m, 99 % ${share(0.99)} m, longest ${share(1)} m`)
}

async function compare(graph: StreetGraph, doors: DoorSnaps, groups: WalkGroups, { offset, walkDm, how }: WalkTable) {
  const db = await openNativeDatabase()
  try {
    const pgRouting = await loadPgRouting(db, graph, doors, groups)
    const times: number[] = []
    for (let run = 0; run < PEER_RUNS; run++) {
      const started = performance.now()
      await pgRouting.run()
      times.push(performance.now() - started)
    }
    const ms = times.sort((a, b) => a - b)[PEER_RUNS >> 1]
    const theirsM = await pgRouting.answers()
    const { fromStart, from, toStart, to } = groups
    let [mostApartM, compared, unlike, totalM] = [0, 0, 0, 0]
    for (let g = 0; g + 1 < fromStart.length; g++) {
      const width = toStart[g + 1] - toStart[g]
      for (let i = fromStart[g]; i < fromStart[g + 1]; i++) {
        for (let j = 0; j < width; j++) {
          const [a, b] = [from[i], to[toStart[g] + j]]
          const k = offset[g] + (i - fromStart[g]) * width + j
          const metres = a === b ? 0 : theirsM(a, b)
          if ((metres === undefined) !== (how[k] === WALK.straight)) unlike++
          if (metres === undefined || how[k] !== WALK.street) continue
          compared++
          totalM += metres
          mostApartM = Math.max(mostApartM, Math.abs(metres - walkDm[k] / 10))
        }
      }
    }
    return { ms, mostApartM, compared, unlike, totalM }
  } finally {
    await db.close()
  }
}

/** Middle of some runs by time. */
function middle<T>(work: () => T): { ms: number; value: T } {
  const runs = Array.from({ length: RUNS }, () => {
    const started = performance.now()
    const value = work()
    return { ms: performance.now() - started, value }
  })
  return runs.sort((a, b) => a.ms - b.ms)[RUNS >> 1]
}
