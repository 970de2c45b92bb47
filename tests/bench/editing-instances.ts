import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import { SPECIAL_CATEGORY_CODES } from '@/core/categories'
import type { PlanDocument } from '@/core/plan'
import { makePlanContext, type PlanContext } from '@/core/plan-context'
import { cutCells } from '../../supabase/seed/cut-cells'
import { drawTodaysGrids } from '../../supabase/seed/draw-grids'
import { generateStreet } from '../../supabase/seed/generate-street'
import { DEMO_SEED, DEMO_STREET, GRID_LIMITS } from '../../supabase/seed/settings'
import { makeSyntheticLand } from '../helpers/synthetic-land'
import { readGridInstance, type GridInstance } from '../helpers/unit-graphs'

/** A plan to edit: its ground, and a fresh copy of it at each call. */
export interface EditingInstance {
  readonly name: string
  readonly grids: number
  readonly context: PlanContext
  document(): PlanDocument
}

/** Communities of 900 cells and nine grids, about 100 cells and 400 households a grid, as many as the grids ask for. */
export function syntheticInstance(grids: number, across: number, down: number): EditingInstance {
  const counts = Array.from({ length: across * down }, (_, k) => Math.max(0, Math.min(9, grids - 9 * k)))
  const land = makeSyntheticLand({ seed: 7, communities: [across, down], cells: [30, 30], grids: counts })
  return { name: `synthetic land, ${grids} grids`, grids, ...land }
}

/** Units and their neighbours as cells of one community, with the grids of today. */
export function unitInstance(folder: string, name: string): EditingInstance | null {
  const instance = readGridInstance(folder, name)
  if (!instance) return null
  const context = unitContext(instance)
  const grids = Array.from({ length: instance.k }, (_, grid) => ({
    id: `00000000-0000-4000-8000-${String(grid).padStart(12, '0')}`,
    code: `370116001001${String(grid + 1).padStart(3, '0')}`,
    name: String(grid + 1),
    community: 0,
    kind: 'basic' as const,
    locked: false,
  }))
  return {
    name,
    grids: instance.k,
    context,
    document: () => ({ planId: name, landId: 1, revision: 0, grids: [...grids], cellGrid: instance.today.slice() }),
  }
}

function unitContext({ graph, compound, limits, k }: GridInstance): PlanContext {
  const count = graph.weight.length
  const households = Int32Array.from(graph.weight)
  const none = new Int32Array(count)
  const byCategory = new Int32Array(count * 8)
  households.forEach((number, unit) => (byCategory[unit * 8] = number))
  const compounds = [...new Set(compound)].filter((id) => id >= 0).sort((a, b) => a - b)
  const indexOf = new Map(compounds.map((id, index) => [id, index]))
  const empty = makeSyntheticLand({ seed: 1, communities: [1, 1], cells: [1, 1], grids: [1] }).context
  return makePlanContext({
    landId: 1,
    communities: empty.communities,
    land: {
      ...empty.land,
      cellIds: Int32Array.from(graph.weight, (_, unit) => unit + 1),
      cellCommunity: none,
      cellAreaM2: new Float64Array(count).fill(400),
      cellLabelXY: Int32Array.from({ length: 2 * count }, (_, i) => Math.round((i % 2 === 0 ? graph.x : graph.y)[i >> 1] * 200)),
      arcLeft: new Int32Array(0),
      arcRight: new Int32Array(0),
    },
    adjacency: { start: graph.start, neighbour: graph.neighbour, borderM: graph.edgeCost },
    cellStats: {
      households,
      residents: households.map((number) => number * 3),
      members: households.map((number) => Math.round(number / 12)),
      special: none,
      buildings: none.map(() => 1),
      areaM2: new Float64Array(count).fill(400),
      byCategory,
    },
    buildings: {
      ...empty.buildings,
      count,
      ids: Int32Array.from(graph.weight, (_, unit) => unit + 1),
      cell: Int32Array.from(graph.weight.keys()),
      community: none,
      compound: compound.map((id) => indexOf.get(id) ?? -1),
      households,
    },
    compounds: compounds.map((id) => ({ id, name: '', initials: '', status: 'managed', note: null, community: 0, ring: [] })),
    settings: { urban: limits, rural: limits, minMembers: Math.min(3, k) },
  })
}


/** The demo street as it is delivered: generated, cut into cells, with the grids of today. Takes some seconds. */
export function demoInstance(): EditingInstance {
  const street = generateStreet(DEMO_SEED, DEMO_STREET, { residents: false })
  const cut = cutCells(street)
  const plan = drawTodaysGrids(street, cut, DEMO_SEED)
  const cellCount = cut.land.cellCommunity.length
  const buildingCount = street.buildings.length
  const ids = (count: number) => Int32Array.from({ length: count }, (_, index) => index + 1)
  const land = { ...cut.land, cellIds: ids(cellCount), arcIds: ids(cut.land.arcLeft.length), nodeIds: ids(cut.land.nodeXY.length / 2) }
  const sums = { residents: new Int32Array(buildingCount), members: new Int32Array(buildingCount), byCategory: new Int32Array(buildingCount * 8) }
  for (const { building, category, residentCount } of street.households) {
    sums.residents[building] += residentCount
    sums.byCategory[building * 8 + category]++
  }
  for (const { household } of street.members) if (household >= 0) sums.members[street.households[household].building]++
  const column = (of: (building: (typeof street.buildings)[number]) => number) => Int32Array.from(street.buildings, of)
  const households = column((building) => building.households)
  const byCell = (values: Int32Array, width = 1) => {
    const total = new Int32Array(cellCount * width)
    cut.buildingCell.forEach((cell, building) => {
      if (cell >= 0) for (let k = 0; k < width; k++) total[cell * width + k] += values[building * width + k]
    })
    return total
  }
  const special = households.map((_, building) => SPECIAL_CATEGORY_CODES.reduce((sum, code) => sum + sums.byCategory[building * 8 + code], 0))
  const context = makePlanContext({
    landId: 1,
    communities: street.communities.map(({ code, name, initials, kind }, index) => ({
      id: index + 1, parentId: 0, level: 'community', code, name, initials, kind,
    })),
    land,
    adjacency: buildCellAdjacency(land),
    cellStats: {
      households: byCell(households),
      residents: byCell(sums.residents),
      members: byCell(sums.members),
      special: byCell(special),
      buildings: byCell(households.map(() => 1)),
      areaM2: land.cellAreaM2,
      byCategory: byCell(sums.byCategory, 8),
    },
    buildings: {
      count: buildingCount,
      ids: ids(buildingCount),
      cell: cut.buildingCell,
      community: column((building) => building.community),
      compound: column((building) => building.compound),
      names: [],
      addresses: [],
      floors: new Uint8Array(buildingCount),
      households,
      ...sums,
      outlineStart: new Uint32Array(buildingCount + 1),
      outline: new Float64Array(0),
    },
    compounds: street.compounds.map(({ name, initials, status, note, community }, index) => ({
      id: index + 1, name, initials, status, note, community, ring: [],
    })),
    settings: GRID_LIMITS,
  })
  const grids = plan.grids.map(({ id, code, name, community, kind }) => ({ id, code, name, community, kind, locked: false }))
  return {
    name: `demo street, ${grids.length} grids`,
    grids: grids.length,
    context,
    document: () => ({ planId: 'demo', landId: 1, revision: 0, grids: [...grids], cellGrid: plan.cellGrid.slice() }),
  }
}
