import type { CoverageScope } from '@/core/coverage/coverage-scope'
import { GAP_REASONS, mainReason, reasonBit, type GapReason } from '@/core/coverage/gap'
import type { Scope } from '@/core/scope'
import type { Selection } from '@/core/workspace'
import { nearestStation, type NearestStation } from './nearest-station'

type PlacedScope = Pick<Scope, 'buildings' | 'communities' | 'current'>

/** Which buildings a selected thing is: itself, a household's, those of a compound, a grid, a community; null for anything else. */
function buildingTest({ buildings, communities, current }: PlacedScope, selection: Selection): ((building: number) => boolean) | null {
  switch (selection.kind) {
    case 'building':
      return (building) => building === selection.index
    case 'household':
      return (building) => building === selection.buildingIndex
    case 'compound':
      return (building) => buildings.compound[building] === selection.index
    case 'grid': {
      const grid = current.grids.findIndex(({ id }) => id === selection.gridId)
      return (building) => grid >= 0 && buildings.cell[building] >= 0 && current.cellGrid[buildings.cell[building]] === grid
    }
    case 'community': {
      const community = communities.findIndex(({ id }) => id === selection.orgUnitId)
      return (building) => community >= 0 && buildings.community[building] === community
    }
    default:
      return null
  }
}

/** Indices of the households of a selected place, in their order; of a household itself alone. O(households). */
export function householdsOf(scope: PlacedScope, { households }: Pick<CoverageScope, 'households'>, selection: Selection): number[] {
  const isIn = buildingTest(scope, selection)
  const found: number[] = []
  if (!isIn) return found
  for (let h = 0; h < households.count; h++) {
    if (selection.kind === 'household' ? households.ids[h] === selection.householdId : isIn(households.building[h])) found.push(h)
  }
  return found
}

/** How a place is served. */
export interface PlaceFigures {
  readonly households: number
  /** Indices of its households in gap, in their order. */
  readonly inGap: readonly number[]
  /** Reasons that hold, the order in which they are mended, with the households of each: one may stand under several. */
  readonly reasons: readonly { readonly reason: GapReason; readonly households: number; readonly asMain: number }[]
  readonly unjudged: number
  /** Nearest station of the nearest and of the farthest building; null: none is reached or known. */
  readonly nearest: NearestStation | null
  readonly farthest: NearestStation | null
  /** Buildings with households from which no station is reached, and those of which no walk is known. */
  readonly unreached: number
  readonly unmeasured: number
  /** Day of the building that was passed longest ago, 0 where one never was. */
  readonly lastPass: number
  /** Members who keep contact with its households, most households first. */
  readonly members: readonly { readonly memberId: number; readonly households: number }[]
  /** Households by category, those that are visited more often alone, in the order of codes. */
  readonly special: readonly { readonly category: number; readonly households: number }[]
}

/** Figures of some households (indices). O(households). */
export function placeFigures({ households, access, settings }: Pick<CoverageScope, 'households' | 'access' | 'settings'>, of: readonly number[]): PlaceFigures {
  const inGap = of.filter((h) => households.reasons[h] !== 0)
  const members = new Map<number, number>()
  const special = new Map<number, number>()
  let lastPass = Infinity
  for (const h of of) {
    lastPass = Math.min(lastPass, households.lastPass[h])
    if (households.member[h] > 0) members.set(households.member[h], (members.get(households.member[h]) ?? 0) + 1)
    const category = households.category[h]
    if (settings[households.community[h]].specialCategories.includes(category)) special.set(category, (special.get(category) ?? 0) + 1)
  }
  let [nearest, farthest]: (NearestStation | null)[] = [null, null]
  let [unreached, unmeasured] = [0, 0]
  const communityOf = new Map(of.map((h) => [households.building[h], households.community[h]]))
  for (const [building, community] of communityOf) {
    const walk = nearestStation(access, settings[community], building)
    if (walk === 'none') unreached++
    else if (typeof walk === 'string') unmeasured++
    else {
      if (!nearest || walk.walkCm < nearest.walkCm) nearest = walk
      if (!farthest || walk.walkCm > farthest.walkCm) farthest = walk
    }
  }
  return {
    households: of.length,
    inGap,
    reasons: GAP_REASONS.map((reason) => ({
      reason,
      households: inGap.filter((h) => (households.reasons[h] & reasonBit(reason)) !== 0).length,
      asMain: inGap.filter((h) => mainReason(households.reasons[h]) === reason).length,
    })).filter((row) => row.households > 0),
    unjudged: of.filter((h) => households.unjudged[h] !== 0).length,
    nearest,
    farthest,
    unreached,
    unmeasured,
    lastPass: Number.isFinite(lastPass) ? lastPass : 0,
    members: [...members].map(([memberId, n]) => ({ memberId, households: n })).sort((a, b) => b.households - a.households || a.memberId - b.memberId),
    special: [...special].map(([category, n]) => ({ category, households: n })).sort((a, b) => a.category - b.category),
  }
}
