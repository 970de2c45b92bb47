import { describe, expect, it } from 'vitest'
import { choosePartCount } from '@/algorithms/partition/choose-part-count'
import { contractGroups } from '@/algorithms/partition/contract-groups'
import { drawFirstGrids } from '@/algorithms/partition/draw-first-grids'
import { linkComponents } from '@/algorithms/partition/link-components'
import { priceBorders } from '@/algorithms/partition/price-borders'
import { findFindings } from '@/core/find-findings'
import { createPlanIndex } from '@/core/plan-index'
import { makeSyntheticLand } from '../../../helpers/synthetic-land'
import { boardGraph, unitGraph } from '../../../helpers/unit-graphs'

const LIMITS = { lower: 300, upper: 500, target: 400 }

describe('choosePartCount', () => {
  it.each([
    [0, 1],
    [299, 1],
    [300, 1],
    [500, 1],
    [550, 2], // one of 550 breaks the band by 50, two of 275 break it by 25
    [600, 2],
    [1000, 3], // 333 and 500 are both in the band; 333 is nearer to 400
    [1200, 3],
    [4000, 10],
  ])('%i households', (total, count) => {
    expect(choosePartCount(total, LIMITS, 99)).toBe(count)
  })

  it('makes no more parts than there are units', () => {
    expect(choosePartCount(4000, LIMITS, 3)).toBe(3)
  })
})

describe('contractGroups', () => {
  it('joins what fits and hangs together', () => {
    // 0-1-2-3-4: group 7 on 0,1 and 3 (two parts); group 8 on 2 and 4 is too heavy
    const graph = unitGraph([10, 20, 200, 40, 400], [[0, 1, 5], [1, 2, 3], [2, 3, 2], [3, 4, 1]])
    const { graph: whole, unitOf } = contractGroups(graph, Int32Array.from([7, 7, 8, 7, 8]), 500)
    expect([...unitOf]).toEqual([0, 0, 1, 2, 3])
    expect([...whole.weight]).toEqual([30, 200, 40, 400])
    expect([...whole.neighbour]).toEqual([1, 0, 2, 1, 3, 2])
    expect([...whole.edgeCost]).toEqual([3, 3, 2, 2, 1, 1])
    expect(whole.x[0]).toBe(0.5)
  })
})

describe('linkComponents', () => {
  it('ties light parts to the nearest heavy one', () => {
    // positions on a line: heavy 0-1, light 2, heavy 3-4
    const graph = unitGraph([200, 200, 5, 200, 200], [[0, 1], [3, 4]])
    const clusters = linkComponents({ ...graph, x: Float64Array.from([0, 1, 2.4, 3, 4]) }, 300)
    expect(clusters.map(({ units }) => units)).toEqual([[0, 1], [2, 3, 4]])
    expect([...clusters[1].graph.neighbour]).toEqual([1, 2, 0, 1])
  })

  it('ties all to the heaviest where none is heavy', () => {
    expect(linkComponents(unitGraph([5, 9, 1], []), 300)).toMatchObject([{ units: [0, 1, 2] }])
  })
})

describe('drawFirstGrids', () => {
  it('gives plans without a finding but compounds that hinder each other, on land never seen', () => {
    const settings = { urban: LIMITS, rural: { lower: 80, upper: 250, target: 150 }, minMembers: 0 }
    const { context, document } = makeSyntheticLand({ seed: 4, communities: [3, 2], cells: [18, 14], grids: [1], householdsPerCell: 9, settings })
    const { land, adjacency, cellStats, buildings } = context
    const compound = new Int32Array(land.cellIds.length).fill(-1)
    compound.set(buildings.compound)
    const started = performance.now()
    const first = drawFirstGrids({
      graph: {
        ...adjacency,
        edgeCost: priceBorders(land, adjacency),
        weight: Float64Array.from(cellStats.households),
        x: Float64Array.from(land.cellLabelXY.filter((_, i) => i % 2 === 0), (x) => x * 0.005),
        y: Float64Array.from(land.cellLabelXY.filter((_, i) => i % 2 === 1), (y) => y * 0.005),
      },
      community: land.cellCommunity,
      compound,
      limits: context.communities.map(() => LIMITS),
      seed: 1,
    })
    const tookMs = performance.now() - started
    const plan = {
      ...document(),
      cellGrid: first.cellGrid,
      grids: Array.from(first.gridCommunity, (community, grid) => ({
        id: `g${grid}`, code: `${context.communities[community].code}${grid + 100}`, name: '', community, kind: 'basic' as const, locked: false,
      })),
    }
    expect(findFindings({ context, document: plan, index: createPlanIndex(context, plan) })).toEqual([])
    expect(plan.grids.length).toBeGreaterThan(30)
    expect(tookMs).toBeLessThan(5000)
  })

  it('makes a community below its lower limit one grid, and ties an island to it', () => {
    const board = boardGraph(4, 2, () => 20)
    // Column 2 is another community: it sets columns 0, 1 and 3 of the first apart.
    const community = Int32Array.from([0, 0, 1, 0, 0, 0, 1, 0])
    const first = drawFirstGrids({ graph: board, community, compound: new Int32Array(8).fill(-1), limits: [LIMITS, LIMITS], seed: 1 })
    expect([...first.cellGrid]).toEqual([0, 0, 1, 0, 0, 0, 1, 0])
    expect([...first.gridCommunity]).toEqual([0, 1])
  })

  it('does not let one community bear on the grids of another', () => {
    const board = boardGraph(12, 6, (unit) => 10 + (unit % 7))
    const community = Int32Array.from({ length: 72 }, (_, unit) => (unit % 12 < 6 ? 0 : 1))
    const limits = { lower: 80, upper: 160, target: 120 }
    const input = { graph: board, community, compound: new Int32Array(72).fill(-1), seed: 3 }
    const a = drawFirstGrids({ ...input, limits: [limits, limits] })
    const b = drawFirstGrids({ ...input, limits: [limits, { lower: 20, upper: 60, target: 40 }] })
    const ofFirst = (grids: Int32Array) => [...grids].filter((_, unit) => community[unit] === 0)
    expect(ofFirst(a.cellGrid)).toEqual(ofFirst(b.cellGrid))
  })
})

describe('priceBorders', () => {
  it('charges free borders by the metre and streets less, alike from both sides', () => {
    const { context } = makeSyntheticLand({ seed: 1, communities: [1, 1], cells: [3, 2], grids: [1] })
    const { land, adjacency } = context
    const free = priceBorders(land, adjacency)
    free.forEach((cost, k) => expect(cost).toBeCloseTo(adjacency.borderM[k], 6))
    const streets = priceBorders({ ...land, arcKind: land.arcKind.map(() => 1) }, adjacency)
    streets.forEach((cost, k) => expect(cost).toBeCloseTo(0.3 * adjacency.borderM[k], 6))
  })
})
