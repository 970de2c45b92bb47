import type { Aim, DivisionGround, DivisionWishes } from '@/algorithms/partition/division-ground'
import { drawDivision } from '@/algorithms/partition/draw-division'
import { measureDivision, sumFigures, type DivisionFigures } from '@/algorithms/partition/measure-division'
import { JobError, type JobControl } from '@/jobs/job'

export interface DrawGridsInput {
  readonly aim: Aim
  readonly wishes: DivisionWishes
  readonly communities: readonly {
    readonly ground: DivisionGround
    /** Grids in all that may change; null: as many as limits and target ask. */
    readonly count: number | null
    /** Grids drawn anew among themselves; null: all that may change. */
    readonly only: readonly number[] | null
  }[]
}

export interface DrawnGrids {
  /** Grid by cell of each community, in numbers of its ground; beyond them new grids. */
  readonly grids: readonly Int32Array[]
  readonly figures: DivisionFigures
}

/** One candidate: communities drawn one after the other by one aim. The same input gives the same grids everywhere. */
export function drawGridsJob({ aim, wishes, communities }: DrawGridsInput, { onProgress, signal }: JobControl): DrawnGrids {
  const grids: Int32Array[] = []
  const figures: DivisionFigures[] = []
  for (const [at, { ground, count, only }] of communities.entries()) {
    grids.push(
      drawDivision(ground, { ...wishes, aim, count, only }, {
        signal,
        onProgress: (share, pass) => onProgress((at + share) / communities.length, pass),
      }),
    )
    // Stopped half-way there are grids, but not those that were asked for.
    if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
    figures.push(measureDivision(ground, grids[at], wishes.minMembers))
  }
  return { grids, figures: sumFigures(figures) }
}
