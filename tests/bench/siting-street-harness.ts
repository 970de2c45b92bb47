import loadHighs from 'highs'
import { serveByCapacity } from '@/algorithms/siting/serve-by-capacity'
import { SITE } from '@/algorithms/siting/siting-problem'
import { solveSiting } from '@/rooms/coverage/jobs/solve-siting/solve-siting'
import type { SolvedSiting, SolveSitingInput } from '@/rooms/coverage/jobs/solve-siting/solve-siting-model'
import { benchRow, type BenchContext, type Row } from './row'
import { openStreet, rowsOfOpen, type StreetSiting } from './siting-street-instances'

const SECONDS = 120
const CATEGORIES = 8

/**
 * The four aims on the demo street, as the console's worker solves them. `size` buildings; `value` and `bound` in the unit of the aim,
 * `ms` to the proof, the solver's loading and the walks not counted; `peer` the first answer: `peerMs` until it is there, `peerValue`
 * what it comes to, `ratio` of the best to it. Every answer is counted anew from the walks.
 */
export async function benchStreet({ secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const highs = await loadHighs()
  const ask = openStreet()
  const plain = { capacity: 0, keepsCapacity: false, keeps: true }
  const full = { keepsCapacity: true, keeps: true }
  const questions = [
    ask('demo street, most served by 3, capacity', { ...full, aim: 'most_served', count: 3, capacity: 600, reachM: 800 }),
    ask('demo street, most served by 10, capacity', { ...full, aim: 'most_served', count: 10, capacity: 150, reachM: 800 }),
    ask('demo street, most served by 10, none kept', { ...plain, keeps: false, aim: 'most_served', count: 10, reachM: 800 }),
    ask('demo street, fewest stations, capacity', { ...full, aim: 'fewest_stations', count: 0, capacity: 600, reachM: 800 }),
    ask('demo street, fewest stations, none kept', { ...plain, keeps: false, aim: 'fewest_stations', count: 0, reachM: 800 }),
    ask('demo street, least total walk by 10', { ...plain, aim: 'least_total_walk', count: 10, reachM: 3000 }),
    ask('demo street, one community, least total walk by 3, capacity', { ...full, aim: 'least_total_walk', count: 3, capacity: 300, reachM: Infinity, isOne: true }),
    ask('demo street, least worst walk by 10', { ...plain, aim: 'least_worst_walk', count: 10, reachM: 3000 }),
    ask('demo street, one community, least worst walk by 3, capacity', { ...full, aim: 'least_worst_walk', count: 3, capacity: 300, reachM: Infinity, isOne: true }),
  ]
  const rows: Row[] = []
  for (const question of questions) {
    let first: SolvedSiting | null = null
    const begun = performance.now()
    const signal = { get aborted() {
      return performance.now() - begun > 1000 * (secondsPerInstance ?? SECONDS)
    } }
    const solved = await solveSiting(question.input, () => Promise.resolve(highs), { signal, onProgress: (_, __, found) => (first ??= (found as SolvedSiting | undefined) ?? null) })
    rows.push(rowOf(question, first ?? solved, solved, say))
  }
  return rows
}

function rowOf({ name, input, buildings, walksMs }: StreetSiting, first: SolvedSiting, solved: SolvedSiting, say: BenchContext['say']): Row {
  const { served, load } = check(name, input, solved)
  const count = (kind: number, open: Uint8Array) => open.reduce((sum, is, site) => sum + Number(is === 1 && input.state[site] === kind), 0)
  say(`${name}: ${count(SITE.kept, solved.open)} kept, ${count(SITE.candidate, solved.open)} of ${input.state.filter((kind) => kind === SITE.candidate).length} candidates opened, fullest new one ${Math.max(0, ...load.filter((_, site) => input.state[site] === SITE.candidate))}; `
    + `${served} of ${input.households.reduce((sum, own) => sum + own, 0)} households within ${input.task.limitM} m of one with room; first ${first.value} in ${first.ms.toFixed(0)} ms, bound ${first.bound}; `
    + `${solved.isProved ? 'proved' : 'not proved'} in ${solved.ms.toFixed(0)} ms; walks ${walksMs.toFixed(0)} ms`)
  return benchRow({
    suite: 'siting', instance: name, size: buildings, value: solved.value, bound: solved.bound, gapPct: 100 * solved.gap, ms: solved.ms,
    peer: 'first answer', peerValue: first.value, peerMs: first.ms, ratio: solved.value / first.value,
  })
}

/** Counts an answer anew: who is served within the limit, at most so many a station, and what the aim comes to where that is plain. */
function check(name: string, { task, walks, households, state, capacity }: SolveSitingInput, { open, value, bound, isProved }: SolvedSiting): { served: number; load: Int32Array } {
  const units = Int32Array.from({ length: households.length / CATEGORIES }, (_, k) => households.subarray(CATEGORIES * k, CATEGORIES * (k + 1)).reduce((sum, own) => sum + own, 0))
  const room = Int32Array.from(state, (kind, site) => (kind === SITE.kept ? (task.keepsCapacity ? capacity[site] : 0) : task.capacity))
  const serve = (chosen: Uint8Array, limitCm: number) => serveByCapacity(rowsOfOpen(walks, chosen, limitCm), units, room)
  const sum = (column: Int32Array): number => column.reduce((total, own) => total + own, 0)
  const here = serve(open, Math.round(100 * task.limitM))
  const served = sum(here.served)
  const added = open.reduce((total, is, site) => total + Number(is === 1 && state[site] !== SITE.kept), 0)
  const fail = (what: string): never => {
    throw new Error(`${name}: ${what}; the answer says ${value}, bound ${bound}`)
  }
  if (state.some((kind, site) => kind === SITE.kept && open[site] === 0)) fail('a station that stays was closed')
  if (here.load.some((own, site) => room[site] > 0 && own > room[site])) fail('a station has more than it can serve')
  if (task.aim !== 'fewest_stations' && added > task.count) fail(`${added} new sites counted`)
  const all = new Uint8Array(open.length).fill(1)
  if (task.aim === 'most_served' && served !== value) fail(`${served} served counted`)
  if (task.aim === 'fewest_stations' && (added !== value || served !== sum(serve(all, Math.round(100 * task.limitM)).served))) fail(`${added} sites, ${served} served counted`)
  if (task.aim === 'least_worst_walk') {
    const limitCm = Math.round(100 * value)
    const reachable = sum(serve(open, Number.MAX_SAFE_INTEGER).served)
    if (sum(serve(open, limitCm).served) !== reachable || (limitCm > 0 && sum(serve(open, limitCm - 1).served) === reachable)) fail('the longest walk is another')
  }
  if (task.aim === 'least_total_walk') {
    const { flow, served: going } = serve(open, Number.MAX_SAFE_INTEGER)
    const rows = rowsOfOpen(walks, open, Number.MAX_SAFE_INTEGER)
    const metres = flow.reduce((total, own, k) => total + (own * rows.walkCm[k]) / 100, 0)
    if (sum(going) === sum(units) && Math.abs(metres - value) > 1e-6 * value) fail(`${metres} m counted`)
  }
  if (isProved && Math.abs(value - bound) > 1e-6 * Math.abs(value)) fail('proved, with a bound that is another')
  return { served, load: here.load }
}
