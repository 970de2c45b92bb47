import type { Highs, Model } from 'highs'
import { betterSites, preferBetter } from './better-sites'
import type { BoundedSites } from './bound-sites'
import { fillSites, type FilledSites, type SiteGround } from './fill-sites'

export interface SiteProof {
  readonly isStopped?: () => boolean
  /** Hears of each better choice, and of what no choice can better as it rises. */
  readonly onNews?: (bound: number, better: FilledSites | null) => void
}

/** Fewest sites instead of the least cost, with so many units going nowhere at most and so many further sites. */
export interface SiteTarget {
  readonly unserved: number
  readonly sites: number
}

export interface ProvedSites {
  /** Null: none that is better than what was known, or meets the target, was found. */
  readonly best: FilledSites | null
  /** No choice has a lower cost, or fewer further sites under a target; Infinity where no choice meets it. */
  readonly bound: number
  /** Whether the search went to its end: `best` is the best there is, or there is none. */
  readonly isEnded: boolean
}

/** Share of a cost within which it is proved where it is a sum of walks; sums of whole weights are proved exactly. */
export const PROVED_WITHIN = 1e-6
/** Costs of walks are given to the solver so much smaller; it works within absolute tolerances. */
const WALK_SCALE = 1e-4

/**
 * Proof by mixed-integer programming (HiGHS): a site is open or closed, units flow in parts. Strong form: nobody goes to a site beyond
 * the share by which it is open (Cornuéjols, Fisher and Nemhauser 1977); where units are only covered, sites that are never full share
 * one flow (Church and ReVelle 1974).
 *
 * @param known better choices than this are looked for; under a target only where to begin
 * @param bounded sites that were decided before; no further ones where there is a target
 */
export function proveSites(highs: Highs, ground: SiteGround, known: FilledSites | null, bounded: BoundedSites | null, target: SiteTarget | null, proof: SiteProof): ProvedSites {
  // A model without columns is none to the solver.
  if (ground.model.demands === 0) return { best: known ?? fillSites(ground, ground.model.always), bound: 0, isEnded: true }
  const program = makeProgram(highs, ground, bounded?.fixed ?? ground.model.always, target)
  const model = highs.createModel(program.input)
  const isWhole = target !== null || ground.model.isCover
  const least = bounded?.bound ?? 0
  let best: FilledSites | null = null
  let bound = least
  const { callbackType, modelStatus } = highs.constants
  const openOf = (values: ArrayLike<number>): Uint8Array => {
    const open = program.always.slice()
    program.siteOf.forEach((site, column) => (open[site] = Number(values[column] > 0.5)))
    return open
  }
  const offer = (values: ArrayLike<number>): void => {
    const filled = fillSites(ground, openOf(values))
    if (target ? filled.cost > target.unserved : filled.cost >= (best ?? known ?? { cost: Infinity }).cost) return
    best = filled
    proof.onNews?.(bound, best)
  }
  const rise = (dual: number | undefined): void => {
    if (dual === undefined || !Number.isFinite(dual)) return
    const risen = isWhole ? Math.ceil(dual - 1e-5 * Math.max(1, Math.abs(dual) * 1e-3)) : (dual / WALK_SCALE) * (1 - 1e-9)
    if (risen <= bound) return
    bound = risen
    proof.onNews?.(bound, null)
  }
  try {
    begin(model, program, known && !target ? preferBetter(known.open, program.pairs) : null, isWhole)
    model.run({
      [callbackType.simplexInterrupt]: (event) => void (proof.isStopped?.() && event.interrupt()),
      [callbackType.mipInterrupt]: (event) => {
        rise(event.data.mip_dual_bound)
        if (proof.isStopped?.()) event.interrupt()
      },
      [callbackType.mipImprovingSolution]: (event) => void (event.data.mip_solution && offer(event.data.mip_solution)),
    })
    const state = model.getModelStatus()
    if (state === modelStatus.infeasible) return { best: null, bound: Infinity, isEnded: true }
    if (state !== modelStatus.optimal) return { best, bound, isEnded: false }
    rise(Number(model.info.get('mip_dual_bound')))
    offer(model.getSolution().colValue)
    return { best, bound, isEnded: true }
  } finally {
    model.dispose()
  }
}

function begin(model: Model, { siteOf, columns }: SiteProgram, open: Uint8Array | null, isWhole: boolean): void {
  model.options.set('mip_rel_gap', isWhole ? 0 : PROVED_WITHIN / 2)
  model.options.set('mip_abs_gap', isWhole ? 0.99 : 0)
  for (let column = 0; column < siteOf.length; column++) model.changeColIntegrality(column, 1)
  if (!open) return
  const values = new Float64Array(columns)
  siteOf.forEach((site, column) => (values[column] = open[site]))
  model.setSolution({ indices: Int32Array.from(siteOf.keys()), values: values.slice(0, siteOf.length) })
}

interface SiteProgram {
  readonly input: Parameters<Highs['createModel']>[0]
  /** Site by column of the first columns. */
  readonly siteOf: readonly number[]
  readonly columns: number
  /** Sites open in every choice, those decided before among them. */
  readonly always: Uint8Array
  /** A site, and one it is only opened beside. */
  readonly pairs: readonly (readonly [number, number])[]
}

function makeProgram(highs: Highs, ground: SiteGround, fixed: Uint8Array, target: SiteTarget | null): SiteProgram {
  const { model } = ground
  const { demands, start, site, cost, units, unserved, capacity, isCover, count } = model
  const always = Uint8Array.from(fixed, (state) => Number(state === 1))
  const decided = always.reduce((sum, is, one) => sum + Number(is === 1 && model.always[one] === 0), 0)
  const isUsed = new Uint8Array(model.sites)
  for (const one of site) isUsed[one] = 1
  const siteOf = [...fixed.keys()].filter((one) => fixed[one] === 0 && isUsed[one] === 1)
  const columnOf = new Int32Array(model.sites).fill(-1)
  siteOf.forEach((one, column) => (columnOf[one] = column))
  const colCost: number[] = siteOf.map(() => Number(target !== null))
  const colUpper: number[] = siteOf.map(() => 1)
  const column = (price: number, most: number): number => {
    colUpper.push(most)
    return colCost.push(target ? 0 : price * (isCover ? 1 : WALK_SCALE)) - 1
  }
  const rows = createRows(highs.infinity)
  const pairs = betterSites(ground, siteOf)
  for (const [one, better] of pairs) rows.add(-highs.infinity, 0, [[columnOf[one], 1], [columnOf[better], -1]])
  const flows = new Map<number, [number, number][]>()
  const nowhere: [number, number][] = []
  for (let demand = 0; demand < demands; demand++) {
    const most = units[demand]
    const all: [number, number][] = []
    const sharers: [number, number][] = []
    for (let k = start[demand]; k < start[demand + 1]; k++) {
      const one = site[k]
      if (fixed[one] === 2) continue
      if (isCover && capacity[one] === Infinity) {
        sharers.push([columnOf[one], -most])
        continue
      }
      const flow = column(cost[k], most)
      all.push([flow, 1])
      if (columnOf[one] >= 0) rows.add(-highs.infinity, 0, [[flow, 1], [columnOf[one], -Math.min(most, capacity[one])]])
      if (capacity[one] === Infinity) continue
      const own = flows.get(one)
      if (own) own.push([flow, 1])
      else flows.set(one, [[flow, 1]])
    }
    // Open in every choice now, though not at first: it takes everybody at no cost.
    if (sharers.some(([at]) => at < 0)) continue
    if (sharers.length > 0) {
      const shared = column(0, most)
      all.push([shared, 1])
      rows.add(-highs.infinity, 0, [[shared, 1], ...sharers])
    }
    if (!target || target.unserved > 0) {
      const left = column(unserved[demand], most)
      all.push([left, 1])
      nowhere.push([left, 1])
    }
    rows.add(most, most, all)
  }
  for (const [one, own] of flows) {
    if (columnOf[one] < 0) rows.add(-highs.infinity, capacity[one], own)
    else rows.add(-highs.infinity, 0, [...own, [columnOf[one], -capacity[one]]])
  }
  const further = (target ? target.sites : count) - decided
  if (siteOf.length > further) rows.add(-highs.infinity, further, siteOf.map((_, at) => [at, 1]))
  if (target && target.unserved > 0) rows.add(-highs.infinity, target.unserved, nowhere)
  const columns = colCost.length
  return {
    siteOf,
    columns,
    always,
    pairs,
    input: { numCols: columns, numRows: rows.lower.length, colCost, colLower: new Float64Array(columns), colUpper, rowLower: rows.lower, rowUpper: rows.upper,
      matrix: { format: 'csr', numRows: rows.lower.length, numCols: columns, starts: rows.starts, indices: rows.indices, values: rows.values } },
  }
}

function createRows(infinity: number) {
  const starts = [0]
  const indices: number[] = []
  const values: number[] = []
  const lower: number[] = []
  const upper: number[] = []
  return {
    starts, indices, values, lower, upper,
    add(least: number, most: number, entries: readonly (readonly [number, number])[]): void {
      for (const [column, value] of entries) {
        indices.push(column)
        values.push(value)
      }
      starts.push(indices.length)
      lower.push(Math.max(least, -infinity))
      upper.push(most)
    },
  }
}
