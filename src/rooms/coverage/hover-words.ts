import type { AccessGround } from '@/algorithms/routing/access-ground'
import { GAP_REASONS } from '@/core/coverage/gap'
import type { Scope } from '@/core/scope'
import { gridTitle } from '@/core/unit-names'
import { formatNumber } from '@/ui/format'
import type { AccessAnswer } from './jobs/answer-access/answer-access-job'
import type { GapCluster } from './operations/cluster-places'
import { REACH } from './operations/compare-circle'
import type { GapPlace } from './operations/gap-places'

interface HoverGround {
  readonly say: (key: string, values?: Record<string, string | number>) => string
  readonly scope: Scope
}

/** What a place is called. */
export function placeTitle({ say, scope }: HoverGround, { selection, community, buildings }: Pick<GapPlace, 'selection' | 'community' | 'buildings'>): string {
  const own = scope.communities[community]?.name ?? ''
  switch (selection?.kind) {
    case 'community':
      return own
    case 'grid': {
      const grid = scope.current.grids.find(({ id }) => id === selection.gridId)
      return grid ? gridTitle(grid, scope) : own
    }
    case 'compound':
      return scope.compounds[selection.index]?.name ?? own
    case 'building':
      return scope.buildings.names[buildings[0]] || scope.buildings.addresses[buildings[0]]
    default:
      return say('map.outsideGrids', { community: own })
  }
}

/** What the tip says of a sign: what it sums, and how many households for which main reason. */
export function gapLines(ground: HoverGround, { places, byMain, inGap }: Pick<GapCluster, 'byMain' | 'inGap'> & { readonly places: readonly Pick<GapPlace, 'selection' | 'community' | 'buildings'>[] }): string[] {
  const { say } = ground
  const [first] = places
  const title = places.length === 1 ? placeTitle(ground, first) : say('map.placeAndOthers', { place: placeTitle(ground, first), n: places.length - 1 })
  const rows = GAP_REASONS.map((reason, k) => ({ reason, n: byMain[k] })).filter(({ n }) => n > 0).sort((a, b) => b.n - a.n)
  return [say('map.inGap', { place: title, n: formatNumber(inGap) }), ...rows.map(({ reason, n }) => say('map.reasonLine', { reason: say(`reason.${reason}`), n: formatNumber(n) }))]
}

/** What it says of a building where walks are shown: the walk to the nearest station asked about, and the straight way beside it. */
export function reachLines({ say, scope }: HoverGround, building: number, households: number, { comparison, nearest }: Pick<AccessAnswer, 'comparison' | 'nearest'>, { doors, stations }: Pick<AccessGround, 'doors' | 'stations'>): string[] {
  if (households === 0) return []
  if (comparison.reach[building] === REACH.refused) return [say('map.refused', { n: formatNumber(households) })]
  const station = nearest.station[building]
  if (station < 0) return [say('map.noStation', { n: formatNumber(households) })]
  const straightM = Math.hypot(stations.xyM[2 * station] - doors.xyM[2 * building], stations.xyM[2 * station + 1] - doors.xyM[2 * building + 1])
  return [
    say('map.nearest', { n: formatNumber(households), station: scope.stations[station]?.name ?? '' }),
    say('map.walk', { walk: formatNumber(Math.round(nearest.walkCm[building] / 100)), straight: formatNumber(Math.round(straightM)) }),
  ]
}
