import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { createPlanSession } from '@/core/create-plan-session'
import { assignCells } from '@/core/operations/assign-cells'
import type { PlanSession } from '@/core/plan-session'
import { createGridActs } from '@/rooms/redesign/grid-acts'
import { createGridRows } from '@/rooms/redesign/grid-rows'
import { changeLink } from '@/rooms/redesign/operations/change-link'
import { linkLines } from '@/rooms/redesign/operations/link-lines'
import { createProposal } from '@/rooms/redesign/proposal'
import { drawPlan } from '../../../helpers/drawn-land'

const drawn = () => drawPlan({ grids: ['AABB', 'AABB'] })
const picture = ({ document }: PlanSession) => [...document.cellGrid].map((slot) => document.grids[slot]?.name ?? '.').join('')

let session: PlanSession
let said: string[]
beforeEach(() => {
  session = createPlanSession(drawn())
  said = []
})
function give(gridId: string, ...cells: number[]) {
  const delta = assignCells(session, { cells, gridId })
  if (!delta.ok) throw new Error(delta.code)
  const done = session.apply(delta.value, { key: 'test' })
  if (!done.ok) throw new Error(done.code)
}

describe('edits that wait', () => {
  function propose() {
    const rows = createGridRows(session, createPlanSession(drawn()))
    const tick = ref(0)
    const accepted = vi.fn()
    const proposal = createProposal({ session: () => session, rows: () => (tick.value >= 0 ? rows.list() : []), onAccepted: accepted })
    session.subscribe((change) => {
      rows.touch(change.changedGrids)
      tick.value++
      proposal.take(change)
    })
    const lines = () => proposal.grids.value.map(({ id, before, after }) => `${id} ${before?.figures.households} ${after?.figures.households}`)
    return { proposal, accepted, lines }
  }

  it('show the numbers before and after, and go all together when rejected', () => {
    const { proposal, accepted, lines } = propose()
    give('A', 2)
    expect(proposal.pending.value).toBe(false)
    proposal.setOn(true)
    give('A', 6)
    give('A', 3)
    expect(proposal.pending.value).toBe(true)
    expect(lines()).toEqual(['A 50 70', 'B 30 10'])
    proposal.reject()
    expect([picture(session), proposal.pending.value, lines()]).toEqual(['AAABAABB', false, []])
    expect(accepted).not.toHaveBeenCalled()
  })

  it('count once accepted; what comes next is held against that', () => {
    const { proposal, accepted, lines } = propose()
    proposal.setOn(true)
    give('B', 1)
    proposal.accept()
    expect([accepted.mock.calls.length, proposal.pending.value]).toEqual([1, false])
    give('B', 5)
    expect(lines()).toEqual(['A 30 20', 'B 50 60'])
    proposal.reject()
    expect(picture(session)).toBe('ABBBAABB')
  })

  it('wait no longer once they are undone one by one, nor while a stroke is in the air', () => {
    const { proposal } = propose()
    proposal.setOn(true)
    const gesture = session.beginGesture({ key: 'test' })
    gesture.extend({ cells: [{ cell: 3, from: 'B', to: 'A' }], grids: [] })
    expect(proposal.pending.value).toBe(false)
    gesture.drop()
    expect(proposal.pending.value).toBe(true)
    session.undo()
    expect(proposal.pending.value).toBe(false)
    give('A', 2)
    // Switched off, what waits is taken.
    proposal.setOn(false)
    expect([proposal.pending.value, picture(session)]).toEqual([false, 'AAABAABB'])
  })
})

describe('acts on whole grids', () => {
  const recolour = vi.fn()
  const acts = (editing = true) => {
    const targets: number[] = []
    const made = createGridActs({
      session: () => session,
      editing: () => editing,
      landId: () => 1,
      setTarget: (slot) => targets.push(slot),
      recolour,
      say: (_tone, key, values) => said.push(`${key} ${values?.grid ?? ''}`.trim()),
      fail: (thrown) => {
        throw thrown
      },
    })
    return { ...made, targets }
  }

  it('add a grid on land without one and make it the target, each one step of history', () => {
    const { add, drop, targets } = acts()
    drop('B', { to: 'none' })
    expect(add(0, { from: 'unassigned' }, ' 新桥 ')).toBe(true)
    const grid = session.document.grids[targets[0]]!
    expect([grid.name, grid.code.slice(-3), session.index.cellCount(targets[0])]).toEqual(['新桥', '002', 4])
    session.undo()
    session.undo()
    expect([picture(session), session.canUndo]).toEqual(['AABBAABB', false])
  })

  it('lock several, and say which locked grid is in the way', () => {
    const { lock, rename, drop } = acts()
    expect(lock(['A', 'B'], true)).toBe(true)
    expect(session.steps).toHaveLength(1)
    expect(rename('A', { name: 'x' })).toBe(false)
    expect(drop('B', { to: 'neighbours' })).toBe(false)
    expect(said).toEqual(['grids.refused.grid_locked A', 'grids.refused.grid_locked B'])
  })

  it('change nothing where the draft may not be edited', () => {
    const { lock, add } = acts(false)
    expect([lock(['A'], true), add(0, { from: 'none' }, ''), session.canUndo]).toEqual([false, false, false])
  })

  it('aim at other settings, and at those of the street again', () => {
    const { aimAt } = acts()
    const aims = { ...session.context.settings, minMembers: 5 }
    expect([aimAt(aims), session.document.settings, aimAt(aims), session.steps.length]).toEqual([true, aims, true, 1])
    aimAt(null)
    expect(session.document.settings ?? null).toBeNull()
    session.undo()
    expect(session.document.settings).toEqual(aims)
  })
})

describe('links', () => {
  const link = (a: number, b: number, kind: 'bridge' | 'wall' | null) => {
    const delta = changeLink(session, a, b, kind)
    if (!delta.ok) return delta.code
    session.apply(delta.value, { key: 'test' })
    return session.document.links
  }

  it('are walls between neighbours and bridges between others, the smaller id first', () => {
    expect(link(1, 0, 'wall')).toEqual([{ cells: [1, 2], kind: 'wall' }])
    expect(link(7, 0, 'bridge')).toEqual([{ cells: [1, 2], kind: 'wall' }, { cells: [1, 8], kind: 'bridge' }])
    expect([link(0, 7, 'wall'), link(0, 1, 'bridge'), link(0, 0, 'wall'), link(0, 7, 'bridge'), link(2, 3, null)]).toEqual([
      'not_neighbours', 'neighbours', 'same_cell', 'nothing_to_do', 'nothing_to_do',
    ])
    expect(link(0, 1, null)).toEqual([{ cells: [1, 8], kind: 'bridge' }])
  })

  it('decide whether a grid hangs together', () => {
    const inPieces = () => session.contiguity.isInPieces(session.index.slotOf('A'))
    give('A', 3)
    expect(inPieces()).toBe(true)
    link(3, 1, 'bridge')
    expect(inPieces()).toBe(false)
    session.undo()
    expect(inPieces()).toBe(true)
  })

  it('are drawn from label to label, with a dot on the cell chosen first', () => {
    link(0, 7, 'bridge')
    const [bridge, dot] = linkLines(session.context, session.document.links!, 3)
    expect([bridge.properties, bridge.geometry.type, dot.properties, dot.geometry.type]).toEqual([{ kind: 'bridge' }, 'LineString', { kind: 'first' }, 'Point'])
  })
})
