import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { AccessAnswer, AccessQuestion } from './answer-access-job'

const runner = createJobRunner<AccessQuestion, AccessAnswer>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./answer-access.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./answer-access-job')).answerAccessJob,
})

/** Who reaches which stations, in a worker. Rejects with `JobError`: `aborted`, or a fault of ours. */
export const runAnswerAccess = (question: AccessQuestion, options?: JobOptions): Promise<AccessAnswer> => runner.run(question, options)
