import type { Highs, Model } from 'highs'
import type { SolverControl } from '../shared/solver-control'
import { gatherUnits } from './gather-units'
import type { PartLimits } from './partition-state'
import type { UnitGraph } from './unit-graph'

/** How large a community may be for an exact answer. */
export const EXACT_UNITS = 100
export const EXACT_PARTS = 8

export interface Certificate {
  /** `optimal`: the best there is was found; `infeasible`: there is none in band; else what the time allowed. */
  readonly status: 'optimal' | 'bounded' | 'infeasible'
  /** No division in band with connected parts has a lower moment than this. */
  readonly bound: number
  /** Moment of the division asked about, and of the best that is known. */
  readonly moment: number
  readonly bestMoment: number
  readonly best: Int32Array
}

export interface CertifyInput {
  /** Connected. */
  readonly graph: UnitGraph
  /** Division asked about; every part connected and not empty. */
  readonly label: Int32Array
  readonly parts: number
  readonly limits: PartLimits
  readonly seconds: number
}

/** Rounds of links that the relaxation is tightened by, and of cuts that join parts. */
const MOST_ROUNDS = 200
/** Squared metres in a unit of the moment: a household a hundred metres away counts 1. */
const SQUARE = 1e4

/**
 * How compact a division is beside the most compact there can be: the sum, over parts, of households times squared distance
 * from the part's best unit as centre, least over all divisions into so many connected parts in band.
 *
 * Hess model (Hess et al. 1965): unit i belongs to centre j. Its relaxation is solved first, links between units and centres
 * added as they are broken; pairs that cannot be in a better division are left out by their reduced cost; then whole
 * numbers are asked for, and parts that fall apart are cut off by separators until all hang together (Validi, Buchanan and
 * Lykhovyd 2022). Exact within the time; the bound holds whenever it stops.
 */
export function certifyCompactness(highs: Highs, { graph, label, parts, limits, seconds }: CertifyInput, control: SolverControl = {}): Certificate {
  const size = graph.weight.length
  // Land without people counts a little, so that it lies about its centre too.
  const mass = graph.weight.map((weight) => Math.max(weight, 1))
  const cost = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) cost[i * size + j] = (mass[i] * ((graph.x[i] - graph.x[j]) ** 2 + (graph.y[i] - graph.y[j]) ** 2)) / SQUARE
  }
  const moment = momentOf(cost, label, parts).sum
  let best = label
  let bestMoment = isInBand(graph, label, parts, limits) ? moment : Infinity
  const gathered = gatherUnits(graph, label, parts, limits, mass, 1)
  offer(gathered)

  let status: Certificate['status'] = 'bounded'
  let bound = 0
  const clock = highs.createModel(makeModel(highs, graph, cost, parts, limits))
  try {
    const model = clock
    relax(model)
    if (status === 'bounded') solveWhole(model)
  } finally {
    clock.dispose()
  }
  return { status, bound: Math.min(bound, bestMoment), moment, bestMoment, best }

  function offer(found: Int32Array): void {
    const sum = isInBand(graph, found, parts, limits) ? momentOf(cost, found, parts).sum : Infinity
    if (sum >= bestMoment) return
    bestMoment = sum
    best = found
  }

  function run(model: Model): number {
    const left = seconds - model.getRunTime()
    if (left <= 0) return highs.constants.modelStatus.timeLimit
    // The limit counts all runs of a model together.
    model.options.set('time_limit', seconds)
    model.run()
    return model.getModelStatus()
  }

  /** The relaxation, with the links it breaks; then pairs of too high a reduced cost are left out. */
  function relax(model: Model): void {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      control.onProgress?.(Math.min(0.3, round / 40), 'certify')
      const state = run(model)
      if (state === highs.constants.modelStatus.infeasible) {
        status = 'infeasible'
        bound = Infinity
        return
      }
      if (state !== highs.constants.modelStatus.optimal) return
      bound = Math.max(bound, model.getObjectiveValue())
      const { colValue, colDual } = model.getSolution()
      let broken = 0
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          if (i === j || colValue[i * size + j] <= colValue[j * size + j] + 1e-6) continue
          model.addRow(-highs.infinity, 0, { indices: [i * size + j, j * size + j], values: [1, -1] })
          broken++
        }
      }
      if (broken > 0) continue
      const slack = bestMoment - bound
      for (let column = 0; column < size * size; column++) {
        if (colValue[column] < 1e-9 && colDual[column] > slack + 1e-6 * Math.max(1, bound)) model.changeColBounds(column, 0, 0)
      }
      return
    }
  }

  /** Whole numbers, with cuts where parts fall apart. */
  function solveWhole(model: Model): void {
    for (let column = 0; column < size * size; column++) model.changeColIntegrality(column, highs.constants.variableType.integer)
    model.options.set('mip_rel_gap', 1e-7)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      control.onProgress?.(Math.min(0.95, 0.3 + round / 40), 'certify')
      if (bestMoment < Infinity) model.setSolution({ colValue: columnsOf(best) })
      const state = run(model)
      if (state === highs.constants.modelStatus.infeasible) {
        // Pairs were left out for what is known: where something is, nothing is better.
        status = bestMoment < Infinity ? 'optimal' : 'infeasible'
        bound = bestMoment
        return
      }
      if (state !== highs.constants.modelStatus.optimal) {
        if (state === highs.constants.modelStatus.timeLimit) bound = Math.max(bound, Number(model.info.get('mip_dual_bound')) || 0)
        return
      }
      bound = Math.max(bound, model.getObjectiveValue())
      const { colValue } = model.getSolution()
      const cuts = cutsFor(graph, colValue)
      if (cuts.length === 0) {
        offer(labelOf(colValue))
        status = 'optimal'
        bound = bestMoment
        return
      }
      for (const { unit, centre, separator } of cuts) {
        model.addRow(-highs.infinity, 0, {
          indices: [unit * size + centre, ...separator.map((other) => other * size + centre)],
          values: [1, ...separator.map(() => -1)],
        })
      }
    }
  }

  function columnsOf(division: Int32Array): Float64Array {
    const columns = new Float64Array(size * size)
    const { centres } = momentOf(cost, division, parts)
    division.forEach((part, unit) => (columns[unit * size + centres[part]] = 1))
    return columns
  }

  function labelOf(colValue: Float64Array): Int32Array {
    const place = new Map<number, number>()
    return Int32Array.from({ length: size }, (_, unit) => {
      let centre = 0
      for (let j = 1; j < size; j++) if (colValue[unit * size + j] > colValue[unit * size + centre]) centre = j
      if (!place.has(centre)) place.set(centre, place.size)
      return place.get(centre)!
    })
  }
}

/** Moment of a division with the best unit of each part as its centre. */
function momentOf(cost: Float64Array, label: Int32Array, parts: number): { sum: number; centres: number[] } {
  const size = label.length
  const units: number[][] = Array.from({ length: parts }, () => [])
  label.forEach((part, unit) => units[part].push(unit))
  const centres: number[] = []
  let sum = 0
  for (const own of units) {
    const sums = own.map((centre) => own.reduce((all, unit) => all + cost[unit * size + centre], 0))
    const least = Math.min(...sums)
    centres.push(own[sums.indexOf(least)])
    sum += least
  }
  return { sum, centres }
}

function isInBand(graph: UnitGraph, label: Int32Array, parts: number, { lower, upper }: PartLimits): boolean {
  const weight = new Float64Array(parts)
  label.forEach((part, unit) => (weight[part] += graph.weight[unit]))
  return weight.every((sum) => sum >= lower && sum <= upper)
}

/** Relaxation without links: every unit has a centre, so many centres, and what belongs to a centre lies in the band. */
function makeModel(highs: Highs, graph: UnitGraph, cost: Float64Array, parts: number, { lower, upper }: PartLimits) {
  const size = graph.weight.length
  const starts = [0]
  const indices: number[] = []
  const values: number[] = []
  const rowLower: number[] = []
  const rowUpper: number[] = []
  const row = (least: number, most: number, entries: readonly (readonly [number, number])[]) => {
    for (const [column, value] of entries) {
      indices.push(column)
      values.push(value)
    }
    starts.push(indices.length)
    rowLower.push(least)
    rowUpper.push(most)
  }
  const all = Array.from({ length: size }, (_, unit) => unit)
  for (const i of all) row(1, 1, all.map((j) => [i * size + j, 1]))
  row(parts, parts, all.map((j) => [j * size + j, 1]))
  for (const j of all) {
    const belongs = (limit: number) => all.map((i) => [i * size + j, graph.weight[i] - (i === j ? limit : 0)] as const)
    row(-highs.infinity, 0, belongs(upper))
    row(0, highs.infinity, belongs(lower))
  }
  return {
    numCols: size * size,
    numRows: rowLower.length,
    colCost: cost,
    colLower: new Float64Array(size * size),
    colUpper: new Float64Array(size * size).fill(1),
    rowLower,
    rowUpper,
    matrix: { format: 'csr' as const, numRows: rowLower.length, numCols: size * size, starts, indices, values },
  }
}

interface Cut {
  readonly unit: number
  readonly centre: number
  /** Units of which one must belong to the centre if the unit does. */
  readonly separator: readonly number[]
}

/** For every unit that does not hang together with its centre: the units that part them, as few as lie next to the centre's side. */
function cutsFor({ start, neighbour, weight }: UnitGraph, colValue: Float64Array): Cut[] {
  const size = weight.length
  const reach = (seed: number, isOpen: (unit: number) => boolean): Set<number> => {
    const found = new Set([seed])
    const queue = [seed]
    for (let unit = queue.pop(); unit !== undefined; unit = queue.pop()) {
      for (let k = start[unit]; k < start[unit + 1]; k++) {
        if (found.has(neighbour[k]) || !isOpen(neighbour[k])) continue
        found.add(neighbour[k])
        queue.push(neighbour[k])
      }
    }
    return found
  }
  const beside = (units: Set<number>): Set<number> => {
    const found = new Set<number>()
    for (const unit of units) for (let k = start[unit]; k < start[unit + 1]; k++) if (!units.has(neighbour[k])) found.add(neighbour[k])
    return found
  }
  const cuts: Cut[] = []
  for (let centre = 0; centre < size; centre++) {
    if (colValue[centre * size + centre] < 0.5) continue
    const belongs = (unit: number) => colValue[unit * size + centre] > 0.5
    const core = reach(centre, belongs)
    const shore = beside(core)
    for (let unit = 0; unit < size; unit++) {
      if (!belongs(unit) || core.has(unit)) continue
      const beyond = beside(reach(unit, (other) => !shore.has(other) && !core.has(other)))
      cuts.push({ unit, centre, separator: [...beyond].filter((other) => shore.has(other)) })
    }
  }
  return cuts
}
