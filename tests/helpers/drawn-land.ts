import type { CellAdjacency, Land } from '@/core/land'
import { makeLandFrame } from '@/core/land-frame'
import type { PlanDocument } from '@/core/plan'
import { makePlanContext, type PlanContext } from '@/core/plan-context'
import { createPlanIndex, type PlanState } from '@/core/plan-index'
import type { GridSettings } from '@/core/scope'

/**
 * A plan drawn as text, for cases small enough to check by eye. Each character of `grids` is a square cell of 100 m: a
 * letter names its grid, `.` a cell without a grid, a space no land. `communities` (digits, same shape) says whose land it
 * is; one community where left out. Rows run from north to south; cell ids count from 1 in reading order.
 */
export interface DrawnLand {
  readonly grids: readonly string[]
  readonly communities?: readonly string[]
  /** Compounds, same shape: a letter for each, anything else is none. */
  readonly compounds?: readonly string[]
  /** Households of each cell in reading order, one building each where not 0; 10 everywhere where left out. */
  readonly households?: readonly number[]
  /** Members of each cell; 1 everywhere where left out. */
  readonly members?: readonly number[]
  /** Households of buildings that lie in no cell. */
  readonly unplaced?: readonly number[]
  readonly rural?: readonly number[]
  readonly settings?: Partial<GridSettings>
}

const STEP = 20000 // lattice steps: 100 m

export function drawPlan(drawn: DrawnLand): PlanState & { readonly context: PlanContext } {
  const places = drawn.grids.flatMap((line, row) =>
    [...line].flatMap((sign, column) => (sign === ' ' ? [] : [{ sign, row, column }])),
  )
  const signAt = (lines: readonly string[] | undefined, { row, column }: { row: number; column: number }) => lines?.[row]?.[column]
  const cellAt = new Map(places.map(({ row, column }, cell) => [`${row},${column}`, cell]))
  const cellCommunity = Int32Array.from(places, (place) => Number(signAt(drawn.communities, place) ?? 0))
  const communityCount = Math.max(...cellCommunity) + 1
  const land = squares(places, cellAt, cellCommunity)

  const households = Int32Array.from(places, (_, cell) => drawn.households?.[cell] ?? 10)
  const members = Int32Array.from(places, (_, cell) => drawn.members?.[cell] ?? 1)
  const compoundSigns = [...new Set(places.map((place) => signAt(drawn.compounds, place) ?? '.'))].filter((s) => /[a-z]/i.test(s)).sort()
  const compoundOf = places.map((place) => compoundSigns.indexOf(signAt(drawn.compounds, place) ?? '.'))
  const placed = places.map((_, cell) => cell).filter((cell) => households[cell] > 0)
  const unplaced = drawn.unplaced ?? []
  const byCategory = new Int32Array(places.length * 8)
  households.forEach((count, cell) => (byCategory[cell * 8] = count))
  const column = (ofCell: (cell: number) => number, ofUnplaced: (index: number) => number) =>
    Int32Array.from([...placed.map(ofCell), ...unplaced.map((_, index) => ofUnplaced(index))])

  const context = makePlanContext({
    landId: 1,
    communities: Array.from({ length: communityCount }, (_, index) => ({
      id: 100 + index,
      parentId: 1,
      level: 'community',
      code: `37011600100${index + 1}`,
      name: `C${index}`,
      initials: '',
      kind: drawn.rural?.includes(index) ? 'rural' : 'urban',
    })),
    land,
    adjacency: touching(places, cellAt),
    cellStats: {
      households,
      residents: households.map((count) => count * 3),
      members,
      special: new Int32Array(places.length),
      buildings: households.map((count) => Number(count > 0)),
      areaM2: new Float64Array(places.length).fill(10000),
      byCategory,
    },
    buildings: {
      count: placed.length + unplaced.length,
      ids: column((cell) => 2001 + cell, (index) => 3001 + index),
      cell: column((cell) => cell, () => -1),
      community: column((cell) => cellCommunity[cell], () => 0),
      compound: column((cell) => compoundOf[cell], () => -1),
      names: [],
      addresses: [],
      floors: new Uint8Array(placed.length + unplaced.length),
      households: column((cell) => households[cell], (index) => unplaced[index]),
      residents: column((cell) => households[cell] * 3, () => 0),
      members: column((cell) => members[cell], () => 0),
      byCategory: new Int32Array((placed.length + unplaced.length) * 8),
      outlineStart: new Uint32Array(placed.length + unplaced.length + 1),
      outline: new Float64Array(0),
    },
    compounds: compoundSigns.map((sign, index) => ({
      id: 501 + index,
      name: sign,
      initials: sign,
      status: 'managed',
      note: null,
      community: cellCommunity[compoundOf.indexOf(index)],
      ring: [],
    })),
    settings: {
      urban: { lower: 20, upper: 60, target: 40 },
      rural: { lower: 10, upper: 30, target: 20 },
      minMembers: 0,
      ...drawn.settings,
    },
  })

  const signs = [...new Set(places.map(({ sign }) => sign))].filter((sign) => sign !== '.').sort()
  const document: PlanDocument = {
    planId: 'drawn',
    landId: 1,
    revision: 0,
    grids: signs.map((sign, slot) => {
      const community = cellCommunity[places.findIndex((place) => place.sign === sign)]
      const code = `${context.communities[community].code}${String(slot + 1).padStart(3, '0')}`
      return { id: sign, code, name: sign, community, kind: 'basic', locked: false }
    }),
    cellGrid: Int32Array.from(places, ({ sign }) => signs.indexOf(sign)),
  }
  return { context, document, index: createPlanIndex(context, document) }
}

type Place = { readonly row: number; readonly column: number }

function touching(places: readonly Place[], cellAt: ReadonlyMap<string, number>): CellAdjacency {
  const rows = places.map(({ row, column }) =>
    [[row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]
      .map(([r, c]) => cellAt.get(`${r},${c}`) ?? -1)
      .filter((cell) => cell >= 0)
      .sort((a, b) => a - b),
  )
  const start = new Uint32Array(places.length + 1)
  rows.forEach((row, cell) => (start[cell + 1] = start[cell] + row.length))
  const neighbour = Int32Array.from(rows.flat())
  return { start, neighbour, borderM: new Float64Array(neighbour.length).fill(100) }
}

/** Only what plans read of a land: ids, communities, areas, label points, and the arcs towards the outside. */
function squares(places: readonly Place[], cellAt: ReadonlyMap<string, number>, cellCommunity: Int32Array): Land {
  const arcXY: number[] = []
  const arcLeft: number[] = []
  places.forEach(({ row, column }, cell) => {
    for (const [dr, dc] of [[0, -1], [0, 1], [-1, 0], [1, 0]]) {
      if (cellAt.has(`${row + dr},${column + dc}`)) continue
      arcXY.push(column * STEP, -row * STEP, column * STEP + Math.abs(dr) * STEP, -row * STEP + Math.abs(dc) * STEP)
      arcLeft.push(cell)
    }
  })
  return {
    frame: makeLandFrame([117, 36]),
    nodeIds: new Int32Array(0),
    arcIds: new Int32Array(arcLeft.length),
    cellIds: Int32Array.from(places, (_, cell) => cell + 1),
    nodeXY: new Int32Array(0),
    arcNodes: new Int32Array(0),
    arcStart: Uint32Array.from({ length: arcLeft.length + 1 }, (_, arc) => 2 * arc),
    arcXY: Int32Array.from(arcXY),
    arcLeft: Int32Array.from(arcLeft),
    arcRight: new Int32Array(arcLeft.length).fill(-1),
    arcKind: new Uint8Array(arcLeft.length),
    cellCommunity,
    cellAreaM2: new Float64Array(places.length).fill(10000),
    cellLabelXY: Int32Array.from(places.flatMap(({ row, column }) => [column * STEP + STEP / 2, -row * STEP + STEP / 2])),
  }
}
