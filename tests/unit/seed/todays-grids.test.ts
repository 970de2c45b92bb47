import { describe, expect, it } from 'vitest'
import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { cutCells } from '../../../supabase/seed/cut-cells'
import { drawTodaysGrids } from '../../../supabase/seed/draw-grids'
import { generateStreet } from '../../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET, GRID_LIMITS } from '../../../supabase/seed/settings'

const street = generateStreet(DEMO_SEED, DEMO_STREET, { residents: false })
const cut = cutCells(street)
const plan = drawTodaysGrids(street, cut, DEMO_SEED)
const { land } = cut

describe('cells of the demo street', () => {
  it('hold every building, in the community it belongs to', () => {
    const astray = street.buildings.filter((building, k) => cut.buildingCell[k] < 0 || land.cellCommunity[cut.buildingCell[k]] !== building.community)
    expect(astray).toEqual([])
  })

  it('are many enough to redraw grids with, and hold all households', () => {
    expect(land.cellCommunity.length).toBeGreaterThan(500)
    expect(cut.cellHouseholds.reduce((sum, households) => sum + households, 0)).toBe(DEMO_STREET.households)
    const urban = [...cut.cellHouseholds].filter((_, cell) => land.cellCommunity[cell] < 12)
    expect(urban.filter((households) => households > GRID_LIMITS.urban.lower)).toEqual([])
  })
})

describe('grids of today', () => {
  it('cover every cell, each in one community and in one piece', () => {
    expect([...plan.cellGrid].filter((grid) => grid < 0)).toEqual([])
    plan.cellGrid.forEach((grid, cell) => expect(plan.grids[grid].community).toBe(land.cellCommunity[cell]))
    const { start, neighbour } = buildCellAdjacency(land)
    const seen = new Set<number>()
    let pieces = 0
    for (let first = 0; first < plan.cellGrid.length; first++) {
      if (seen.has(first)) continue
      pieces++
      const stack = [first]
      seen.add(first)
      while (stack.length > 0) {
        const cell = stack.pop()!
        for (let i = start[cell]; i < start[cell + 1]; i++) {
          const next = neighbour[i]
          if (seen.has(next) || plan.cellGrid[next] !== plan.cellGrid[cell]) continue
          seen.add(next)
          stack.push(next)
        }
      }
    }
    expect(pieces).toBe(plan.grids.length)
  })

  it('truly need redesign: above the limit, below it, and compounds in two grids', () => {
    const urban = plan.grids.filter(({ community }) => street.communities[community].kind === 'urban').map(({ households }) => households)
    expect(urban.length).toBeGreaterThanOrEqual(28)
    expect(urban.filter((households) => households > GRID_LIMITS.urban.upper).length).toBeGreaterThanOrEqual(5)
    expect(urban.filter((households) => households < GRID_LIMITS.urban.lower).length).toBeGreaterThanOrEqual(8)
    const split = street.compounds.filter((_, compound) => {
      const own = street.buildings.flatMap((b, k) => (b.compound === compound ? [plan.cellGrid[cut.buildingCell[k]]] : []))
      return new Set(own).size > 1
    })
    expect(split.length).toBeGreaterThanOrEqual(3)
    const rural = plan.grids.filter(({ community }) => street.communities[community].kind === 'rural').map(({ households }) => households)
    expect(rural.filter((households) => households < GRID_LIMITS.rural.lower).length).toBeGreaterThanOrEqual(3)
  })

  it('leave some grids with fewer members than a branch needs', () => {
    const members = plan.grids.map(() => 0)
    for (const { household } of street.members) members[plan.cellGrid[cut.buildingCell[street.households[household].building]]]++
    expect(members.filter((count) => count < GRID_LIMITS.minMembers).length).toBeGreaterThanOrEqual(1)
    expect(members.reduce((sum, count) => sum + count, 0)).toBe(DEMO_STREET.members)
  })

  it('are numbered from 001 in each community, with ids of their own', () => {
    expect(new Set(plan.grids.map(({ code }) => code)).size).toBe(plan.grids.length)
    expect(new Set(plan.grids.map(({ id }) => id)).size).toBe(plan.grids.length)
    for (const { code, community } of plan.grids) expect(code.startsWith(street.communities[community].code)).toBe(true)
  })
})
