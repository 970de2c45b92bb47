import type { JobControl } from '@/jobs/job'
import type { FileSummary } from '../../model'
import { summariseFile } from '../../operations/summarise-file'
import { readFile } from '../../readers/read-file'
import type { SourceFile } from '../../readers/read-file'

/** Read one file to its end and sum it up; its rows are not kept. */
export async function inspectJob(file: SourceFile, control: JobControl): Promise<FileSummary> {
  const outcome = await readFile(file, 0, {
    progress: (done) => control.onProgress(done, 'read'),
    async breathe() {
      if (control.signal?.aborted) throw Object.assign(new Error('aborted'), { code: 'aborted' })
    },
  })
  return summariseFile(file.name, file.size, outcome)
}
