import { createJobRunner } from '@/jobs/create-job-runner'
import { JobError, type JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { SolvedSiting, SolveSitingInput } from './solve-siting-model'

const runner = createJobRunner<SolveSitingInput, SolvedSiting>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./solve-siting.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./solve-siting-job')).solveSitingJob,
})

export interface SolveSitingOptions extends JobOptions {
  /** Hears of the first answer, and of each that is better or of which more is proved. */
  readonly onAnswer?: (solved: SolvedSiting) => void
}

/**
 * Sites for a task in a worker. Stopped once there is an answer, it gives the best so far; before, it rejects with `JobError` `aborted`.
 * @param run the job, as others may run it
 */
export async function runSolveSiting(input: SolveSitingInput, { onAnswer, onProgress, signal }: SolveSitingOptions = {}, run = runner.run): Promise<SolvedSiting> {
  let best: SolvedSiting | null = null
  try {
    return await run(input, {
      signal,
      onProgress(share, pass, found) {
        onProgress?.(share, pass)
        if (found === undefined) return
        best = found as SolvedSiting
        onAnswer?.(best)
      },
    })
  } catch (cause) {
    if (best && cause instanceof JobError && cause.code === 'aborted') return best
    throw cause
  } finally {
    // The solver leaves a large heap; the next question starts afresh.
    runner.close()
  }
}
