import type { LandCut, LandInput } from '@/algorithms/topology/land-input'
import type { LandRecut, RecutRequest } from '@/algorithms/topology/recut-land'
import { createJobRunner } from '../create-job-runner'
import type { JobOptions } from '../job'
import { webWorkerThread } from '../web-worker-thread'
import type { CutLandRequest } from './cut-land-job'

const runner = createJobRunner<CutLandRequest, LandCut | LandRecut>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./cut-land.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./cut-land-job')).cutLandJob,
})

/** Cut land in a worker. Rejects with `JobError`; codes as `LandErrorCode`. */
export async function runCutLand(input: LandInput, options?: JobOptions): Promise<LandCut> {
  return (await runner.run({ kind: 'cut', input }, options)) as LandCut
}

/** Recut in a worker what a change of buildings or lines touches. */
export async function runRecutLand(request: RecutRequest, options?: JobOptions): Promise<LandRecut> {
  return (await runner.run({ kind: 'recut', ...request }, options)) as LandRecut
}
