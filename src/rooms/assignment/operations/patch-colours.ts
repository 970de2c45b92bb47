import { colourPatches, mendPatchColours, nearBuildings, type PatchGround } from '@/algorithms/assignment/colour-patches'
import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { LandFrame } from '@/core/land-frame'
import type { HouseholdLayout } from './lay-out-households'

/** Buildings that count as lying beside one another: at most so many, and no farther apart, metres. */
const BESIDE = 5
const BESIDE_M = 120

/** Colours of the members' patches, kept from edit to edit so that what is looked at does not flicker. */
export interface PatchColours {
  /** Number of a colour, 0 … colours − 1; for members without households too. */
  of(member: number): number
  /** Take in a plan as a whole. Members keep their colours where they can. */
  take(householdMember: Int32Array): void
  /** Take in some households that changed hands; members with another colour than before. */
  mend(householdMember: Int32Array, changedHouseholds: ArrayLike<number>): number[]
}

/** @param colours how many there are */
export function createPatchColours(
  { households, members }: Pick<AssignmentScope, 'households' | 'members'>,
  { byBuilding, middles }: Pick<HouseholdLayout, 'byBuilding' | 'middles'>,
  frame: LandFrame,
  colours: number,
): PatchColours {
  const xyM = middles.map((degrees, k) => (k % 2 === 0 ? (degrees - frame.lng0) * frame.mPerDegLng : (degrees - frame.lat0) * frame.mPerDegLat))
  const near = nearBuildings(xyM, BESIDE, BESIDE_M)
  const groundOf = (householdMember: Int32Array): PatchGround => ({
    near, byBuilding, householdBuilding: households.building, householdMember, memberCount: members.count, colours,
  })
  let shown: Int32Array | null = null
  return {
    of: (member) => {
      const colour = shown?.[member] ?? -1
      return colour >= 0 ? colour : member % colours
    },
    take(householdMember) {
      shown = colourPatches(groundOf(householdMember), shown)
    },
    mend(householdMember, changedHouseholds) {
      if (!shown) {
        shown = colourPatches(groundOf(householdMember))
        return [...shown.keys()].filter((member) => shown![member] >= 0)
      }
      const before = shown
      const after = mendPatchColours(groundOf(householdMember), before, changedHouseholds)
      shown = after
      return after === before ? [] : [...after.keys()].filter((member) => after[member] >= 0 && after[member] !== before[member])
    },
  }
}
