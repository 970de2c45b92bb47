import { afterEach, expect, it, vi } from 'vitest'
import { closeVisits, sharedChromium } from './harness'

/** A browser that crashed or did not start fails the file that had it, not those after it. */
afterEach(() => vi.unstubAllEnvs())

it('hands out another browser after one that is gone', async () => {
  const first = await sharedChromium()
  await first.close()
  const second = await sharedChromium()
  expect(second).not.toBe(first)
  await second.newContext()
  await closeVisits()
  expect(second.contexts()).toEqual([])
})

it('starts another browser after one that did not start, and closes what there is meanwhile', async () => {
  await (await sharedChromium()).close()
  // A program that is there and knows nothing of a browser's options.
  vi.stubEnv('CHROMIUM_PATH', process.execPath)
  const launch = sharedChromium()
  await Promise.all([expect(launch).rejects.toThrow(), closeVisits()])
  vi.unstubAllEnvs()
  expect((await sharedChromium()).isConnected()).toBe(true)
})
