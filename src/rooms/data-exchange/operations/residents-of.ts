import type { HouseholdRule } from '../model'

/** Residents of the k-th of `households` in one building: the building's total is rounded once, then dealt out evenly. */
export function residentsOf(households: number, k: number, rule: HouseholdRule): number {
  const total = totalResidents(households, rule)
  return Math.floor(((k + 1) * total) / households) - Math.floor((k * total) / households)
}

export const totalResidents = (households: number, rule: HouseholdRule): number =>
  Math.round(households * rule.residentsPerHousehold)
