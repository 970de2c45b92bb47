import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { Hotspots, HotspotsInput } from './hotspots-model'

const runner = createJobRunner<HotspotsInput, Hotspots>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./hotspots.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./hotspots-job')).hotspotsJob,
})

/** Heat in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runHotspots = (input: HotspotsInput, options?: JobOptions): Promise<Hotspots> => runner.run(input, options)
