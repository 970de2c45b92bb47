import { buildPatrolNetwork } from '@/algorithms/arc-routing/build-patrol-network'
import type { PatrolProblem } from '@/algorithms/arc-routing/patrol-problem'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { LandFrame } from '@/core/land-frame'
import { PATROL_SETTINGS } from '@/core/patrol/patrol-scope'
import type { XY } from '@/core/units'
import { generateStreet } from '../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET } from '../../supabase/seed/settings'
import { lineColumns, streetColumns } from './street-drawings'

/**
 * Patrols of the demo street's community of most households: all ways in it that are due daily or weekly, once, from its station and
 * back, without limit.
 */
export function demoPatrols(patrollers: number, effort: number): { name: string; frame: LandFrame; problem: PatrolProblem } {
  const street = generateStreet(DEMO_SEED, DEMO_STREET, { residents: false })
  const closed = (ring: readonly XY[]) => [...ring, ring[0]]
  const walls = lineColumns([
    ...street.compounds.map(({ ring }) => closed(ring)),
    ...street.features.flatMap(({ kind, line }) => (kind === 'green' ? [] : [kind === 'water' ? closed(line) : line])),
  ])
  const streets = streetColumns(street.streets.map(({ line }) => line), street.streets.map((way) => way.class))
  const network = buildPatrolNetwork(buildStreetGraph(streets, { lines: walls }), streets)
  const householdsOf = street.communities.map((_, community) =>
    street.buildings.reduce((sum, building) => sum + (building.community === community ? building.households : 0), 0))
  const largest = householdsOf.indexOf(Math.max(...householdsOf))
  const { name, rings } = street.communities[largest]
  const nodeOf = (node: number): XY => [network.nodeXYM[2 * node], network.nodeXYM[2 * node + 1]]
  const middleOf = (segment: number): XY => {
    const p = (network.pathStart[segment] + network.pathStart[segment + 1] - 1) >> 1
    return [(network.pathXYM[2 * p] + network.pathXYM[2 * p + 2]) / 2, (network.pathXYM[2 * p + 1] + network.pathXYM[2 * p + 3]) / 2]
  }
  const passes = Uint8Array.from(network.segmentLine, (line, segment) => {
    if (line < 0 || network.component[network.segmentFrom[segment]] !== 0) return 0
    const duty = PATROL_SETTINGS.dutyByClass[street.streets[line].class] ?? PATROL_SETTINGS.otherwise
    return Number(duty !== 'none' && isWithin(rings, middleOf(segment)))
  })
  const { point } = street.stations.find(({ community, level }) => community === largest && level === 'community_station')!
  const away = (node: number) => (network.component[node] === 0 ? Math.hypot(nodeOf(node)[0] - point[0], nodeOf(node)[1] - point[1]) : Infinity)
  const startNode = [...network.component.keys()].reduce((best, node) => (away(node) < away(best) ? node : best))
  return {
    name,
    frame: street.frame,
    problem: {
      network,
      passes,
      serviceS: network.segmentLengthM.map((metres) => metres / PATROL_SETTINGS.serveMPerS),
      walkS: network.segmentLengthM.map((metres) => metres / PATROL_SETTINGS.walkMPerS),
      checkpoints: { segment: new Int32Array(0), node: new Int32Array(0), dwellS: new Float64Array(0) },
      patrollers: Array.from({ length: patrollers }, () => ({ startNode, endNode: startNode, limitS: Infinity, zone: null })),
      aim: 'min_max',
      seed: 1,
      effort,
    },
  }
}

/** Whether a place lies within the first ring and none of the others. */
function isWithin(rings: readonly (readonly XY[])[], [x, y]: XY): boolean {
  let isIn = false
  for (const ring of rings) {
    ring.forEach(([ax, ay], k) => {
      const [bx, by] = ring[(k + 1) % ring.length]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isIn = !isIn
    })
  }
  return isIn
}
