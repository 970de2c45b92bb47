import type { Scope } from '@/core/scope'

/** What lies on some cells, as a person calls it: compounds, and of those that go only in part their buildings. */
export interface StepPlace {
  /** Compound; null for buildings of none. */
  readonly compound: string | null
  /** The whole compound goes: buildings need not be told. */
  readonly isWhole: boolean
  /** Names of buildings without the compound's, in order. */
  readonly buildings: readonly string[]
}

/**
 * Name what a step moves. Land without buildings gives an empty list. O(buildings of the cells and of their compounds).
 *
 * @param cells cell indices that move
 */
export function nameStep(scope: Pick<Scope, 'buildings' | 'compounds'>, cells: Iterable<number>, buildingsOf: (cell: number) => readonly number[]): StepPlace[] {
  const { buildings, compounds } = scope
  const byCompound = new Map<number, number[]>()
  for (const cell of cells) {
    for (const building of buildingsOf(cell)) {
      const compound = buildings.compound[building]
      byCompound.set(compound, [...(byCompound.get(compound) ?? []), building])
    }
  }
  return [...byCompound]
    .sort(([a], [b]) => (a < 0 ? 1 : b < 0 ? -1 : a - b))
    .map(([compound, moved]) => {
      const name = compounds[compound]?.name ?? null
      return {
        compound: name,
        isWhole: name !== null && countOf(buildings.compound, compound) === moved.length,
        buildings: moved.map((building) => shortName(buildings.names[building], name)).sort(byNumber),
      }
    })
}

function countOf(column: Int32Array, value: number): number {
  let count = 0
  for (const own of column) if (own === value) count++
  return count
}

/** 阳光小区3号楼 in 阳光小区 is 3号楼. */
function shortName(name: string, compound: string | null): string {
  return compound !== null && name.startsWith(compound) && name.length > compound.length ? name.slice(compound.length).trim() : name
}

const byNumber = new Intl.Collator('zh', { numeric: true }).compare
