import type { GridRecord } from '@/core/plan'
import type { GridAttributes, Scope } from '@/core/scope'

/** Answer of `grid_edition`. */
export interface EditionJson {
  readonly id: number
  readonly number: number
  readonly validFrom: string
  readonly validTo: string | null
  readonly grids: readonly GridRecord[]
  readonly cellIds: readonly number[]
  readonly cellGrid: readonly number[]
}

/** Grids of an edition in the positions of a scope; cells the scope does not know are left out. */
export function decodeEdition(json: EditionJson, scope: Scope): { grids: GridAttributes[]; cellGrid: Int32Array } {
  const community = new Map(scope.communities.map((unit, index) => [unit.id, index]))
  const cell = new Map(Array.from(scope.land.cellIds, (id, index) => [id, index]))
  const cellGrid = new Int32Array(scope.land.cellIds.length).fill(-1)
  json.cellIds.forEach((id, k) => {
    const index = cell.get(id)
    if (index !== undefined) cellGrid[index] = json.cellGrid[k] ?? -1
  })
  return {
    grids: json.grids.map(({ id, code, name, communityId, kind }) => ({
      id,
      code,
      name,
      community: community.get(communityId) ?? -1,
      kind,
      locked: false,
    })),
    cellGrid,
  }
}
