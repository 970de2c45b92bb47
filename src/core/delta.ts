import { createLandComposer, invertLand } from './land-delta'
import { createChanges, isSamePlain, type Change } from './changes'
import type { GridRecord, PlanDelta } from './plan'

export const isEmptyDelta = (delta: PlanDelta): boolean =>
  delta.cells.length === 0 &&
  delta.grids.length === 0 &&
  delta.land === undefined &&
  (delta.links?.length ?? 0) === 0 &&
  (delta.notes?.length ?? 0) === 0 &&
  delta.settings === undefined

const swap = <C extends Change<unknown>>(change: C): C => ({ ...change, before: change.after, after: change.before })

/** The delta that takes back what `delta` does. Inverting twice gives the same delta. */
export function invertDelta(delta: PlanDelta): PlanDelta {
  return {
    cells: delta.cells.map(({ cell, from, to }) => ({ cell, from: to, to: from })),
    grids: delta.grids.map(swap),
    ...(delta.land && { land: invertLand(delta.land) }),
    ...(delta.links && { links: delta.links.map(swap) }),
    ...(delta.notes && { notes: delta.notes.map(swap) }),
    ...(delta.settings && { settings: swap(delta.settings) }),
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
  const cells = createChanges<number, string | null>(Object.is)
  const grids = createChanges<string, GridRecord | null>(isSameGridRecord)
  const land = createLandComposer()
  const links = createChanges<string, NonNullable<PlanDelta['links']>[number]['before']>(Object.is)
  const notes = createChanges<string, NonNullable<PlanDelta['notes']>[number]['before']>(isSamePlain)
  const settings = createChanges<'settings', NonNullable<PlanDelta['settings']>['before']>(isSamePlain)
  return {
    add(delta) {
      for (const { cell, from, to } of delta.cells) cells.add(cell, from, to)
      for (const { before, after } of delta.grids) grids.add((after ?? before)!.id, before, after)
      if (delta.land) land.add(delta.land)
      for (const { cells: pair, before, after } of delta.links ?? []) links.add(pair.join(), before, after)
      for (const { before, after } of delta.notes ?? []) notes.add((after ?? before)!.id, before, after)
      if (delta.settings) settings.add('settings', delta.settings.before, delta.settings.after)
    },
    get isEmpty() {
      return [cells, grids, land, links, notes, settings].every(({ isEmpty }) => isEmpty)
    },
    value: () => ({
      cells: cells.list().map(([cell, { before, after }]) => ({ cell, from: before, to: after })),
      grids: grids.list().map(([, change]) => change),
      ...(!land.isEmpty && { land: land.value()! }),
      ...(!links.isEmpty && {
        links: links.list().map(([key, change]) => ({ cells: key.split(',').map(Number) as [number, number], ...change })),
      }),
      ...(!notes.isEmpty && { notes: notes.list().map(([, change]) => change) }),
      ...(!settings.isEmpty && { settings: settings.list()[0][1] }),
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
