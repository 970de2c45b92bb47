import { describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { createPlanSession } from '@/core/create-plan-session'
import { ArcKind } from '@/core/land'
import type { PlanLink } from '@/core/plan'
import { makePlanContext } from '@/core/plan-context'
import { decodeSnapshot } from '@/data/scope-snapshot'
import { divisionDelta } from '@/rooms/redesign/operations/division-delta'
import { encodeGrounds, type Barrier } from '@/rooms/redesign/operations/encode-ground'
import { editionDocument } from '@/rooms/redesign/operations/make-plan-document'
import { nameStep } from '@/rooms/redesign/operations/name-step'
import { makeSnapshot } from '../../../fixtures/make-snapshot'

/*
 * The first community: cells of 100 m, two grids of six cells.
 *   row 2  16 17 | 18 19        as units  8 9 | 10 11
 *   row 1   8  9 | 10 11                  4 5 |  6  7
 *   row 0   0  1 |  2  3                  0 1 |  2  3
 */
const scope = decodeSnapshot(makeSnapshot(8, 3), buildCellAdjacency)
const idOf = (cell: number) => scope.land.cellIds[cell]

function planWith(links: readonly PlanLink[] = [], kinds: (left: number, right: number) => number = () => ArcKind.free) {
  const arcKind = scope.land.arcKind.map((_, arc) => kinds(Math.min(scope.land.arcLeft[arc], scope.land.arcRight[arc]), Math.max(scope.land.arcLeft[arc], scope.land.arcRight[arc])))
  const context = makePlanContext({ ...scope, land: { ...scope.land, arcKind } })
  return createPlanSession({ context, document: { ...editionDocument(context, scope.current), links } })
}

function bordersOf(links: readonly PlanLink[], barriers: readonly Barrier[], kinds?: (left: number, right: number) => number) {
  const [{ ground }] = encodeGrounds(planWith(links, kinds), [0], barriers)
  const { start, neighbour, edgeCost } = ground.graph
  const pairs = new Map<string, { metres: number; saved: number; street: number }>()
  for (let unit = 0; unit < start.length - 1; unit++) {
    for (let k = start[unit]; k < start[unit + 1]; k++) {
      pairs.set(`${unit}-${neighbour[k]}`, { metres: Math.round(edgeCost[k]), saved: Math.round(ground.savedM[k]), street: Math.round(ground.streetM[k]) })
    }
  }
  return pairs
}

describe('a community as solvers take it', () => {
  it('has its cells, grids and borders, and nothing of its neighbours', () => {
    const [first, second] = encodeGrounds(planWith(), [0, 1], [])
    expect([...first.cells]).toEqual([0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19])
    expect([...first.ground.grid]).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1])
    expect(first.ground.graph.weight[0]).toBe(scope.cellStats.households[0])
    expect(first.ground.limits).toEqual({ lower: 300, upper: 500, target: 400 })
    expect(second.gridIds).toEqual(scope.current.grids.filter((grid) => grid.community === 1).map((grid) => grid.id))
    const borders = bordersOf([], [])
    expect(borders.get('0-1')).toEqual({ metres: 100, saved: 0, street: 0 })
    // 3 columns × 3 rows across and 4 × 2 along, from both sides.
    expect(borders.size).toBe(2 * (9 + 8))
  })

  it('takes walls out and puts bridges in, from both sides', () => {
    const borders = bordersOf([{ cells: [idOf(0), idOf(1)], kind: 'wall' }, { cells: [idOf(0), idOf(19)], kind: 'bridge' }], [])
    expect(borders.has('0-1') || borders.has('1-0')).toBe(false)
    expect(borders.get('0-11')).toEqual({ metres: 0, saved: 0, street: 0 })
    expect(borders.has('11-0')).toBe(true)
  })

  it('charges less for what follows a line, and cuts at barriers where that is asked, but for bridges', () => {
    const kinds = (left: number, right: number) => (left === 1 && right === 2 ? ArcKind.water : left === 9 && right === 10 ? ArcKind.street : ArcKind.free)
    expect(bordersOf([], [], kinds).get('1-2')).toEqual({ metres: 100, saved: 80, street: 0 })
    expect(bordersOf([], [], kinds).get('5-6')).toEqual({ metres: 100, saved: 70, street: 100 })
    const cut = bordersOf([], ['water'], kinds)
    expect(cut.has('1-2') || cut.has('2-1')).toBe(false)
    expect(cut.has('5-6')).toBe(true)
    expect(bordersOf([{ cells: [idOf(1), idOf(2)], kind: 'bridge' }], ['water', 'street'], kinds).has('2-1')).toBe(true)
  })
})

describe('a division as a change of the plan', () => {
  it('keeps grids that stay, makes new ones with free codes, removes those of which nothing is left', () => {
    const session = planWith()
    const grounds = encodeGrounds(session, [0], [])
    const grid = grounds[0].ground.grid.map((number, unit) => (number === 1 ? 2 : unit < 4 ? 3 : 0))
    const delta = divisionDelta(session, grounds, [grid])
    expect(delta.grids.map(({ before, after }) => [before?.code.slice(-3) ?? null, after?.code.slice(-3) ?? null])).toEqual([[null, '003'], [null, '004'], ['002', null]])
    expect(delta.cells).toHaveLength(8)
    const before = [...session.document.cellGrid]
    expect(session.apply(delta, { key: 'x' }).ok).toBe(true)
    expect(session.index.gridsOfCommunity(0)).toHaveLength(3)
    session.undo()
    expect([...session.document.cellGrid]).toEqual(before)
  })
})

describe('what a step moves', () => {
  it('is named by compound, and by building where only a part goes', () => {
    const scopeOf = {
      buildings: {
        ...scope.buildings,
        compound: Int32Array.of(0, 0, 0, 1, -1),
        names: ['阳光小区10号楼', '阳光小区3号楼', '阳光小区4号楼', '和平里', '邮局'],
      },
      compounds: [{ ...scope.compounds[0], name: '阳光小区' }, { ...scope.compounds[0], name: '和平里' }],
    }
    expect(nameStep(scopeOf, [7, 8], (cell) => (cell === 7 ? [0, 1] : [3, 4]))).toEqual([
      { compound: '阳光小区', isWhole: false, buildings: ['3号楼', '10号楼'] },
      { compound: '和平里', isWhole: true, buildings: ['和平里'] },
      { compound: null, isWhole: false, buildings: ['邮局'] },
    ])
    expect(nameStep(scopeOf, [1], () => [])).toEqual([])
  })
})
