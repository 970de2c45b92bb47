import type { PatrolPlan, WalkedColumns } from '@/core/patrol/patrol-scope'
import { walkRows } from '@/rooms/patrol/operations/coverage-rows'
import { planShares } from '@/rooms/patrol/operations/plan-shares'
import { expect, it } from 'vitest'
import { makePatrols } from './make-patrols'

const step = (streetId: number, fromM: number, toM: number, served = true) => ({ streetId, fromCm: 100 * fromM, toCm: 100 * toM, reversed: false, served })
/** Two routes that serve way 11 up to 200 m, its second hundred twice, and only pass way 12. */
const plan = (parts: Partial<PatrolPlan>): PatrolPlan => ({
  id: 'a', number: 1, title: '早巡', community: 0, kind: 'daily', occasion: 'duty', state: 'published', aim: 'min_max', weekdays: [true, true, true, true, true, false, false],
  validFrom: '2026-11-16', validTo: null, startMinute: 480, shiftS: 3600, serveMPerS: 0.7, walkMPerS: 1.2, boundS: 0, revision: 1,
  routes: [[step(11, 0, 200), step(12, 0, 100, false)], [step(11, 100, 200)]].map((steps, k) => ({
    number: k + 1, personId: null, start: [0, 0], end: null, gridIds: [], seconds: 0, metres: 0, servedM: 0, steps, checkpoints: [],
  })),
  ...parts,
})
/** Way 11: its first 150 m on Thursday evening, twice in part; all of it on Saturday. */
const at = (day: string) => Date.parse(`${day}T23:30:00+08:00`) / 1000
const atS = [at('2026-11-19'), at('2026-11-19'), at('2026-11-21')]
const walked: WalkedColumns = {
  count: 3, track: new Int32Array(3).fill(-1), streetId: Int32Array.of(11, 11, 11), fromCm: Int32Array.of(0, 10_000, 0), toCm: Int32Array.of(12_000, 15_000, 20_000),
  fromS: Uint32Array.from(atS), toS: Uint32Array.from(atS), confidence: new Uint8Array(3),
}
const week = { fromDay: '2026-11-16', toDay: '2026-11-22' }

it('counts what a plan serves once a day, and what was walked of it on its own days', () => {
  expect(planShares([plan({})], walked, week).get('a')).toEqual({ dueCm: 5 * 20_000, walkedCm: 15_000 })
  expect(planShares([plan({})], walked, { fromDay: '2026-11-19', toDay: '2026-11-19' }).get('a')).toEqual({ dueCm: 20_000, walkedCm: 15_000 })
  expect(planShares([plan({ validTo: '2026-11-18' })], walked, week).get('a')).toEqual({ dueCm: 3 * 20_000, walkedCm: 0 })
})

it('asks of a plan of one day that day alone, and nothing of drafts and of plans without a day', () => {
  const once = { weekdays: new Array<boolean>(7).fill(false) }
  expect(planShares([plan({ ...once, validFrom: '2026-11-21' })], walked, week).get('a')).toEqual({ dueCm: 20_000, walkedCm: 20_000 })
  expect([...planShares([plan({ state: 'draft' }), plan({ id: 'b', validFrom: '2026-12-01' })], walked, week)]).toEqual([])
})

it('lists a plan that nobody walked for', () => {
  const plans = [plan({})]
  const shares = planShares(plans, walked, week)
  expect(walkRows(makePatrols({ plans }), new Map(), 'plan', 0, '', shares)).toMatchObject([{ id: 'a', name: '早巡', figure: { walks: 0 }, share: { dueCm: 100_000 } }])
  expect(walkRows(makePatrols({ plans }), new Map(), 'plan', 1, '', shares)).toEqual([])
})
