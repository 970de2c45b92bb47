import type { DivisionGround, DivisionWishes } from '@/algorithms/partition/division-ground'
import { repairDivision, type DivisionRepair } from '@/algorithms/partition/repair-division'
import { JobError, type JobControl } from '@/jobs/job'

export interface RepairGridsInput {
  readonly grounds: readonly DivisionGround[]
  readonly wishes: DivisionWishes
}

/** Repairs of communities, one after the other. The same input gives the same steps everywhere. */
export function repairGridsJob({ grounds, wishes }: RepairGridsInput, { onProgress, signal }: JobControl): DivisionRepair[] {
  const repairs: DivisionRepair[] = []
  for (const [at, ground] of grounds.entries()) {
    repairs.push(
      repairDivision(ground, wishes, { signal, onProgress: (share, pass) => onProgress((at + share) / grounds.length, pass) }),
    )
    // Stopped half-way there are steps, but not all that are needed.
    if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
  }
  return repairs
}
