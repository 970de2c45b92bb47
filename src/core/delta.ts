import type { GridRecord, PlanDelta } from './plan'

export const isEmptyDelta = (delta: PlanDelta): boolean => delta.cells.length === 0 && delta.grids.length === 0

/** The delta that takes back what `delta` does. Inverting twice gives the same delta. */
export function invertDelta(delta: PlanDelta): PlanDelta {
  return {
    cells: delta.cells.map(({ cell, from, to }) => ({ cell, from: to, to: from })),
    grids: delta.grids.map(({ before, after }) => ({ before: after, after: before })),
  }
}

/** A delta that grows: adding costs what is added, however much was added before. */
export interface DeltaComposer {
  add(delta: PlanDelta): void
  /** True where all that was added cancels out; O(1). */
  readonly isEmpty: boolean
  value(): PlanDelta
}

/**
 * Compose deltas as they come; what cancels out is left out, so a brush that went there and back leaves nothing.
 * Each delta must follow the one before it: its `from` is the other's `to`. Order: first appearance.
 */
export function createDeltaComposer(): DeltaComposer {
  const cells = new Map<number, { from: string | null; to: string | null }>()
  const grids = new Map<string, { before: GridRecord | null; after: GridRecord | null }>()
  /** Entries that change something on balance. */
  let changes = 0
  return {
    add(delta) {
      for (const { cell, from, to } of delta.cells) {
        const move = cells.get(cell) ?? { from, to: from }
        changes += Number(move.from !== to) - Number(move.from !== move.to)
        move.to = to
        cells.set(cell, move)
      }
      for (const { before, after } of delta.grids) {
        const id = (after ?? before)!.id
        const grid = grids.get(id) ?? { before, after: before }
        changes += Number(!isSameGridRecord(grid.before, after)) - Number(!isSameGridRecord(grid.before, grid.after))
        grid.after = after
        grids.set(id, grid)
      }
    },
    get isEmpty() {
      return changes === 0
    },
    value: () => ({
      cells: [...cells].filter(([, move]) => move.from !== move.to).map(([cell, move]) => ({ cell, ...move })),
      grids: [...grids.values()].filter(({ before, after }) => !isSameGridRecord(before, after)).map((grid) => ({ ...grid })),
    }),
  }
}

/** One delta that does what the given ones do one after the other. Complexity O(total entries). */
export function composeDeltas(...deltas: readonly PlanDelta[]): PlanDelta {
  const composer = createDeltaComposer()
  for (const delta of deltas) composer.add(delta)
  return composer.value()
}

export function isSameGridRecord(a: GridRecord | null, b: GridRecord | null): boolean {
  if (a === null || b === null) return a === b
  return (
    a.id === b.id &&
    a.code === b.code &&
    a.name === b.name &&
    a.communityId === b.communityId &&
    a.kind === b.kind &&
    a.locked === b.locked
  )
}
