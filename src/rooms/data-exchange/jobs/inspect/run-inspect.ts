import { createJobRunner } from '@/jobs/create-job-runner'
import type { JobOptions } from '@/jobs/job'
import { webWorkerThread } from '@/jobs/web-worker-thread'
import type { FileSummary } from '../../model'
import type { SourceFile } from '../../readers/read-file'

const runner = createJobRunner<SourceFile, FileSummary>({
  spawn: () => webWorkerThread(() => new Worker(new URL('./inspect.worker.ts', import.meta.url), { type: 'module' })),
  fallback: async () => (await import('./inspect-job')).inspectJob,
})

/** Look into a file in a worker. Rejects with `JobError` only. */
export const runInspect = (file: SourceFile, options?: JobOptions): Promise<FileSummary> => runner.run(file, options)
