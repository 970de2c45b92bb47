import { describe, expect, it } from 'vitest'
import { matchTracksJob } from '@/rooms/patrol/jobs/match-tracks/match-tracks-job'
import type { MatchTracksInput, RawTrack } from '@/rooms/patrol/jobs/match-tracks/match-tracks-model'
import { walkedTrack } from '../../../helpers/walked-track'

const quiet = { onProgress: () => undefined }

//  street 41: (0, 0) → (300, 0); street 42: (100, −60) → (100, 60)
const STREETS: Omit<MatchTracksInput, 'tracks'> = {
  streets: {
    xyM: Float64Array.of(0, 0, 300, 0, 100, -60, 100, 60),
    start: Uint32Array.of(0, 2, 4),
    classes: ['residential', 'residential'],
  },
  streetIds: Int32Array.of(41, 42),
}
const walk = (trackId: string, ...[corners, settings]: Parameters<typeof walkedTrack>): RawTrack => ({ trackId, ...walkedTrack(corners, { accuracyM: 5, ...settings }) })

describe('matching tracks', () => {
  it('says street, centimetres, direction, times and what was cleaned, by track in their order', () => {
    const tracks = [walk('a', [[20, 0], [100, 0], [100, 50]]), walk('b', [[280, 0], [150, 0]], { accuracyM: 60 }), walk('c', [[280, 0], [150, 0]])]
    const result = matchTracksJob({ ...STREETS, tracks }, quiet).tracks
    expect(result.map(({ trackId }) => trackId)).toEqual(['a', 'b', 'c'])
    const [a, b, c] = result
    expect(a.walked.map(({ streetId, fromCm, toCm, reversed }) => [streetId, fromCm, Math.round(toCm / 500), reversed])).toEqual([[41, 2000, 20, false], [42, 6000, 22, false]])
    expect(a.walked[1].fromAtMs).toBeCloseTo(64_000, -4)
    expect(a.walked[1].toAtMs).toBe(tracks[0].atMs.at(-1))
    expect(a).toMatchObject({ offNetwork: [], doubtfulM: 0, cleaned: { given: tracks[0].atMs.length, dropped: { inaccurate: 0 } } })
    expect(b).toMatchObject({ walked: [], offNetwork: [], cleaned: { used: 0, dropped: { inaccurate: tracks[1].atMs.length } } })
    expect(c.walked).toMatchObject([{ streetId: 41, reversed: true }])
    expect(c.walked[0].fromCm).toBeLessThan(c.walked[0].toCm)
  })

  it('measures ways off the streets and credits them to none', () => {
    const { walked, offNetwork } = matchTracksJob({ ...STREETS, tracks: [walk('a', [[200, 150], [200, 250], [280, 250]])] }, quiet).tracks[0]
    expect(walked).toEqual([])
    expect(offNetwork).toHaveLength(1)
    // Thinned, so the corner is cut.
    expect(offNetwork[0].lengthM).toBeGreaterThan(170)
    expect(offNetwork[0].lengthM).toBeLessThanOrEqual(180)
  })

  it('leaves out what was as likely walked elsewhere, and says how much', () => {
    // Three lanes 15 m apart that never meet, a short walk along the middle one, fixes that may be 25 m off.
    const lanes = {
      streets: { xyM: Float64Array.of(0, 0, 300, 0, 0, 15, 300, 15, 0, 30, 300, 30), start: Uint32Array.of(0, 2, 4, 6), classes: Array<string>(3).fill('residential') },
      streetIds: Int32Array.of(1, 2, 3),
    }
    const run = (sigmaM: number) => matchTracksJob({ ...lanes, tracks: [walk('a', [[50, 15], [90, 15]])], match: { sigmaM } }, quiet).tracks[0]
    expect(run(25).walked).toEqual([])
    expect(run(25).doubtfulM).toBeCloseTo(40, 0)
    expect(run(5)).toMatchObject({ doubtfulM: 0, walked: [{ streetId: 2, fromCm: 5000, toCm: 9000 }] })
  })

  it('tells how far it is and stops when told to', () => {
    const told: number[] = []
    const tracks = [walk('a', [[20, 0], [90, 0]]), walk('b', [[20, 0], [90, 0]])]
    matchTracksJob({ ...STREETS, tracks }, { onProgress: (share) => void told.push(share) })
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect([told[0], told.at(-1), told.length]).toEqual([0, 1, 4])
    expect(() => matchTracksJob({ ...STREETS, tracks }, { ...quiet, signal: { aborted: true } })).toThrow('aborted')
  })

  it('refuses streets without an id each', () => {
    expect(() => matchTracksJob({ ...STREETS, streetIds: Int32Array.of(1), tracks: [] }, quiet)).toThrow('expected 2 street ids, got 1')
  })
})
