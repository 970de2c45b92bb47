import { afterEach, expect, it, vi } from 'vitest'
import { inBrowserTable } from '@/data/browser-table'

afterEach(() => vi.unstubAllGlobals())

it('rejects where what is to be kept cannot be, and lets go of the database', async () => {
  const close = vi.fn()
  const opening = { result: { close, transaction: () => ({ objectStore: () => ({}) }) }, onsuccess: () => undefined }
  vi.stubGlobal('indexedDB', {
    open: () => {
      queueMicrotask(() => opening.onsuccess())
      return opening
    },
  })
  const thrown = new DOMException('', 'DataCloneError')
  // Within IndexedDB a fault of the act is nobody's: it must come back to who asked.
  const asked = inBrowserTable('own', 'readwrite', () => {
    throw thrown
  })
  await expect(asked).rejects.toBe(thrown)
  expect(close).toHaveBeenCalledTimes(1)
})
