import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import type { StreetGraph } from '@/algorithms/routing/street-graph'
import { walksWithin, type WalkRows } from '@/algorithms/routing/walks-within'
import type { JobControl } from '@/jobs/job'

export interface MeasureSitesInput {
  readonly graph: StreetGraph
  /** Stations that stay and candidates. */
  readonly sites: DoorSnaps
  readonly doors: DoorSnaps
  readonly limitM: number
}

/** Walks from every door to all sites within a limit; runs alike in a worker, on the page and in Node. */
export function measureSitesJob({ graph, sites, doors, limitM }: MeasureSitesInput, { onProgress }: JobControl): WalkRows {
  onProgress(0, 'walks')
  return walksWithin(graph, sites, doors, limitM)
}
