import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import { measureWalks } from '@/algorithms/routing/measure-walks'
import { snapDoors } from '@/algorithms/routing/snap-doors'
import type { LineColumns, StreetColumns } from '@/algorithms/routing/street-graph'
import { WALK } from '@/algorithms/routing/walk-table'
import type { CommunityWalks } from '@/core/assignment/walks'
import { JobError, type JobControl } from '@/jobs/job'

/** A door farther than this from any street is measured in straight lines, metres. */
export const MOST_ACCESS_M = 300

export interface MeasureWalksInput {
  readonly streets: StreetColumns
  /** What nobody gets through to a street. */
  readonly walls: LineColumns
  /** x, y by building, metres in the frame of the streets. */
  readonly doorXYM: Float64Array
  readonly communities: readonly Pick<CommunityWalks, 'community' | 'from' | 'to'>[]
}

/** Walks of communities, one after the other: along streets, in a straight line where no way leads. */
export function measureWalksJob({ streets, walls, doorXYM, communities }: MeasureWalksInput, { onProgress, signal }: JobControl): CommunityWalks[] {
  onProgress(0, 'streets')
  const graph = buildStreetGraph(streets, { lines: walls })
  const doors = snapDoors(graph, doorXYM, MOST_ACCESS_M)
  return communities.map(({ community, from, to }, at) => {
    if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
    onProgress(at / communities.length, 'walks')
    const { walkDm, how } = measureWalks(graph, doors, {
      fromStart: Uint32Array.of(0, from.length),
      from,
      toStart: Uint32Array.of(0, to.length),
      to,
    })
    return { community, from, to, walkDm, straight: how.map((kind) => Number(kind === WALK.straight)) }
  })
}
