import { isSameGridRecord } from '@/core/delta'
import type { PlanDelta } from '@/core/plan'
import { toGridRecord, type PlanState } from '@/core/plan-index'
import { claimCells } from './claim-cells'
import { openGridBook, type GridBook } from './grid-book'
import type { FileFlag, FlagCode, PlanFile } from './plan-file'
import { claimUnits } from './claim-units'

/** What a file would make of a plan, before anything is changed. */
export interface PlanImport {
  /** One edit; empty where the plan is as the file says already. */
  readonly delta: PlanDelta
  readonly flags: readonly FileFlag[]
  readonly rows: number
  /** The file gives the land of grids, not the grids of buildings. */
  readonly isByLand: boolean
  /** Cells that the file gives to a grid, and how: by label point or building, or by most of their area. */
  readonly cells: { readonly named: number; readonly byArea: number; readonly unnamed: number }
  /** Cell indices that change hands, and the households on them. */
  readonly moved: Int32Array
  readonly households: number
  readonly grids: { readonly made: number; readonly changed: number; readonly removed: number }
}

/** Grid wanted by cell: its id, or null where the file says nothing that can be followed. */
export interface CellWishes {
  readonly gridOf: (string | null)[]
  readonly byArea: number
  readonly flags: FileFlag[]
}

/** Read a file's claims against a plan. Locked grids neither give nor take; grids left without cells go. O(cells + claims). */
export function importPlan(plan: PlanState, file: PlanFile): PlanImport {
  const book = openGridBook(plan)
  const wishes = file.kind === 'units' ? claimUnits(plan, file.claims, book) : claimLand(plan, file, book)
  const { context, document, index } = plan
  const flags: FileFlag[] = [...file.flags, ...wishes.flags]
  const say = (code: FlagCode, severity: FileFlag['severity'], values: FileFlag['values'], row: number | null = null) =>
    void flags.push({ row, code, severity, values })

  const records = new Map(book.changes().map((change) => [change.after.id, change]))
  const isLocked = (id: string | null) => id !== null && (document.grids[index.slotOf(id)]?.locked ?? false)
  const cells: { cell: number; from: string | null; to: string | null }[] = []
  const moved: number[] = []
  const locked = new Map<string, number>()
  const leaving = new Map<string, number>()
  const arriving = new Set<string>()
  let named = 0
  let households = 0
  wishes.gridOf.forEach((to, cell) => {
    if (to === null) return
    named++
    const from = document.grids[document.cellGrid[cell]]?.id ?? null
    if (from === to) return
    const shut = isLocked(from) ? from : isLocked(to) ? to : null
    if (shut !== null) {
      locked.set(shut, (locked.get(shut) ?? 0) + 1)
      return
    }
    cells.push({ cell: context.land.cellIds[cell], from, to })
    moved.push(cell)
    households += context.cellStats.households[cell]
    if (from !== null) leaving.set(from, (leaving.get(from) ?? 0) + 1)
    arriving.add(to)
  })
  for (const [id, count] of locked) say('grid_locked', 'error', { grid: document.grids[index.slotOf(id)]!.name, cells: count })

  const grids: PlanDelta['grids'][number][] = []
  const counts = { made: 0, changed: 0, removed: 0 }
  for (const { before, after } of records.values()) {
    if (before === null) {
      // A new grid that got no cell is none.
      if (!arriving.has(after.id)) continue
      counts.made++
      say('grid_new', 'info', { grid: after.name })
    } else if (isSameGridRecord(before, after)) continue
    else counts.changed++
    grids.push({ before, after })
  }
  document.grids.forEach((grid, slot) => {
    if (!grid || arriving.has(grid.id) || (leaving.get(grid.id) ?? 0) < Math.max(1, index.cellCount(slot))) return
    const change = grids.findIndex(({ after }) => after?.id === grid.id)
    if (change >= 0) grids.splice(change, 1)
    grids.push({ before: toGridRecord(context, grid), after: null })
    counts.removed++
    say('grid_gone', 'info', { grid: grid.name })
  })
  const present = context.land.cellIds.reduce((sum, id) => sum + (id === 0 ? 0 : 1), 0)
  if (named < present) say('cells_unnamed', 'info', { cells: present - named })
  return {
    delta: { cells, grids },
    flags: flags.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.row ?? 0) - (b.row ?? 0)),
    rows: file.claims.length + file.flags.length,
    isByLand: file.kind === 'land',
    cells: { named, byArea: wishes.byArea, unnamed: present - named },
    moved: Int32Array.from(moved),
    households,
    grids: counts,
  }
}

const RANK = { error: 0, warning: 1, info: 2 } as const

function claimLand(plan: PlanState, { claims }: Extract<PlanFile, { kind: 'land' }>, book: GridBook): CellWishes {
  const { context } = plan
  const flags: FileFlag[] = []
  const { claimOf, byArea, disputed } = claimCells(context, claims)
  const byClaim = new Map<number, number[]>()
  claimOf.forEach((claim, cell) => {
    if (claim >= 0) byClaim.set(claim, [...(byClaim.get(claim) ?? []), cell])
  })
  const gridOf: (string | null)[] = Array.from(claimOf, () => null)
  const taken = new Set<string>()
  claims.forEach((claim, k) => {
    const say = (code: FlagCode, severity: FileFlag['severity'], values: FileFlag['values'] = {}) => void flags.push({ row: claim.row, code, severity, values })
    const cells = byClaim.get(k) ?? []
    if (disputed.has(k)) say('cell_disputed', 'warning', { cells: disputed.get(k)! })
    if (cells.length === 0) return say('outside_land', 'error')
    const shown = claim.gridName || claim.gridCode || claim.gridId
    if (shown === '') return say('grid_missing', 'error')
    const community = mostFrequent(cells.map((cell) => context.land.cellCommunity[cell]))
    const found = book.find(claim, community)
    if (found === null) return say('grid_unknown', 'error', { grid: shown })
    if (found === 'elsewhere') return say('other_community', 'error', { cells: cells.length, grid: shown })
    if (taken.has(found.record.id)) return say('row_twice', 'error', { shown })
    taken.add(found.record.id)
    const strangers = cells.filter((cell) => context.land.cellCommunity[cell] !== community)
    if (strangers.length > 0) say('other_community', 'error', { cells: strangers.length, grid: shown })
    for (const cell of cells) if (context.land.cellCommunity[cell] === community) gridOf[cell] = found.record.id
  })
  if (byArea > 0) flags.push({ row: null, code: 'cell_cut', severity: 'warning', values: { cells: byArea } })
  return { gridOf, byArea, flags }
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}
