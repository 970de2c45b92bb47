import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DataError } from '@/data/errors'
import * as runs from '@/rooms/patrol/jobs/match-tracks/run-match-tracks'
import { matchWaiting } from '@/rooms/patrol/matching'
import * as encoding from '@/rooms/patrol/operations/encode-match'
import * as repository from '@/rooms/patrol/repository'

const server = { load: vi.fn(), save: vi.fn() }
const GROUND = {} as Parameters<typeof matchWaiting>[1]
const pages = (...ids: string[][]) => {
  for (const page of ids) server.load.mockResolvedValueOnce(page.map((trackId) => ({ trackId })))
  server.load.mockResolvedValueOnce([])
}
beforeEach(() => {
  server.load.mockReset()
  server.save.mockReset().mockResolvedValue({})
  vi.spyOn(repository, 'loadTracksToMatch').mockImplementation(server.load)
  vi.spyOn(repository, 'saveTrackMatch').mockImplementation(server.save)
  // The walks alone count here, not what they were.
  vi.spyOn(encoding, 'encodeTracks').mockImplementation((tracks) => ({ tracks }) as never)
  vi.spyOn(encoding, 'makeMatchEncoder').mockReturnValue(() => ({}) as never)
  vi.spyOn(runs, 'runMatchTracks').mockImplementation(async ({ tracks }) => ({ tracks }) as never)
})
afterEach(() => vi.restoreAllMocks())

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
