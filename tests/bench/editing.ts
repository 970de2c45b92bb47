import { resolve } from 'node:path'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { createPlanSession } from '@/core/create-plan-session'
import { findFindings } from '@/core/find-findings'
import { assignCells } from '@/core/operations/assign-cells'
import { createPlanIndex } from '@/core/plan-index'
import type { PlanDelta } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { Result } from '@/core/result'
import { landBytes, planBytes } from '../helpers/plan-bytes'
import { brushCells, randomEdit } from '../helpers/random-edits'
import { randomReshape } from '../helpers/random-reshapes'
import { demoInstance, syntheticInstance, unitInstance, type EditingInstance } from './editing-instances'
import { measureCoverage, openPostgis } from './editing-coverage-harness'
import { createBorderDragger, createNodeDragger, randomBorderDrag, type Dragger } from './editing-gestures-harness'
import { benchRow, type BenchContext, type Row } from './row'

const SUITE = 'editing'
const CELLS_PER_PAINT = 50
const EDITS = 1000
const WARM_UP = 400
/** Paints in one neighbourhood before a person looks elsewhere. */
const PAINTS_IN_A_PLACE = 40
const SHARED = '../shared/data/land/grids'
const NOTE = { key: 'bench' }
const COMPARED = [['first go', 'times'], ['best of three goes', 'bestTimes']] as const

/** Makers of random edits of each gesture. */
const GESTURES: readonly { readonly name: string; readonly create: (session: PlanSession, random: () => number) => () => Result<PlanDelta> }[] = [
  {
    name: 'paint',
    create(session, random) {
      const nextPaint = createRandomPaints(session, random)
      return () => (random() < 0.5 ? assignCells(session, nextPaint()) : randomEdit(session, random))
    },
  },
  { name: 'border drag', create: (session, random) => () => randomBorderDrag(session, random) },
  // A grid parted evenly is a solver's work of some tenths of a second, no gesture.
  { name: 'reshape', create: (session, random) => () => randomReshape(session, random, false) },
]

/**
 * Cost of one paint of 50 cells, the operation, the delta, figures, pieces, findings and the two grids' panels included; of a
 * frame while a border between grids, or a corner of borders, is dragged; then a thousand edits by each gesture, their
 * polygons before PostGIS, and all of them undone.
 */
export default async function bench({ instancesDir, secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const seconds = secondsPerInstance ?? 6
  const folder = instancesDir ?? resolve(SHARED)
  const units = ['street-a', 'district-a'].flatMap((name) => unitInstance(folder, name) ?? [])
  if (units.length === 0) say(`no grid instances in ${folder}: synthetic land alone`)
  const started = performance.now()
  const lands = [syntheticInstance(62, 7, 1), syntheticInstance(625, 10, 7), demoInstance()]
  say(`lands made in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  const rows: Row[] = []

  // In turns on all lands, so that a busy time of the machine falls on each alike.
  const painters = [...lands, ...units].map((instance) => createPainter(instance))
  const takeTurns = (isTimed: boolean) => {
    for (const painter of painters) for (let k = 0; k < PAINTS_IN_A_PLACE; k++) painter.paint(isTimed)
  }
  for (let k = 0; k < WARM_UP; k += PAINTS_IN_A_PLACE) takeTurns(false)
  const end = performance.now() + 1000 * seconds * painters.length
  while (performance.now() < end) takeTurns(true)
  for (const painter of painters) {
    const { instance, times, bestTimes } = painter
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)]
    const peerMs = recomputeMs(instance)
    say(
      `${instance.name}: ${times.length} paints, median ${p50.toFixed(3)} ms, p95 ${p95.toFixed(3)} ms, most ` +
        `${Math.max(...times).toFixed(2)} ms; undisturbed p95 ${percentile(bestTimes, 0.95).toFixed(3)} ms`,
    )
    rows.push(
      benchRow({
        suite: SUITE, instance: `${instance.name}: a paint of 50 cells`, size: instance.context.land.cellIds.length,
        value: p50, ms: p95, peer: 'all computed anew', peerMs, ratio: p95 / peerMs,
      }),
    )
  }
  // As measured, and undisturbed: what other programs do meanwhile may drown a difference of a few per cent.
  for (const [go, column] of COMPARED) {
    const [small, large] = painters.map((painter) => percentile(painter[column], 0.95))
    rows.push(
      benchRow({
        suite: SUITE, instance: `a paint with 625 grids against 62, ${go}`, size: 625,
        ms: large, peer: '62 grids', peerMs: small, ratio: large / small,
      }),
    )
  }

  const drags = [
    { name: 'a frame of a border drag', create: createBorderDragger },
    { name: 'a frame of a node drag', create: createNodeDragger },
  ]
  for (const { name, create } of drags) rows.push(...benchDrags(name, lands.map((instance) => create(instance, seededRandom(31))), seconds, say))

  const database = await openPostgis()
  try {
    for (const instance of lands) {
      for (const gesture of GESTURES) rows.push(...(await editAndUndo(instance, gesture, database, say)))
    }
  } finally {
    await database.close()
  }
  return rows
}

/** Drags of one sort on all lands, in turns; how long a frame takes, the last one with what is kept. */
function benchDrags(name: string, draggers: readonly Dragger[], seconds: number, say: BenchContext['say']): Row[] {
  for (const dragger of draggers) for (let k = 0; k < WARM_UP / 4; k++) dragger.play(false)
  const end = performance.now() + 1000 * seconds * draggers.length
  while (performance.now() < end) for (const dragger of draggers) for (let k = 0; k < 4; k++) dragger.play(true)
  const rows = draggers.map(({ instance, times, bestTimes }) => {
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)]
    say(
      `${instance.name}: ${times.length} times ${name}, median ${p50.toFixed(3)} ms, p95 ${p95.toFixed(3)} ms, most ` +
        `${times.reduce((most, ms) => Math.max(most, ms), 0).toFixed(2)} ms; undisturbed p95 ${percentile(bestTimes, 0.95).toFixed(3)} ms`,
    )
    return benchRow({ suite: SUITE, instance: `${instance.name}: ${name}`, size: instance.context.land.cellIds.length, value: p50, ms: p95 })
  })
  for (const [go, column] of COMPARED) {
    const [small, large] = draggers.map((dragger) => percentile(dragger[column], 0.95))
    rows.push(
      benchRow({
        suite: SUITE, instance: `${name} with 625 grids against 62, ${go}`, size: 625, ms: large, peer: '62 grids', peerMs: small, ratio: large / small,
      }),
    )
  }
  return rows
}

/** Paints and takes back, so that the plan stays what it is: edits wide and small, as brushes and lassos make them. */
function createPainter(instance: EditingInstance) {
  const session = createPlanSession({ context: instance.context, document: instance.document() })
  const nextPaint = createRandomPaints(session, seededRandom(11))
  /** Milliseconds of each paint at its first go, and at the best of three: what the machine does besides left out. */
  const times: number[] = []
  const bestTimes: number[] = []

  function paintMs({ cells, gridId }: ReturnType<typeof nextPaint>): number | null {
    const started = performance.now()
    const delta = assignCells(session, { cells, gridId })
    if (!delta.ok) return null
    const change = session.apply(delta.value, NOTE)
    if (!change.ok) throw new Error(change.code)
    let read = session.findings().length
    for (const slot of change.value.changedGrids) if (session.document.grids[slot]) read += session.figures(slot).pieces
    const tookMs = performance.now() - started
    if (read < 0) throw new Error('figures are never negative')
    session.undo()
    return tookMs
  }

  return {
    instance,
    times,
    bestTimes,
    paint(isTimed: boolean) {
      const paint = nextPaint()
      const first = paintMs(paint)
      if (first === null || !isTimed) return
      times.push(first)
      bestTimes.push(Math.min(first, paintMs(paint)!, paintMs(paint)!))
    },
  }
}

/**
 * Where people paint: some strokes in a neighbourhood, then elsewhere on the land. Half of them are a brush beside the grid
 * they go to, half are cells at random among the 400 nearest, going to any grid there: as far as a person sees at once.
 */
function createRandomPaints(session: PlanSession, random: () => number) {
  const { document } = session
  const gridIdAt = (cell: number) => document.grids[document.cellGrid[cell]]?.id ?? null
  let near: number[] = []
  let paints = 0
  return () => {
    const isElsewhere = paints++ % PAINTS_IN_A_PLACE === 0
    const seed = isElsewhere ? Math.floor(random() * document.cellGrid.length) : near[Math.floor(random() * near.length)]
    near = brushCells(session, seed, 8 * CELLS_PER_PAINT)
    if (random() < 0.5) {
      // The first other grid on the way outwards is one beside.
      const beside = near.find((cell) => document.cellGrid[cell] !== document.cellGrid[seed]) ?? seed
      return { cells: near.slice(0, CELLS_PER_PAINT), gridId: gridIdAt(beside) }
    }
    const cells = new Set<number>()
    while (cells.size < Math.min(CELLS_PER_PAINT, near.length)) cells.add(near[Math.floor(random() * near.length)])
    return { cells, gridId: gridIdAt(near[Math.floor(random() * near.length)]) }
  }
}

/** What an edit costs where nothing is kept: index, figures, pieces and findings of the whole plan. Best of five. */
function recomputeMs(instance: EditingInstance): number {
  const document = instance.document()
  let best = Infinity
  for (let k = 0; k < 5; k++) {
    const started = performance.now()
    findFindings({ context: instance.context, document, index: createPlanIndex(instance.context, document) })
    best = Math.min(best, performance.now() - started)
  }
  return best
}

async function editAndUndo(
  instance: EditingInstance,
  gesture: (typeof GESTURES)[number],
  database: Awaited<ReturnType<typeof openPostgis>>,
  say: BenchContext['say'],
): Promise<Row[]> {
  const size = instance.context.land.cellIds.length
  const session = createPlanSession({ context: instance.context, document: instance.document() })
  const random = seededRandom(23)
  const nextEdit = gesture.create(session, random)
  const before = planBytes(session.document) + landBytes(session)
  const times: number[] = []
  while (session.steps.length < EDITS) {
    const asked = performance.now()
    const delta = nextEdit()
    if (!delta.ok) continue
    const applied = session.apply(delta.value, NOTE)
    if (!applied.ok) throw new Error(`${gesture.name}: ${applied.code} ${JSON.stringify(applied.details)}`)
    times.push(performance.now() - asked)
  }
  const started = performance.now()
  const coverage = await measureCoverage(database, session, instance.context.land)
  say(
    `${instance.name}: ${coverage.polygons} polygons after ${EDITS} edits by ${gesture.name}, ${coverage.invalid} invalid, ` +
      `${coverage.overlappingPairs} overlapping pairs, overlap ${coverage.overlapM2} m², gaps ${coverage.gapM2} m², ` +
      `beyond the land ${coverage.beyondM2} m², lattice sum off by ${coverage.latticeExcess} (${database.engine}, ` +
      `${((performance.now() - started) / 1000).toFixed(1)} s)`,
  )
  const undoStarted = performance.now()
  while (session.canUndo) session.undo()
  const undoMs = (performance.now() - undoStarted) / EDITS
  const after = planBytes(session.document) + landBytes(session)
  const differs = after === before ? 0 : [...before].filter((sign, k) => sign !== after[k]).length + Math.abs(before.length - after.length)
  return [
    benchRow({
      suite: SUITE, instance: `${instance.name}: an edit by ${gesture.name}`, size, value: percentile(times, 0.5), ms: percentile(times, 0.95),
    }),
    benchRow({
      suite: SUITE, instance: `${instance.name}: gaps and overlaps after ${EDITS} edits by ${gesture.name}, m²`, size,
      value: coverage.overlapM2 + coverage.gapM2 + coverage.beyondM2, bestKnown: 0, bound: 0, peer: database.engine,
    }),
    benchRow({
      suite: SUITE, instance: `${instance.name}: bytes that differ when ${EDITS} edits by ${gesture.name} are undone`, size,
      value: differs, bestKnown: 0, bound: 0, ms: undoMs,
    }),
  ]
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
