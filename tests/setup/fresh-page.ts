import { afterAll, vi } from 'vitest'

/**
 * The files of a suite share one process and one jsdom, which take longer to make than most tests do. Each file still finds
 * them as new: the console's own modules are read again, with what stands in for them, and what lay on the page is gone.
 * What comes from packages stays.
 */
vi.resetModules()

afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  document.body.replaceChildren()
  document.body.removeAttribute('style')
  localStorage.clear()
  sessionStorage.clear()
})
