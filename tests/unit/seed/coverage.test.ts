import { beforeAll, describe, expect, it } from 'vitest'
import { GAP_REASONS, reasonBit } from '@/core/coverage/gap'
import { VISIT_PURPOSES_OF } from '@/core/coverage/visit'
import { tellActivities } from '../../../supabase/seed/coverage/tell-activities'
import { tellGapDays, type HouseholdPast } from '../../../supabase/seed/coverage/tell-gap-days'
import { tellUnits } from '../../../supabase/seed/coverage/tell-units'
import { tellVisits, type ToldVisits } from '../../../supabase/seed/coverage/tell-visits'
import { generateStreet } from '../../../supabase/seed/generate-street'
import { tieContacts } from '../../../supabase/seed/people/contacts'
import { DEMO_STREET } from '../../../supabase/seed/settings'
import type { StreetData } from '../../../supabase/seed/street-data'

const NOW_S = Date.parse('2026-11-20T10:00:00+08:00') / 1000
const TODAY = 20777

let street: StreetData
let told: ToldVisits

beforeAll(() => {
  street = generateStreet('gewu', DEMO_STREET, { residents: false })
  told = tellVisits(street, tieContacts(street, 'gewu', 8), 'gewu', NOW_S)
})

describe('visits of the demo', () => {
  it('end today, in Shanghai, and go to tied households only, by those who are tied to them', () => {
    const ties = new Map(tieContacts(street, 'gewu', 8).ties.map(({ household, member }) => [household, member]))
    expect(told.today).toBe(TODAY)
    expect(told.visits.reduce((last, { day }) => Math.max(last, day), 0)).toBe(TODAY)
    expect(told.visits.every(({ household, member }) => ties.get(household) === member)).toBe(true)
  })

  it('have a purpose of their kind, and are rated only where somebody was met', () => {
    expect(told.visits.every(({ kind, purpose }) => VISIT_PURPOSES_OF[kind].includes(purpose))).toBe(true)
    expect(told.visits.some(({ satisfaction, outcome }) => satisfaction !== null && (outcome === 'not_home' || outcome === 'refused'))).toBe(false)
  })

  it('are the same for the same seed and moment', () => {
    expect(tellVisits(street, tieContacts(street, 'gewu', 8), 'gewu', NOW_S).visits).toEqual(told.visits)
  })
})

describe('days of the past', () => {
  const household = (past: Partial<HouseholdPast>): HouseholdPast => ({ community: 0, reasons: 0, visitEvery: 14, tiedOn: 100, visited: [], passed: null, ...past })
  const only = (past: Partial<HouseholdPast>, day: number): readonly number[] => tellGapDays([household(past)], 1, [day], 100)[0].byAny
  const overdue = GAP_REASONS.indexOf('visit_overdue')
  const unpatrolled = GAP_REASONS.indexOf('not_patrolled')

  it('have a visit in time on its last day and overdue on the next', () => {
    expect(only({ visited: [110, 130] }, 124)[overdue]).toBe(0)
    expect(only({ visited: [110, 130] }, 125)[overdue]).toBe(1)
    expect(only({ visited: [110, 130] }, 130)[overdue]).toBe(0)
  })

  it('count from the tie where there was no visit, and nothing where nobody has to visit', () => {
    expect(only({}, 114)[overdue]).toBe(0)
    expect(only({}, 115)[overdue]).toBe(1)
    expect(only({ visitEvery: 0 }, 500)[overdue]).toBe(0)
  })

  it('say nothing of patrols before these had gone on for as long as a building may be without', () => {
    expect(only({ passed: [] }, 113)[unpatrolled]).toBe(0)
    expect(only({ passed: [] }, 114)[unpatrolled]).toBe(1)
    expect(only({ passed: [105] }, 119)[unpatrolled]).toBe(0)
    expect(only({ passed: [105] }, 120)[unpatrolled]).toBe(1)
  })

  it('count each household once by its main reason, and by community', () => {
    const reasons = reasonBit('no_worker') | reasonBit('station_too_far')
    const days = tellGapDays([household({ reasons, visited: [110] }), household({ community: 1, visited: [110] })], 2, [112], 100)
    expect(days.map(({ community, households, byMain, byAny }) => [community, households, byMain, byAny])).toEqual([
      [0, 1, [0, 1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 1, 0]],
      [1, 1, [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]],
    ])
  })
})

describe('units and activities of the demo', () => {
  it('leave what is left of enterprises in estates nobody manages without a branch', () => {
    const gone = tellUnits(street, 'gewu').filter(({ status }) => status === 'bankrupt')
    expect(gone.map(({ name, branch }) => [name, branch])).toEqual([['原棉纺厂', null]])
    expect(gone.every(({ compound }) => street.compounds[compound].status === 'unmanaged')).toBe(true)
  })

  it('name no unit twice in a community', () => {
    const names = tellUnits(street, 'gewu').map(({ community, name }) => `${community} ${name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it('take place at stations that are staffed', () => {
    expect(tellActivities(street.stations, 'gewu').every(({ station }) => ['street_centre', 'community_station'].includes(street.stations[station].level))).toBe(true)
  })
})
