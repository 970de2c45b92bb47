import { makeAccessGround, bringOnto } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { walksWithin, type WalkRows } from '@/algorithms/routing/walks-within'
import { SITE } from '@/algorithms/siting/siting-problem'
import { COVERAGE_SETTINGS } from '@/core/coverage/coverage-scope'
import type { SitingTask } from '@/core/coverage/siting'
import type { SolveSitingInput } from '@/rooms/coverage/jobs/solve-siting/solve-siting-model'
import { generateStreet } from '../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET } from '../../supabase/seed/settings'
import { accessOf, countedStations } from '../helpers/drawn-access'
import { points } from '../helpers/street-drawings'

const CANDIDATES = 300
const CATEGORIES = 8

export interface StreetSiting {
  readonly name: string
  readonly input: SolveSitingInput
  readonly buildings: number
  readonly walksMs: number
}

type Question = Pick<SitingTask, 'aim' | 'count' | 'capacity' | 'keepsCapacity'> & {
  /** Whether stations of the counted levels stay. */
  readonly keeps: boolean
  /** Longest walk that is measured, metres. */
  readonly reachM: number
  /** Only the community of most households. */
  readonly isOne?: boolean
}

/**
 * Siting on the demo street: every building with households a demand, 300 candidates of the buildings where nobody lives, spread over
 * the list of them; stations of the levels that count stay.
 */
export function openStreet(): (name: string, question: Question) => StreetSiting {
  const street = generateStreet(DEMO_SEED, DEMO_STREET, { residents: false })
  const access = accessOf(street)
  const ground = makeAccessGround(access)
  const households = new Int32Array(CATEGORIES * street.buildings.length)
  for (const { building, category } of street.households) households[CATEGORIES * building + category]++
  const homes = street.communities.map((_, community) => street.buildings.reduce((sum, own) => sum + (own.community === community ? own.households : 0), 0))
  const largest = homes.indexOf(Math.max(...homes))
  return (name, { aim, count, capacity, keepsCapacity, keeps, reachM, isOne = false }) => {
    const isAsked = (community: number): boolean => !isOne || community === largest
    const lived = [...street.buildings.keys()].filter((k) => street.buildings[k].households > 0 && isAsked(street.buildings[k].community) && ground.doors.edge[k] >= 0)
    const empty = street.buildings.filter((building) => building.households === 0 && isAsked(building.community))
    const candidates = empty.filter((_, k) => Math.floor((k * CANDIDATES) / empty.length) !== Math.floor(((k - 1) * CANDIDATES) / empty.length))
    const kept = keeps ? countedStations(access).filter((k) => isAsked(street.stations[k].community)) : []
    const places = [...kept.map((k) => street.stations[k].point), ...candidates.map(({ point }) => point)]
    const begun = performance.now()
    const sites = bringOnto(ground.graph, { xyM: points(places), limitM: new Float64Array(places.length).fill(COVERAGE_SETTINGS.accessLimitM) })
    const walks = walksWithin(ground.graph, sites, pick(ground.doors, lived), reachM)
    return {
      name, buildings: lived.length, walksMs: performance.now() - begun,
      input: {
        task: {
          aim, count, capacity, keepsCapacity, communities: [], limitM: COVERAGE_SETTINGS.stationLimitM, keptLevels: COVERAGE_SETTINGS.stationLevels, level: 'grid_home',
          budget: 0, costEach: 0, weights: new Array<number>(CATEGORIES).fill(1), candidates: 'public_buildings', added: [], forced: [], barred: [],
        },
        walks,
        households: Int32Array.from(lived.flatMap((k) => [...households.subarray(CATEGORIES * k, CATEGORIES * (k + 1))])),
        state: Uint8Array.from(places, (_, site) => (site < kept.length ? SITE.kept : SITE.candidate)),
        capacity: Int32Array.from(places, (_, site) => (site < kept.length ? street.stations[kept[site]].capacity : 0)),
      },
    }
  }
}

function pick({ xyM, edge, alongM, accessM }: DoorSnaps, doors: readonly number[]): DoorSnaps {
  return {
    xyM: Float64Array.from(doors.flatMap((k) => [xyM[2 * k], xyM[2 * k + 1]])),
    edge: Int32Array.from(doors, (k) => edge[k]),
    alongM: Float64Array.from(doors, (k) => alongM[k]),
    accessM: Float64Array.from(doors, (k) => accessM[k]),
    refused: new Int32Array(0),
  }
}

/** Rows of the sites that are open, no longer than a limit; counted without the solver. */
export function rowsOfOpen({ start, place, walkCm }: WalkRows, open: Uint8Array, limitCm: number): WalkRows {
  const kept: number[] = []
  const until = new Uint32Array(start.length)
  for (let door = 0; door + 1 < start.length; door++) {
    for (let k = start[door]; k < start[door + 1]; k++) if (open[place[k]] === 1 && walkCm[k] <= limitCm) kept.push(k)
    until[door + 1] = kept.length
  }
  return { start: until, place: Int32Array.from(kept, (k) => place[k]), walkCm: Int32Array.from(kept, (k) => walkCm[k]) }
}
