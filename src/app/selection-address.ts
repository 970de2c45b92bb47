import type { Scope } from '@/core/scope'
import type { Selection } from '@/core/workspace'

/** A selection as the address carries it: kind and database id, so that a link lives longer than an index. */
export function writeSelection(scope: Scope, selection: Selection | null): string | null {
  if (!selection) return null
  switch (selection.kind) {
    case 'building':
      return `building-${scope.buildings.ids[selection.index]}`
    case 'cell': {
      // A cell that a draft drew has no id that others know.
      const id = scope.land.cellIds[selection.index]
      return id ? `cell-${id}` : null
    }
    case 'grid':
      return `grid-${selection.gridId}`
    case 'compound':
      return `compound-${scope.compounds[selection.index]?.id}`
    case 'community':
      return `community-${selection.orgUnitId}`
    case 'street':
      return `street-${scope.streets[selection.index]?.id}`
    case 'station':
      return `station-${scope.stations[selection.index]?.id}`
    case 'household':
      return `household-${selection.householdId}-${scope.buildings.ids[selection.buildingIndex] ?? 0}`
    case 'member':
      return `member-${selection.memberId}-${scope.buildings.ids[selection.buildingIndex] ?? 0}`
    case 'issue':
      return `issue-${selection.issueId}`
  }
}

/** The selection an address names; null where this scope has no such thing. */
export function readSelection(scope: Scope, text: string | null): Selection | null {
  const match = text?.match(/^([a-z]+)-(.+)$/)
  if (!match) return null
  const [, kind, rest] = match
  const id = Number(rest.split('-')[0])
  const found = (index: number, make: (index: number) => Selection): Selection | null => (index >= 0 ? make(index) : null)
  const byId = (rows: readonly { readonly id: number }[]): number => rows.findIndex((row) => row.id === id)
  const building = (): number => scope.buildings.ids.indexOf(Number(rest.split('-')[1]))
  switch (kind) {
    case 'building':
      return found(scope.buildings.ids.indexOf(id), (index) => ({ kind, index }))
    case 'cell':
      return found(scope.land.cellIds.indexOf(id), (index) => ({ kind, index }))
    case 'grid':
      return { kind, gridId: rest }
    case 'compound':
      return found(byId(scope.compounds), (index) => ({ kind, index }))
    case 'community':
      return scope.communities.some((unit) => unit.id === id) ? { kind, orgUnitId: id } : null
    case 'street':
      return found(byId(scope.streets), (index) => ({ kind, index }))
    case 'station':
      return found(byId(scope.stations), (index) => ({ kind, index }))
    case 'household':
      return found(building(), (buildingIndex) => ({ kind, householdId: id, buildingIndex }))
    case 'member':
      return { kind, memberId: id, buildingIndex: building() }
    case 'issue':
      return Number.isInteger(id) ? { kind, issueId: id } : null
    default:
      return null
  }
}
