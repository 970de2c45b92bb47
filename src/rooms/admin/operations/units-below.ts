import type { UnitRow } from '../model'

/** Ids of a unit and all below it. Units come in any order. */
export function unitsBelow(units: readonly UnitRow[], rootId: number): Set<number> {
  const children = new Map<number, number[]>()
  for (const { id, parentId } of units) if (parentId !== null) children.set(parentId, [...(children.get(parentId) ?? []), id])
  const below = new Set([rootId])
  for (const id of below) for (const child of children.get(id) ?? []) below.add(child)
  return below
}
