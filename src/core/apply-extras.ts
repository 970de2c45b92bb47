import type { DeltaReason, EditablePlan } from './apply-delta'
import { isSamePlain } from './changes'
import type { PlannedLand } from './check-land-edit'
import { linksByCell, relabelParts } from './links'
import type { LinkKind, PlanDelta, PlanDocument, PlanLink, PlanNote } from './plan'
import type { PlanState } from './plan-index'
import { ok, refused, type Result } from './result'

const no = (reason: DeltaReason, details: Record<string, unknown>): Result<never> => refused(reason, details)

const linkKind = (document: PlanDocument, [a, b]: readonly [number, number]): LinkKind | null =>
  document.links?.find(({ cells }) => cells[0] === a && cells[1] === b)?.kind ?? null

/** Check links, notes and aims of a delta. O(their number). */
export function checkExtras({ context, document }: PlanState, delta: PlanDelta, land: PlannedLand | null): Result<null> {
  const cellAfter = new Map(land?.cells.map(({ before, after }) => [(after ?? before)!.id, after !== null]))
  const isThere = (cell: number) => cellAfter.get(cell) ?? context.cellIndex.get(cell) !== undefined
  const changed = new Set<string>()
  for (const { cells, before, after } of delta.links ?? []) {
    if (changed.has(cells.join()) || linkKind(document, cells) !== before) return no('link_before_mismatch', { cells })
    changed.add(cells.join())
    if (after !== null && (!(cells[0] < cells[1]) || !cells.every(isThere))) return no('link_cell_unknown', { cells })
  }
  // A link goes before its cell does.
  if (land) {
    const left = document.links?.find(({ cells }) => !changed.has(cells.join()) && !cells.every(isThere))
    if (left) return no('link_cell_unknown', { cells: left.cells })
  }
  const notes = new Set<string>()
  for (const { before, after } of delta.notes ?? []) {
    const id = (after ?? before)?.id
    const current = document.notes?.find((note) => note.id === id) ?? null
    if (id === undefined || notes.has(id) || (before && after && before.id !== after.id) || !isSamePlain(before, current)) {
      return no('note_before_mismatch', { noteId: id })
    }
    notes.add(id)
  }
  if (delta.settings && !isSamePlain(delta.settings.before, document.settings ?? null)) return no('settings_before_mismatch', {})
  return ok(null)
}

/**
 * Put links, notes and aims as a delta that was checked says. Where links change, the context is another one and the grids
 * of the communities concerned are touched.
 */
export function putExtras(state: EditablePlan, { links, notes, settings }: PlanDelta, touched: Set<number>): void {
  const { document, index } = state
  if (settings) document.settings = settings.after
  if (notes && notes.length > 0) {
    const byId = new Map((document.notes ?? []).map((note) => [note.id, note]))
    for (const { before, after } of notes) {
      if (after) byId.set(after.id, after)
      else byId.delete(before!.id)
    }
    document.notes = inOrderOfId([...byId.values()])
  }
  if (!links || links.length === 0) return
  const communities = new Set<number>()
  const noteCommunity = (cellId: number) => {
    const cell = state.context.cellIndex.get(cellId)
    if (cell !== undefined) communities.add(state.context.land.cellCommunity[cell])
  }
  const byCells = new Map((document.links ?? []).map((link) => [link.cells.join(), link]))
  for (const { cells, after } of links) {
    if (after) byCells.set(cells.join(), { cells, kind: after })
    else byCells.delete(cells.join())
    cells.forEach(noteCommunity)
  }
  document.links = inOrderOfCells([...byCells.values()])
  standOnLinks(state, communities)
  for (const community of communities) for (const slot of index.gridsOfCommunity(community)) touched.add(slot)
}

/** Give a plan the context that its links ask for: parts of these communities are named anew. */
export function standOnLinks(state: Pick<EditablePlan, 'context' | 'document' | 'landWork'>, communities: ReadonlySet<number>): void {
  const { context, document } = state
  const links = linksByCell(context.cellIndex, document.links ?? [])
  // The column is the plan's own only where its land is redrawn; else others stand on it too.
  const cellPart = state.landWork ? context.cellPart : context.cellPart.slice()
  state.context = { ...context, links, cellPart }
  relabelParts(state.context, communities, cellPart)
}

const inOrderOfId = (notes: PlanNote[]): PlanNote[] => notes.sort((a, b) => (a.id < b.id ? -1 : 1))
const inOrderOfCells = (links: PlanLink[]): PlanLink[] =>
  links.sort((a, b) => a.cells[0] - b.cells[0] || a.cells[1] - b.cells[1])
