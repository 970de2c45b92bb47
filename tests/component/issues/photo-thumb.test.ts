import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ loadIssuePhoto: vi.fn() }))
vi.mock('@/rooms/issues/repository', () => server)

const { default: PhotoThumb } = await import('@/rooms/issues/components/PhotoThumb.vue')
const PHOTO = { type: 'image/png', base64: btoa('photo') }
const open = () => mountRoom(PhotoThumb as never, { workspace: makeWorkspace(), map: makeMap() as never, props: { photoId: 7 } })
const kept = new Set<string>()

beforeEach(() => {
  kept.clear()
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => (kept.add('blob:7'), 'blob:7'))
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => void kept.delete(address))
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('keeps a photo for as long as it is in sight', async () => {
  server.loadIssuePhoto.mockResolvedValue(PHOTO)
  const { page } = await open()
  await flushPromises()
  expect([page.get('img').attributes('src'), kept.size]).toEqual(['blob:7', 1])
  page.unmount()
  expect(kept.size).toBe(0)
})

it('keeps none that arrives when nobody looks any more', async () => {
  let come = (_: typeof PHOTO): void => {}
  server.loadIssuePhoto.mockImplementation(() => new Promise((resolve) => (come = resolve)))
  const { page } = await open()
  page.unmount()
  come(PHOTO)
  await flushPromises()
  expect(kept.size).toBe(0)
})
