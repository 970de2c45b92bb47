import { beforeEach, expect, it, vi } from 'vitest'
import { DataError } from '@/data/errors'
import { matchWaiting } from '@/rooms/patrol/matching'

const server = vi.hoisted(() => ({ load: vi.fn(), save: vi.fn() }))
vi.mock('@/rooms/patrol/repository', () => ({ loadTracksToMatch: server.load, saveTrackMatch: server.save }))
vi.mock('@/rooms/patrol/jobs/match-tracks/run-match-tracks', () => ({
  runMatchTracks: async (waiting: readonly { trackId: string }[]) => ({ tracks: waiting }),
}))
vi.mock('@/rooms/patrol/operations/encode-match', () => ({ encodeTracks: (waiting: unknown) => waiting, makeMatchEncoder: () => () => ({}) }))

const GROUND = {} as Parameters<typeof matchWaiting>[1]
const pages = (...ids: string[][]) => {
  for (const page of ids) server.load.mockResolvedValueOnce(page.map((trackId) => ({ trackId })))
  server.load.mockResolvedValueOnce([])
}
beforeEach(() => {
  server.load.mockReset()
  server.save.mockReset().mockResolvedValue({})
})

it('goes on past walks whose match is refused and tells how many, page after page', async () => {
  pages(['a', 'b', 'c'], ['d'])
  const why: Record<string, string> = { a: 'match_invalid', b: 'patrol_invalid', c: 'raw_gone' }
  server.save.mockImplementation(async (trackId: string) => {
    if (why[trackId]) throw new DataError(why[trackId], '')
  })
  const told = { onFound: vi.fn(), onSaved: vi.fn(), onRefused: vi.fn() }
  expect(await matchWaiting(1, GROUND, false, told)).toBe(1)
  expect(server.load.mock.calls).toEqual([[1, { isOwn: false, after: null }], [1, { isOwn: false, after: 'c' }], [1, { isOwn: false, after: 'd' }]])
  expect([told.onFound, told.onSaved, told.onRefused].map((tell) => tell.mock.calls)).toEqual([[[3], [4]], [[1]], [[1], [2]]])
})

it('stops where the server is away, and asks for own walks alone where it is told to', async () => {
  pages(['a', 'b'])
  server.save.mockRejectedValueOnce(new DataError('server_down', ''))
  await expect(matchWaiting(1, GROUND, true)).rejects.toMatchObject({ code: 'server_down' })
  expect(server.load.mock.calls).toEqual([[1, { isOwn: true, after: null }]])
  expect(server.save).toHaveBeenCalledTimes(1)
})
