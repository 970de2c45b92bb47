import { describe, expect, it } from 'vitest'
import { PATROL_SETTINGS } from '@/core/patrol/patrol-scope'
import { joinSpans, lengthCm, sharedCm, type Span } from '@/core/patrol/spans'
import { degreesOf } from '../../../supabase/seed/patrols/patrol-ground'
import { tellPatrols } from '../../../supabase/seed/patrols/tell-patrols'
import { momentOf } from '../../../supabase/seed/issues/work-calendar'
import { DEMO_SEED } from '../../../supabase/seed/settings'
import { matchWalks } from '../../../supabase/seed/write-patrols'
import { drawSmallStreet } from '../../helpers/small-street'

/** 22 November 2026, 10:30 in Shanghai: the walks of the morning are not over. */
const UNTIL_S = Date.UTC(2026, 10, 22, 2, 30) / 1000

const drawn = drawSmallStreet()
const tell = () => {
  const { street, cut, plan, staff } = drawn
  return tellPatrols(street, cut, plan, staff, { streets: street.streets.map((_, k) => k + 1), building: 1 }, DEMO_SEED, UNTIL_S)
}
const told = tell()

describe('four weeks of patrols', () => {
  it('are the same for the same seed and moment', () => {
    const { plans, walks } = tell()
    expect(plans).toEqual(told.plans)
    expect(walks).toEqual(told.walks)
  })

  it('have plans within the shift that serve every daily street they were drawn for, by people of the community', () => {
    expect(told.plans.map(({ isDraft }) => isDraft)).toEqual([false, false, false, true])
    for (const { routes, community, boundS } of told.plans) {
      for (const { seconds, person } of routes) {
        expect(seconds).toBeLessThanOrEqual(PATROL_SETTINGS.shiftMinutes * 60)
        const post = drawn.staff.posts.find((held) => held.person === person && held.role === 'grid_worker')!
        expect(drawn.plan.grids[post.grid].community).toBe(community)
      }
      expect(Math.max(...routes.map(({ seconds }) => seconds))).toBeGreaterThanOrEqual(boundS - 1e-6)
      const shut = told.duties.map(({ segment }) => segment)
      expect(routes.flatMap(({ segment, served }) => [...segment].filter((_, k) => served[k] === 1)).some((segment) => shut.includes(segment))).toBe(false)
    }
  })

  it('have walks on the days of their plan, over before the last moment, within the hours of recording', () => {
    expect(told.walks.length).toBeGreaterThan(40)
    for (const { day, startS, endS, fixes, plan } of told.walks) {
      expect(told.plans[plan].weekdays[(day + 3) % 7]).toBe(true)
      expect(endS).toBeLessThanOrEqual(UNTIL_S)
      expect(startS).toBeGreaterThanOrEqual(momentOf(day, PATROL_SETTINGS.fromMinute * 60))
      expect(endS).toBeLessThanOrEqual(momentOf(day, PATROL_SETTINGS.toMinute * 60))
      expect(fixes.every(({ atMs }, k) => atMs > (k > 0 ? fixes[k - 1].atMs : startS * 1000 - 1))).toBe(true)
    }
  })

  it('are matched to what was really walked', () => {
    let [walkedCm, creditedCm, bothCm] = [0, 0, 0]
    for (const { walk, match } of matchWalks({ ...told, walks: told.walks.filter((_, k) => k % 4 === 0) }, drawn.street, 1)) {
      const truth = byStreet(walk.truth.map(({ street, fromM, toM }) => ({ street: told.ground.scope.streets[street].id, fromCm: Math.round(fromM * 100), toCm: Math.round(toM * 100) })))
      const { streetId, fromCm, toCm } = match.stretches
      const credited = byStreet(streetId.map((street, k) => ({ street, fromCm: fromCm[k], toCm: toCm[k] })))
      for (const spans of truth.values()) walkedCm += lengthCm(spans)
      for (const [street, spans] of credited) {
        creditedCm += lengthCm(spans)
        for (const span of spans) bothCm += sharedCm(span, truth.get(street) ?? [])
      }
    }
    expect(bothCm / creditedCm).toBeGreaterThan(0.98)
    expect(bothCm / walkedCm).toBeGreaterThan(0.94)
  })

  it('lie in the land', () => {
    const [lng, lat] = degreesOf(drawn.street, told.walks[0].fixes[0].point)
    expect([Math.abs(lng - drawn.street.frame.lng0) < 0.2, Math.abs(lat - drawn.street.frame.lat0) < 0.2]).toEqual([true, true])
  })
})

function byStreet(stretches: readonly (Span & { readonly street: number })[]): Map<number, Span[]> {
  const spans = new Map<number, Span[]>()
  for (const { street, ...span } of stretches) spans.set(street, [...(spans.get(street) ?? []), span])
  return new Map([...spans].map(([street, own]) => [street, joinSpans(own)]))
}
