import { createChanges, isSamePlain } from './changes'
import type { LandEdit, LandPatch } from './plan'

export type PatchNode = LandPatch['nodes'][number]
export type PatchCell = LandPatch['cells'][number]
export type PatchArc = LandPatch['arcs'][number]
export type PatchBuilding = LandPatch['buildings'][number]

export const invertLand = ({ before, after }: LandEdit): LandEdit => ({ before: after, after: before })

const isSameArc = (a: PatchArc | null, b: PatchArc | null): boolean => {
  if (a === null || b === null) return a === b
  return (
    a.start === b.start && a.end === b.end && a.left === b.left && a.right === b.right && a.kind === b.kind &&
    a.xy.length === b.xy.length && a.xy.every((value, k) => value === b.xy[k])
  )
}

const KINDS = ['nodes', 'cells', 'arcs', 'buildings'] as const

/** Land edits one upon the other, thing by thing. */
export interface LandComposer {
  add(edit: LandEdit): void
  /** O(1). */
  readonly isEmpty: boolean
  /** Null where all cancels out. */
  value(): LandEdit | null
}

export function createLandComposer(): LandComposer {
  const nodes = createChanges<number, PatchNode | null>(isSamePlain)
  const cells = createChanges<number, PatchCell | null>(isSamePlain)
  const arcs = createChanges<number, PatchArc | null>(isSameArc)
  const buildings = createChanges<number, PatchBuilding | null>(isSamePlain)
  const columns = { nodes, cells, arcs, buildings }
  const isEmpty = () => KINDS.every((kind) => columns[kind].isEmpty)
  return {
    add({ before, after }) {
      each(before.nodes, after.nodes, nodes.add)
      each(before.cells, after.cells, cells.add)
      each(before.arcs, after.arcs, arcs.add)
      each(before.buildings, after.buildings, buildings.add)
    },
    get isEmpty() {
      return isEmpty()
    },
    value() {
      if (isEmpty()) return null
      const side = (which: 'before' | 'after'): LandPatch => ({
        nodes: nodes.list().flatMap(([, change]) => change[which] ?? []),
        cells: cells.list().flatMap(([, change]) => change[which] ?? []),
        arcs: arcs.list().flatMap(([, change]) => change[which] ?? []),
        buildings: buildings.list().flatMap(([, change]) => change[which] ?? []),
      })
      return { before: side('before'), after: side('after') }
    },
  }
}

function each<T extends { readonly id: number }>(
  before: readonly T[],
  after: readonly T[],
  add: (id: number, before: T | null, after: T | null) => void,
): void {
  const later = new Map(after.map((thing) => [thing.id, thing]))
  for (const thing of before) {
    add(thing.id, thing, later.get(thing.id) ?? null)
    later.delete(thing.id)
  }
  for (const thing of later.values()) add(thing.id, null, thing)
}
