import { makeAccessGround, type AccessGround, type AccessInput } from '@/algorithms/routing/access-ground'
import { arcsOf } from '@/algorithms/routing/build-street-graph'
import { measureAccess, nearestStations } from '@/algorithms/routing/measure-access'
import { searchNearest } from '@/algorithms/routing/nearest-search'
import { numberComponents } from '@/algorithms/routing/number-components'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { walksWithin } from '@/algorithms/routing/walks-within'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { serveByCapacity } from '@/algorithms/siting/serve-by-capacity'
import { COVERAGE_SETTINGS } from '@/core/coverage/coverage-scope'
import { generateStreet } from '../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET, SCALE_STREETS, type StreetSettings } from '../../supabase/seed/settings'
import type { StreetData } from '../../supabase/seed/street-data'
import { accessOf, countedStations } from '../helpers/drawn-access'
import { loadPgAccess } from '../helpers/pgrouting-access'
import { openNativeDatabase, pgRoutingAbsence, startNativeCluster } from '../sql/engines/native-cluster'
import type { TestDatabase } from '../sql/engines/test-database'
import { benchRow, type BenchContext, type Row } from './row'

/** Ours and pgRouting's walks may differ by this, metres; ours are whole centimetres. */
const MOST_APART_M = 0.1
const RUNS = 7
const PEER_RUNS = 3
/** The grid: nodes by side, mean metres between neighbours, stations on it. */
const SIDE = 400
const MEAN_M = 100
const GRID_STATIONS = 10
const LIMIT_M = COVERAGE_SETTINGS.stationLimitM

/**
 * From all households to the nearest station of the levels that count, along streets: `size` households, `value` those within the
 * limit, `ms` the search, beside one `pgr_drivingDistance` from the same stations over the same streets in the same run. Every walk
 * is compared.
 */
export default async function bench({ say }: BenchContext): Promise<Row[]> {
  const absence = pgRoutingAbsence()
  if (absence !== null) say(absence)
  const db = absence === null ? await openNativeDatabase(startNativeCluster) : null
  try {
    return [await demoStreet(db, say), await scaleDistrict(db, say), largeGrid(say)]
  } finally {
    await db?.close()
  }
}

interface Measured {
  readonly ms: number
  readonly theirMs: number
  readonly households: number
  readonly within: number
  readonly theirWithin: number
  readonly compared: number
  readonly mostApartM: number
}

async function demoStreet(db: TestDatabase | null, say: BenchContext['say']): Promise<Row> {
  const street = generateStreet(DEMO_SEED, DEMO_STREET, { residents: false })
  const input = accessOf(street)
  const made = middle(() => makeAccessGround(input))
  const ground = made.value
  say(`demo street: ${ground.graph.component.length} nodes, ${ground.graph.edgeFrom.length} edges, ${ground.doors.edge.length} doors (${ground.doors.refused.length} on no street), ${ground.stations.edge.length} stations (${ground.stations.refused.length} on none)`)
  const levels = middle(() => measureAccess(ground, input.stationLevel, input.levels))
  const households = householdsOf(street)
  const rows = middle(() => walksWithin(ground.graph, ground.stations, ground.doors, LIMIT_M))
  const served = middle(() => serveByCapacity(rows.value, households, Int32Array.from(street.stations, ({ capacity }) => capacity)))
  const sum = (column: Int32Array): string => column.reduce((a, b) => a + b, 0).toLocaleString('en-US')
  say(`streets into a graph with doors on it ${made.ms.toFixed(1)} ms; the nearest of each of five levels for every door ${levels.ms.toFixed(1)} ms; all ${rows.value.place.length.toLocaleString('en-US')} walks within ${LIMIT_M} m ${rows.ms.toFixed(1)} ms; `
    + `who is served where all ${street.stations.length} take what they can ${served.ms.toFixed(1)} ms: ${sum(served.value.reached)} households reached, ${sum(served.value.served)} served`)
  return rowOf('demo street', await measure(db, street, input, ground), say)
}

async function scaleDistrict(db: TestDatabase | null, say: BenchContext['say']): Promise<Row> {
  const all: Measured[] = []
  let madeMs = 0
  for (const settings of SCALE_STREETS) {
    const { street, input } = streetOf(settings)
    const begun = performance.now()
    const ground = makeAccessGround(input)
    madeMs += performance.now() - begun
    all.push(await measure(db, street, input, ground))
  }
  say(`scale district: streets of ${all.length} street offices into graphs with doors on them ${madeMs.toFixed(0)} ms`)
  const sum = (of: (one: Measured) => number): number => all.reduce((total, one) => total + of(one), 0)
  return rowOf('scale district', {
    ms: sum(({ ms }) => ms), theirMs: sum(({ theirMs }) => theirMs), households: sum(({ households }) => households), within: sum(({ within }) => within),
    theirWithin: sum(({ theirWithin }) => theirWithin), compared: sum(({ compared }) => compared), mostApartM: Math.max(...all.map(({ mostApartM }) => mostApartM)),
  }, say)
}

function rowOf(instance: string, { ms, theirMs, households, within, theirWithin, compared, mostApartM }: Measured, say: BenchContext['say']): Row {
  const row = benchRow({ suite: 'access', instance, size: households, value: within, ms })
  if (compared === 0) return row
  say(`${instance}: ${compared.toLocaleString('en-US')} walks compared with pgr_drivingDistance, the farthest apart by ${mostApartM.toFixed(4)} m`)
  return { ...row, peer: 'pgr_drivingDistance', peerValue: theirWithin, peerMs: theirMs, ratio: ms / theirMs }
}

const streetOf = (settings: StreetSettings) => {
  const street = generateStreet(DEMO_SEED, settings, { residents: false })
  return { street, input: accessOf(street) }
}

const householdsOf = (street: StreetData): Int32Array => Int32Array.from(street.buildings, ({ households }) => households)

async function measure(db: TestDatabase | null, street: StreetData, input: AccessInput, ground: AccessGround): Promise<Measured> {
  const counted = countedStations(input)
  const households = householdsOf(street)
  const { ms, value } = middle(() => nearestStations(ground, counted))
  const total = (is: (door: number) => boolean): number => households.reduce((sum, count, door) => sum + (is(door) ? count : 0), 0)
  const within = total((door) => value.walkCm[door] >= 0 && value.walkCm[door] <= 100 * LIMIT_M)
  const measured: Measured = { ms, theirMs: 0, households: total(() => true), within, theirWithin: 0, compared: 0, mostApartM: 0 }
  if (!db) return measured
  const theirs = await loadPgAccess(db, ground)
  const times: number[] = []
  for (let run = 0; run < PEER_RUNS; run++) {
    const begun = performance.now()
    await theirs.run(counted)
    times.push(performance.now() - begun)
  }
  const metres = await theirs.answers()
  let [mostApartM, compared] = [0, 0]
  metres.forEach((theirM, door) => {
    if ((theirM === Infinity) !== (value.walkCm[door] < 0)) throw new Error(`${street.settings.name}: door ${door} is reached by one of both only`)
    if (theirM === Infinity) return
    compared++
    mostApartM = Math.max(mostApartM, Math.abs(theirM - value.walkCm[door] / 100))
  })
  if (mostApartM > MOST_APART_M) throw new Error(`${street.settings.name}: expected walks within ${MOST_APART_M} m of pgRouting's, got ${mostApartM} m`)
  return {
    ...measured,
    theirMs: times.sort((a, b) => a - b)[PEER_RUNS >> 1],
    theirWithin: total((door) => Math.round(100 * metres[door]) <= 100 * LIMIT_M),
    compared,
    mostApartM,
  }
}

/** The nearest of ten stations for every node of a street grid with blocks of unlike length. */
function largeGrid(say: BenchContext['say']): Row {
  const graph = gridOf(SIDE)
  const random = seededRandom(7)
  const node = Array.from({ length: GRID_STATIONS }, () => Math.floor(random() * SIDE * SIDE))
  const begin = { node, walkM: node.map(() => 0), start: node.map((_, k) => k) }
  const { ms, value } = middle(() => searchNearest(graph, begin, Infinity))
  const reached = value.startOf.reduce((sum, start) => sum + Number(start >= 0), 0)
  say(`grid: ${SIDE * SIDE} nodes, ${graph.arcNode.length} arcs, ${GRID_STATIONS} stations`)
  return benchRow({ suite: 'access', instance: 'grid of streets', size: SIDE * SIDE, value: reached, ms })
}

function gridOf(side: number): StreetGraph {
  const random = seededRandom(11)
  const nodeXYM = new Float64Array(2 * side * side)
  for (let k = 0; k < side * side; k++) {
    nodeXYM[2 * k] = MEAN_M * ((k % side) + 0.6 * (random() - 0.5))
    nodeXYM[2 * k + 1] = MEAN_M * (Math.floor(k / side) + 0.6 * (random() - 0.5))
  }
  const from: number[] = []
  const to: number[] = []
  for (let k = 0; k < side * side; k++) {
    for (const [other, is] of [[k + 1, (k + 1) % side !== 0], [k + side, k + side < side * side]] as const) {
      if (!is) continue
      from.push(k)
      to.push(other)
    }
  }
  const [edgeFrom, edgeTo] = [Int32Array.from(from), Int32Array.from(to)]
  const edgeLengthM = Float64Array.from(edgeFrom, (a, edge) => Math.hypot(nodeXYM[2 * a] - nodeXYM[2 * to[edge]], nodeXYM[2 * a + 1] - nodeXYM[2 * to[edge] + 1]))
  return {
    nodeXYM, edgeFrom, edgeTo, edgeLengthM, edgeLine: new Int32Array(edgeFrom.length), ...arcsOf(side * side, edgeFrom, edgeTo, edgeLengthM),
    ...numberComponents(side * side, edgeFrom, edgeTo, edgeLengthM), walls: null,
  }
}

/** Middle of some runs by time. */
function middle<T>(work: () => T): { ms: number; value: T } {
  const runs = Array.from({ length: RUNS }, () => {
    const begun = performance.now()
    const value = work()
    return { ms: performance.now() - begun, value }
  })
  return runs.sort((a, b) => a.ms - b.ms)[RUNS >> 1]
}
