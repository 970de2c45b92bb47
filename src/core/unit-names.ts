import type { GridAttributes, OrgUnit, Scope } from '@/core/scope'

/** Name of a community without the word for its kind: 文昌社区 → 文昌. Names of one character keep it. */
export function shortUnitName(unit: Pick<OrgUnit, 'name'>): string {
  const short = unit.name.replace(/(社区|村民委员会|居民委员会|村)$/, '')
  return short.length >= 2 ? short : unit.name
}

/** Where looking begins: the only community of a scope, else its street, else the highest unit seen. Null for none. */
export function homeUnit(scope: Scope): OrgUnit | null {
  if (scope.communities.length === 1) return scope.communities[0]
  const street = scope.orgUnits.find((unit) => unit.level === 'street')
  if (street) return street
  const seen = new Set(scope.orgUnits.map((unit) => unit.id))
  return scope.orgUnits.find((unit) => unit.parentId === null || !seen.has(unit.parentId)) ?? null
}

/** How a grid is called on the map and in lists: short name of its community and the last three digits of its code. */
export function gridTitle(grid: GridAttributes, scope: Scope): string {
  const community = scope.communities[grid.community]
  return community ? `${shortUnitName(community)} ${grid.code.slice(-3)}` : grid.name
}
