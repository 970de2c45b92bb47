import type { Scope } from '@/core/scope'
import type { Selection } from '@/core/workspace'
import { gridTitle } from '@/core/unit-names'

const KINDS = ['community', 'grid', 'compound', 'building', 'street', 'station'] as const
export type PlaceKind = (typeof KINDS)[number]

export interface PlaceHit {
  readonly kind: PlaceKind
  readonly label: string
  readonly detail: string
  readonly selection: Selection
}

const naturally = new Intl.Collator('zh-CN', { numeric: true })

/**
 * Places of a scope whose name, address, code or pinyin initials hold the query; those that begin with it first, then
 * in natural order of house numbers. At most `limit` of each kind. Linear in the size of the scope.
 */
export function searchPlaces(scope: Scope, query: string, limit: number): PlaceHit[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  const hits: { rank: number; hit: PlaceHit }[] = []
  const rankOf = (...texts: string[]): number => {
    let best = 9
    for (const text of texts) {
      const at = text.toLowerCase().indexOf(wanted)
      if (at >= 0) best = Math.min(best, at === 0 ? (text.length === wanted.length ? 0 : 1) : 2)
    }
    return best
  }
  const offer = (rank: number, hit: () => PlaceHit): void => {
    if (rank < 9) hits.push({ rank, hit: hit() })
  }
  const communityName = (index: number): string => scope.communities[index]?.name ?? ''

  scope.communities.forEach((unit) =>
    offer(rankOf(unit.name, unit.initials, unit.code), () => ({
      kind: 'community',
      label: unit.name,
      detail: unit.code,
      selection: { kind: 'community', orgUnitId: unit.id },
    })),
  )
  scope.current.grids.forEach((grid) =>
    offer(rankOf(gridTitle(grid, scope), grid.name, grid.code), () => ({
      kind: 'grid',
      label: gridTitle(grid, scope),
      detail: communityName(grid.community),
      selection: { kind: 'grid', gridId: grid.id },
    })),
  )
  scope.compounds.forEach((compound, index) =>
    offer(rankOf(compound.name, compound.initials), () => ({
      kind: 'compound',
      label: compound.name,
      detail: communityName(compound.community),
      selection: { kind: 'compound', index },
    })),
  )
  for (let index = 0; index < scope.buildings.count; index++) {
    const name = scope.buildings.names[index]
    const address = scope.buildings.addresses[index]
    offer(rankOf(name, address), () => ({
      kind: 'building',
      label: address || name,
      detail: communityName(scope.buildings.community[index]),
      selection: { kind: 'building', index },
    }))
  }
  const seenStreets = new Set<string>()
  scope.streets.forEach((street, index) => {
    if (street.name === '' || seenStreets.has(street.name)) return
    const rank = rankOf(street.name)
    if (rank < 9) seenStreets.add(street.name)
    offer(rank, () => ({ kind: 'street', label: street.name, detail: '', selection: { kind: 'street', index } }))
  })
  scope.stations.forEach((station, index) =>
    offer(rankOf(station.name), () => ({
      kind: 'station',
      label: station.name,
      detail: communityName(station.community),
      selection: { kind: 'station', index },
    })),
  )
  // Kinds stay together: the one with the best hit first, larger things before smaller where they tie.
  const bestOf = (kind: PlaceKind): number => hits.reduce((best, { rank, hit }) => (hit.kind === kind ? Math.min(best, rank) : best), 9)
  const orderOf = new Map(KINDS.map((kind, index) => [kind, bestOf(kind) * 10 + index]))
  hits.sort(
    (p, q) =>
      (orderOf.get(p.hit.kind) ?? 0) - (orderOf.get(q.hit.kind) ?? 0) || p.rank - q.rank || naturally.compare(p.hit.label, q.hit.label),
  )
  const taken: Partial<Record<PlaceKind, number>> = {}
  return hits
    .filter(({ hit }) => (taken[hit.kind] = (taken[hit.kind] ?? 0) + 1) <= limit)
    .map(({ hit }) => hit)
}
