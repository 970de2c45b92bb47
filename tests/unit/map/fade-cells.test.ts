import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { arcsByCell, arcsByNode } from '@/core/cell-contents'
import type { Land } from '@/core/land'
import type { ShownGrids } from '@/core/workspace'
import { SOURCE } from '@/map/contracts'
import { createCellColours } from '@/map/fade-cells'
import { createGridPainter } from '@/map/grid-painter'
import { squareLand } from '../algorithms/topology/square-land'

/** Frames and clock by hand; states as the map would hold them. */
let now = 0
let waiting: ((at: number) => void)[] = []
let isCalm = false
const states = new Map<string, Record<string, unknown>>()
const sent: string[] = []
const data = new Map<string, number[]>()
const map = {
  setData: (id: string, { features }: GeoJSON.FeatureCollection) => void data.set(id, features.map((feature) => Number(feature.id)).sort((a, b) => a - b)),
  setState(source: string, id: number, state: Readonly<Record<string, unknown>>) {
    const key = `${source} ${id}`
    sent.push(key)
    states.set(key, { ...states.get(key), ...state })
  },
}
const fillOf = (cell: number) => states.get(`${SOURCE.cells} ${cell}`)?.fill
function frameAt(at: number) {
  now = at
  for (const run of waiting.splice(0)) run(at)
}

beforeEach(() => {
  now = 1000
  waiting = []
  isCalm = false
  states.clear()
  sent.length = 0
  vi.stubGlobal('requestAnimationFrame', (run: (at: number) => void) => waiting.push(run))
  vi.stubGlobal('cancelAnimationFrame', () => (waiting = []))
  vi.stubGlobal('matchMedia', () => ({ matches: isCalm }))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('colours of cells', () => {
  it('go from the old to the new colour in 150 ms, then nothing runs', () => {
    const colours = createCellColours((cell, state) => map.setState(SOURCE.cells, cell, state))
    colours.set(4, '#000000', true)
    expect(fillOf(4)).toBe('#000000')
    colours.set(4, '#64c8ff', true)
    expect(fillOf(4)).toBe('#000000')
    frameAt(1075)
    expect(fillOf(4)).toBe('rgba(50,100,128,1.000)')
    frameAt(1150)
    expect(fillOf(4)).toBe('#64c8ff')
    expect(waiting).toHaveLength(0)
  })

  it('fade in from bare land and out to it in the colour that they have', () => {
    const colours = createCellColours((cell, state) => map.setState(SOURCE.cells, cell, state))
    colours.set(1, null, false)
    colours.set(2, '#102030', false)
    colours.set(1, '#102030', true)
    colours.set(2, null, true)
    frameAt(1030)
    expect(fillOf(1)).toBe('rgba(16,32,48,0.200)')
    expect(fillOf(2)).toBe('rgba(16,32,48,0.800)')
    frameAt(1200)
    expect([fillOf(1), fillOf(2)]).toEqual(['#102030', 'rgba(0,0,0,0)'])
  })

  it('flipped again while they fade, go on from where they are', () => {
    const colours = createCellColours((cell, state) => map.setState(SOURCE.cells, cell, state))
    colours.set(1, '#000000', false)
    colours.set(1, '#c80000', true)
    frameAt(1075)
    colours.set(1, '#000000', true)
    frameAt(1075)
    expect(fillOf(1)).toBe('rgba(100,0,0,1.000)')
    frameAt(1225)
    expect(fillOf(1)).toBe('#000000')
  })

  it('send nothing for cells that keep their colour', () => {
    const colours = createCellColours((cell, state) => map.setState(SOURCE.cells, cell, state))
    colours.set(1, '#000000', false)
    colours.set(2, '#000000', false)
    colours.set(1, '#ffffff', true)
    sent.length = 0
    frameAt(1050)
    expect(sent).toEqual([`${SOURCE.cells} 1`])
    colours.end()
    expect(waiting).toHaveLength(0)
  })
})

describe('painting grids', () => {
  const land = squareLand([0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => 4 * row + column)))
  const shownAs = (cellGrid: number[], changed: number[] | null): ShownGrids => ({
    grids: [], cellGrid: Int32Array.from(cellGrid), changedCells: changed && Int32Array.from(changed),
  })
  const fill = (_cell: number, grid: number) => ['#000000', '#ffffff'][grid]
  const before = Array.from({ length: 16 }, () => 0)
  const after = before.with(5, 1)

  it('fades what an edit flipped, and moves its borders at once', () => {
    const painter = createGridPainter(map, land)
    painter.paint(shownAs(before, null), fill, land.cellIds.keys(), false)
    painter.paint(shownAs(after, [5]), fill, [5], true)
    expect(fillOf(5)).toBe('#000000')
    const borders = [...states].filter(([key, state]) => key.startsWith(SOURCE.arcs) && state.border === 1)
    expect(borders).toHaveLength(4)
    frameAt(1150)
    expect(fillOf(5)).toBe('#ffffff')
  })

  it('does not fade for people who asked for calm, nor another plan', () => {
    const painter = createGridPainter(map, land)
    painter.paint(shownAs(before, null), fill, land.cellIds.keys(), false)
    painter.paint(shownAs(after, null), fill, land.cellIds.keys(), false)
    expect(fillOf(5)).toBe('#ffffff')
    isCalm = true
    painter.paint(shownAs(before, [5]), fill, [5], true)
    expect(fillOf(5)).toBe('#000000')
  })

  it('draws what a draft redrew from sources of its own, new cells too, and the land as it is again after', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const painter = createGridPainter(map, land)
    painter.paint(shownAs(before, null), fill, land.cellIds.keys(), false)
    // A point of the border between the cells 5 and 6 was moved; then the first cell was cut in two.
    const arc = land.arcLeft.findIndex((left, k) => [left, land.arcRight[k]].sort().join() === '5,6')
    const arcXY = land.arcXY.slice()
    arcXY[2 * land.arcStart[arc] + 1] += 7
    const step = (cells: number[], arcs: number[]) => ({ cells: Int32Array.from(cells), arcs: Int32Array.from(arcs), nodes: new Int32Array() })
    const steps = [step([5, 6], [arc])]
    const redrawn = { steps, cellArcs: arcsByCell(land), nodeArcs: arcsByNode(land) } as unknown as Land['redrawn']
    const drawn: Land = { ...land, arcXY, redrawn }
    const ground = { land: drawn } as ShownGrids['ground']
    painter.paint({ ...shownAs(before, [5]), ground }, fill, [5], true)
    expect([data.get(SOURCE.redrawnCells), data.get(SOURCE.redrawnArcs)]).toEqual([[5, 6], [arc]])
    // The drawing as it was stands below until the new one is there.
    const isHidden = (cell: number) => states.get(`${SOURCE.cells} ${cell}`)?.redrawn === true
    expect([4, 5, 6].map(isHidden)).toEqual([false, false, false])
    vi.advanceTimersByTime(200)
    expect([4, 5, 6].map(isHidden)).toEqual([false, true, true])
    // The cell beside it did not change hands, and has its colour and its border in the new place at once.
    expect(states.get(`${SOURCE.redrawnCells} 6`)).toMatchObject({ fill: '#000000', none: 0 })
    expect(states.get(`${SOURCE.redrawnArcs} ${arc}`)).toMatchObject({ border: 0 })

    const cellIds = Int32Array.from([...land.cellIds, -7])
    const { start, item } = arcsByCell(land)
    const cellArcs = { start: Uint32Array.from([...start, item.length + 1]), item: Int32Array.from([...item, arc]) }
    steps.push(step([0, 16], []))
    Object.assign(redrawn!, { cellArcs })
    painter.paint({ ...shownAs([...before, 1], [16]), ground: { land: { ...drawn, cellIds, redrawn } } as ShownGrids['ground'] }, fill, [16], true)
    expect(data.get(SOURCE.redrawnCells)).toEqual([0, 5, 6, 16])
    expect(states.get(`${SOURCE.redrawnCells} 16`)).toMatchObject({ fill: '#ffffff' })

    painter.paint(shownAs(before, null), fill, land.cellIds.keys(), false)
    expect([data.get(SOURCE.redrawnCells), data.get(SOURCE.redrawnArcs)]).toEqual([[], []])
    expect([0, 5, 6].map(isHidden)).toEqual([false, false, false])

    // Whoever comes to a land that was redrawn before finds what differs, whatever the steps say.
    steps.length = 0
    painter.paint({ ...shownAs(before, null), ground }, fill, land.cellIds.keys(), false)
    expect(data.get(SOURCE.redrawnCells)).toEqual([5, 6])
  })
})
