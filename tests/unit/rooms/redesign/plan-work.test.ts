import { describe, expect, it } from 'vitest'
import { createPlanSession } from '@/core/create-plan-session'
import type { LandEdit } from '@/core/plan'
import { toGridRecord } from '@/core/plan-index'
import type { PlanSession } from '@/core/plan-session'
import { columnOfSession, comparePlans } from '@/rooms/redesign/operations/compare-plans'
import { recordDifference, type PlanContent } from '@/rooms/redesign/operations/record-difference'
import { previewRebase } from '@/rooms/redesign/rebasing'
import { makeReportMap } from '@/rooms/redesign/report/report-map'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'

const made = makeSyntheticLand({ seed: 5, communities: [2, 1], cells: [6, 6], grids: [3], householdsPerCell: 10 })
const { context } = made
const open = () => createPlanSession({ context, document: made.document() })
const NOTE = { key: 'test' }

/** A plan as it travels. */
function contentOf({ document }: PlanSession): PlanContent {
  const grids = document.grids.flatMap((grid) => (grid ? [toGridRecord(context, grid)] : []))
  const place = new Map(grids.map((grid, k) => [grid.id, k]))
  return { grids, cellIds: Array.from(context.land.cellIds), cellGrid: Array.from(document.cellGrid, (slot) => place.get(document.grids[slot]?.id ?? '') ?? -1) }
}
function move(plan: PlanSession, slot: number, ...cells: number[]): void {
  const { document } = plan
  const moves = cells.map((cell) => ({ cell: context.land.cellIds[cell], from: document.grids[document.cellGrid[cell]]?.id ?? null, to: document.grids[slot]!.id }))
  expect(plan.apply({ cells: moves, grids: [] }, NOTE).ok).toBe(true)
}
/** Two cells of the grid in slot 0, and one of the grid in slot 1. */
const start = open()
const [a, b] = start.index.cellsOf(0)
const [c] = start.index.cellsOf(1)

describe('the edit between two plans', () => {
  it('makes one of the other, both ways: cells, a grid gone, a grid changed', () => {
    const plan = open()
    move(plan, 1, ...plan.index.cellsOf(0))
    const [gone, kept] = [plan.document.grids[0]!, plan.document.grids[1]!]
    plan.apply({ cells: [], grids: [{ before: toGridRecord(context, gone), after: null }, { before: toGridRecord(context, kept), after: { ...toGridRecord(context, kept), name: '合并' } }] }, NOTE)
    const [from, to] = [contentOf(open()), contentOf(plan)]
    const there = open()
    expect(there.apply(recordDifference(from, to), NOTE).ok).toBe(true)
    expect(contentOf(there)).toEqual(to)
    expect(there.apply(recordDifference(to, from), NOTE).ok).toBe(true)
    expect(new Set(contentOf(there).grids)).toEqual(new Set(from.grids))
    expect(recordDifference(contentOf(there), contentOf(there))).toEqual({ cells: [], grids: [] })
  })

  it('takes redrawn land back and puts other land in its place, with the cells that go and come', () => {
    const empty = { nodes: [], cells: [], arcs: [], buildings: [] }
    const cut = (id: number): LandEdit => ({
      before: { ...empty, cells: [{ id: context.land.cellIds[a], communityId: 1, labelX: 0, labelY: 0 }] },
      after: { ...empty, cells: [{ id, communityId: 1, labelX: 1, labelY: 1 }] },
    })
    const base = contentOf(open())
    const withCell = (id: number): PlanContent => ({ ...base, cellIds: base.cellIds.map((cell, k) => (k === a ? id : cell)), land: cut(id) })
    const delta = recordDifference(withCell(-7), withCell(-8))
    expect(delta.land).toEqual({ before: cut(-7).after, after: cut(-8).after })
    const grid = base.grids[base.cellGrid[a]].id
    expect(delta.cells).toEqual([{ cell: -7, from: grid, to: null }, { cell: -8, from: null, to: grid }])
  })

  it('changes links, notes and aims, and leaves cells of land that changed since as they are', () => {
    const base = contentOf(open())
    const note = { id: 'n', x: 1, y: 2, text: '菜市场' }
    const then: PlanContent = {
      ...base, cellIds: base.cellIds.slice(1), cellGrid: base.cellGrid.slice(1), notes: [note], links: [{ cells: [1000, 1005], kind: 'wall' }],
      settings: context.settings,
    }
    expect(recordDifference({ ...base, links: [{ cells: [1000, 1005], kind: 'bridge' }] }, then)).toEqual({
      cells: [], grids: [], notes: [{ before: null, after: note }], links: [{ cells: [1000, 1005], before: 'bridge', after: 'wall' }],
      settings: { before: null, after: context.settings },
    })
  })
})

describe('a draft on another edition', () => {
  const edition = (number: number, ...moves: [slot: number, cell: number][]) => {
    const plan = open()
    for (const [slot, cell] of moves) move(plan, slot, cell)
    return { ...contentOf(plan), number }
  }
  const draft = { ...edition(0, [1, a], [1, b]), planId: 'p' }
  const ids = start.document.grids.map((grid) => grid!.id)
  const onTarget = (delta: { cells: readonly { cell: number; to: string | null }[] }, cell: number) => delta.cells.find((one) => one.cell === context.land.cellIds[cell])

  it('keeps its changes and takes those of the edition', () => {
    const preview = previewRebase({ context }, draft, edition(1), edition(2, [2, c]), 'mine')
    expect(preview).toMatchObject({ base: 1, current: 2, mine: 2, theirs: 1, conflicts: [] })
    expect(preview.delta.cells).toEqual([{ cell: context.land.cellIds[c], from: ids[1], to: ids[2] }])
  })

  it('names what both changed; whose move stands is chosen, and the rest is not touched', () => {
    const current = edition(2, [2, a])
    const mine = previewRebase({ context }, draft, edition(1), current, 'mine')
    expect(mine.conflicts).toMatchObject([{ reason: 'cell_taken', kept: 'mine', cellIds: [context.land.cellIds[a]] }])
    expect(onTarget(mine.delta, a)).toBeUndefined()
    const theirs = previewRebase({ context }, draft, edition(1), current, 'theirs')
    expect(onTarget(theirs.delta, a)).toMatchObject({ to: ids[2] })
    expect(onTarget(theirs.delta, b)).toBeUndefined()
  })
})

describe('two plans compared', () => {
  it('by way, community and building; a renamed grid is no difference', () => {
    const plan = open()
    move(plan, 1, a, b)
    const grid = plan.document.grids[2]!
    plan.apply({ cells: [], grids: [{ before: toGridRecord(context, grid), after: { ...toGridRecord(context, grid), name: '新名' } }] }, NOTE)
    const found = comparePlans(context, columnOfSession(open()), columnOfSession(plan))
    const moved = [a, b].reduce((sum, cell) => sum + context.cellStats.households[cell], 0)
    expect(found).toMatchObject({ cells: 2, households: moved, handovers: [{ cells: [a, b].sort((x, y) => x - y), households: moved }] })
    expect(found.handovers[0].buildings.length).toBe(2)
    expect(found.communities.map(({ cells, before, after }) => [cells, before.grids, after.grids])).toEqual([[2, 3, 3], [0, 3, 3]])
    const mean = (session: PlanSession) => [0, 1, 2].reduce((sum, slot) => sum + Math.abs(session.figures(slot).households - 400) / 4, 0) / 3
    expect(found.communities[0].before.meanDeviationPct).toBeCloseTo(mean(open()), 9)
    expect(found.communities[0].after.meanDeviationPct).toBeCloseTo(mean(plan), 9)
  })
})

describe('a map on paper', () => {
  it('fills its frame to scale, and shows the grids of its community and the cells that change', () => {
    const frame = { width: 180, height: 120 }
    const whole = makeReportMap(open(), null, [a], frame)
    const numbers = [...whole.communityBorders.matchAll(/[\d.]+ [\d.]+/g)].map(([pair]) => pair.split(' ').map(Number))
    const [xs, ys] = [0, 1].map((axis) => numbers.map((pair) => pair[axis]))
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...ys)).toBeLessThanOrEqual(frame.height)
    // One direction fills the frame.
    expect(Math.min(frame.width - (Math.max(...xs) - Math.min(...xs)), frame.height - (Math.max(...ys) - Math.min(...ys)))).toBeLessThan(0.02)
    expect(whole.grids).toHaveLength(6)
    expect(whole.bar.mm * whole.metresPerMm).toBeCloseTo(whole.bar.metres, 6)
    expect(whole.bar.mm).toBeLessThanOrEqual(frame.width / 4)
    expect(whole.changed.startsWith('M')).toBe(true)
    const part = makeReportMap(open(), 1, [a], frame)
    expect([part.grids.length, part.changed]).toEqual([3, ''])
    expect(part.metresPerMm).toBeLessThan(whole.metresPerMm)
  })
})
