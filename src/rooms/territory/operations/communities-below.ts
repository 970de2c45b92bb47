import type { Scope } from '@/core/scope'

/** Positions of the communities at or below each unit; units without any are absent. */
export function communitiesBelow(scope: Scope): Map<number, number[]> {
  const parent = new Map(scope.orgUnits.map((unit) => [unit.id, unit.parentId]))
  const below = new Map<number, number[]>()
  scope.communities.forEach((community, position) => {
    for (let id: number | null | undefined = community.id; id !== null && id !== undefined; id = parent.get(id)) {
      below.set(id, [...(below.get(id) ?? []), position])
    }
  })
  return below
}
