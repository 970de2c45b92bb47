import type { JobThread } from './job'

/** A browser worker as a job thread; null where the platform has none. */
export function webWorkerThread(start: () => Worker): JobThread | null {
  if (typeof Worker === 'undefined') return null
  const worker = start()
  return {
    endpoint: worker,
    terminate: () => worker.terminate(),
    onFailure(listener) {
      worker.addEventListener('error', (event) => listener(event.message || 'worker error'), { once: true })
      worker.addEventListener('messageerror', () => listener('message could not be read'), { once: true })
    },
  }
}
