import { createGrid } from '@/core/operations/create-grid'
import { lockGrid } from '@/core/operations/lock-grid'
import { renameGrid } from '@/core/operations/rename-grid'
import { renumberGrids } from '@/core/operations/renumber-grids'
import type { EditNote, GridRecord, PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { GridSettings } from '@/core/scope'
import type { Result } from '@/core/result'
import { copyGrids, type GridsCopied } from './operations/copy-grids'
import { dropGrid, type LandHeir } from './operations/drop-grid'
import { mergeGrids } from './operations/merge-cells'
import { nameByNumber } from './operations/name-by-number'
import { splitGridEvenly } from './operations/split-grid'
import { loadEdition, loadPlan } from './repository'

export interface GridActsHost {
  session(): PlanSession | null
  editing(): boolean
  landId(): number | null
  /** The grid is there: paint into it. */
  setTarget(slot: number): void
  recolour(): void
  say(tone: 'success' | 'warning', key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Where a new grid gets its land from: none yet, what of its community has no grid, or these cells. */
export type NewLand = { readonly from: 'none' | 'unassigned' } | { readonly from: 'cells'; readonly cells: readonly number[] }

/** Another plan on the same street to copy from. */
export type CopySource = { readonly kind: 'draft'; readonly planId: string } | { readonly kind: 'edition'; readonly number: number }

/** Acts on grids as wholes: how many there are, what they are called, which are locked; aims of the draft. */
export function createGridActs(host: GridActsHost) {
  /** Apply what an operation gave, or say why there is nothing to apply. True where it was applied. */
  function take(delta: Result<PlanDelta>, note: EditNote): boolean {
    const session = host.session()
    if (!session || !host.editing()) return false
    const done = delta.ok ? session.apply(delta.value, note) : delta
    if (done.ok) return true
    const gridId = done.details?.gridId
    const grid = typeof gridId === 'string' ? (session.document.grids[session.index.slotOf(gridId)]?.name ?? '') : ''
    host.say('warning', `grids.refused.${done.code}`, { grid, code: String(done.details?.code ?? ''), cells: Number(done.details?.cells ?? 0) })
    return false
  }

  const nameOf = (gridId: string): string => {
    const session = host.session()
    return session?.document.grids[session.index.slotOf(gridId)]?.name ?? ''
  }

  function rename(gridId: string, change: { name?: string; code?: string; kind?: GridRecord['kind'] }): boolean {
    const session = host.session()
    if (!session) return false
    const delta = renameGrid(session, { gridId, ...change })
    if (!delta.ok && delta.code === 'nothing_to_do') return true
    return take(delta, { key: 'redesign.note.rename', values: { grid: nameOf(gridId), name: change.name ?? change.code ?? '' } })
  }

  function lock(gridIds: readonly string[], locked: boolean): boolean {
    const session = host.session()
    return session !== null && take(lockGrid(session, { gridIds, locked }), { key: `redesign.note.${locked ? 'lockMany' : 'unlockMany'}`, values: { n: gridIds.length } })
  }

  /** Add a grid to a community and make it the target. */
  function add(community: number, land: NewLand, name: string): boolean {
    const session = host.session()
    if (!session) return false
    const cells = land.from === 'cells' ? land.cells : land.from === 'unassigned' ? [...session.index.cellsWithoutGrid(community)] : []
    const delta = createGrid(session, { community, cells, ...(name.trim() && { name: name.trim() }) })
    const made = delta.ok ? delta.value.grids[0].after! : null
    if (!take(delta, { key: 'redesign.note.gridAdded', values: { grid: made?.name ?? '' } })) return false
    host.setTarget(session.index.slotOf(made!.id))
    return true
  }

  function drop(gridId: string, heir: LandHeir): boolean {
    const session = host.session()
    return session !== null && take(dropGrid(session, gridId, heir), { key: 'redesign.note.gridGone', values: { grid: nameOf(gridId) } })
  }

  /** Join a grid to another, which takes its land. */
  function join(heirId: string, gridId: string): boolean {
    const session = host.session()
    const values = { grid: nameOf(gridId), heir: nameOf(heirId) }
    return session !== null && take(mergeGrids(session, { gridIds: [heirId, gridId] }), { key: 'redesign.note.gridJoined', values })
  }

  /** Part a grid into two of about as many households each. */
  function halve(gridId: string): boolean {
    const session = host.session()
    return session !== null && take(splitGridEvenly(session, { gridId, parts: 2 }), { key: 'redesign.note.split', values: { grid: nameOf(gridId) } })
  }

  /** What numbering anew would do: old and new code and name, by grid. */
  function renumbered(input: { communities?: readonly number[]; order: 'rows' | 'columns'; names: boolean }): PlanDelta['grids'] {
    const session = host.session()
    if (!session) return []
    const delta = renumberGrids(session, { communities: input.communities, order: input.order, ...(input.names && { nameOf: (number, _, name) => nameByNumber(name, number) }) })
    return delta.ok ? delta.value.grids : []
  }

  const renumber = (grids: PlanDelta['grids']): boolean =>
    take({ ok: true, value: { cells: [], grids } }, { key: 'redesign.note.renumber', values: { n: grids.length } })

  /** What copying from another plan would bring. */
  async function copied(source: CopySource, communities: readonly number[]): Promise<Result<GridsCopied> | null> {
    const session = host.session()
    const landId = host.landId()
    if (!session || landId === null) return null
    try {
      const other = source.kind === 'draft' ? await loadPlan(source.planId) : await loadEdition(landId, source.number)
      return copyGrids(session, other, new Set(communities))
    } catch (thrown) {
      host.fail(thrown)
      return null
    }
  }

  const copy = (delta: PlanDelta, title: string): boolean => take({ ok: true, value: delta }, { key: 'redesign.note.copied', values: { title } })

  /** Aim at these settings; null at the street's own. */
  function aimAt(after: GridSettings | null): boolean {
    const session = host.session()
    if (!session) return false
    const before = session.document.settings ?? null
    if (JSON.stringify(before) === JSON.stringify(after)) return true
    return take({ ok: true, value: { cells: [], grids: [], settings: { before, after } } }, { key: `redesign.note.${after ? 'aims' : 'aimsStreet'}` })
  }

  return { rename, lock, add, drop, join, halve, renumbered, renumber, copied, copy, aimAt, recolour: host.recolour }
}
