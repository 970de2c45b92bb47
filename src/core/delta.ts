import type { GridRecord, PlanDelta } from './plan'

export const EMPTY_DELTA: PlanDelta = { cells: [], grids: [] }

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
  value(): PlanDelta
}

/**
 * Compose deltas as they come; what cancels out is left out, so a brush that went there and back leaves nothing.
 * Each delta must follow the one before it: its `from` is the other's `to`. Order: first appearance.
 */
export function createDeltaComposer(): DeltaComposer {
  const cells = new Map<number, { from: string | null; to: string | null }>()
  const grids = new Map<string, { before: GridRecord | null; after: GridRecord | null }>()
  return {
    add(delta) {
      for (const { cell, from, to } of delta.cells) {
        const known = cells.get(cell)
        if (known) known.to = to
        else cells.set(cell, { from, to })
      }
      for (const { before, after } of delta.grids) {
        const id = (after ?? before)!.id
        const known = grids.get(id)
        if (known) known.after = after
        else grids.set(id, { before, after })
      }
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
