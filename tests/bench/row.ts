/**
 * One line of a benchmark table. What does not apply is `null`, never zero and never absent.
 * Times are milliseconds; `gapPct` is `100 · (value − bound) / bound` for a minimisation.
 */
export interface Row {
  suite: string
  instance: string
  /** Size of the instance in the unit its suite names (buildings, cells, grids, households). */
  size: number
  value: number | null
  bestKnown: number | null
  bound: number | null
  gapPct: number | null
  ms: number | null
  peer: string | null
  peerValue: number | null
  peerMs: number | null
  /** Our `ms` over `peerMs`, or our value over the peer's where the suite compares values. */
  ratio: number | null
}

/** A row about a plan of grids; printed and written with these columns beside the usual ones. */
export interface PlanRow extends Row {
  mode: string
  k: number
  inBand: number
  inPieces: number
  /** Deviation of households from the target. */
  meanDevPct: number
  maxDevPct: number
  cutEdges: number
  splitCompounds: number
  /** Households moved, and the least that must; null for a fresh plan. */
  movedPct: number | null
  boundPct: number | null
}

/** What `npm run bench` hands to a suite. */
export interface BenchContext {
  /** Folder laid out like its counterpart among the shared instances, or `null` for the suite's own choice. */
  instancesDir: string | null
  /** Seconds the suite may spend on each instance, or `null` for the suite's own choice. */
  secondsPerInstance: number | null
  /** Folder into which each plan is written as a file of its own, or `null` for none. */
  plansDir: string | null
  /** Prints a line above the table: a setting, a side figure, progress. */
  say: (line: string) => void
}

/** A suite is a module `tests/bench/<suite>.ts` whose default export runs it and returns its rows. */
export type BenchSuite = (context: BenchContext) => Promise<Row[]>

const EMPTY: Omit<Row, 'suite' | 'instance' | 'size'> = {
  value: null,
  bestKnown: null,
  bound: null,
  gapPct: null,
  ms: null,
  peer: null,
  peerValue: null,
  peerMs: null,
  ratio: null,
}

/** Returns a whole row from the figures that apply; all others become `null`. */
export function benchRow(known: Pick<Row, 'suite' | 'instance' | 'size'> & Partial<Row>): Row {
  return { ...EMPTY, ...known }
}
