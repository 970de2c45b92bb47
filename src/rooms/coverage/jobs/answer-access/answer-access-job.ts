import type { AccessGround } from '@/algorithms/routing/access-ground'
import type { DoorSnaps } from '@/algorithms/routing/door-snaps'
import { nearestStations, type StationWalks } from '@/algorithms/routing/measure-access'
import { outlinePieces, type AreaRings } from '@/algorithms/routing/outline-pieces'
import { reachedPieces, type ReachedPieces } from '@/algorithms/routing/service-areas'
import { walksWithin } from '@/algorithms/routing/walks-within'
import { serveByCapacity, type ServedByCapacity } from '@/algorithms/siting/serve-by-capacity'
import { JobError, type JobControl } from '@/jobs/job'
import { compareWithCircle, type CircleComparison } from '../../operations/compare-circle'

/** Which stations, how far, for whom. */
export interface AccessQuestion {
  readonly ground: AccessGround
  /** Indices of the stations asked about, each once. */
  readonly asked: readonly number[]
  /** Inclusive to the centimetre. */
  readonly limitM: number
  /** By building. */
  readonly households: Int32Array
  /** By station; 0: as many as come. */
  readonly capacity: Int32Array
}

export interface AccessAnswer {
  readonly comparison: CircleComparison
  readonly served: Pick<ServedByCapacity, 'served' | 'load' | 'within'>
  /** The nearest of the stations asked about, however far. */
  readonly nearest: StationWalks
  /** Streets within the limit, and an outline around them, to be drawn. */
  readonly pieces: ReachedPieces
  readonly areas: readonly AreaRings[]
}

/** Who reaches the stations asked about, on foot and by circle, and who is served when they are full; runs alike in a worker, on the page and in Node. */
export function answerAccessJob({ ground, asked, limitM, households, capacity }: AccessQuestion, { onProgress, signal }: JobControl): AccessAnswer {
  const { graph, doors } = ground
  const stations = onlyAsked(ground.stations, asked)
  onProgress(0, 'walks')
  const walks = walksWithin(graph, stations, doors, limitM)
  if (signal?.aborted) throw new JobError('aborted', {}, 'aborted')
  onProgress(0.4, 'capacity')
  const { served, load, within } = serveByCapacity(walks, households, capacity)
  onProgress(0.8, 'areas')
  const pieces = reachedPieces(graph, stations, limitM)
  return {
    comparison: compareWithCircle(doors, stations, walks, households, limitM, asked),
    served: { served, load, within },
    nearest: nearestStations(ground, asked),
    pieces,
    areas: outlinePieces(pieces.xyM),
  }
}

/** Stations that are not asked about stand on no street. */
function onlyAsked(stations: DoorSnaps, asked: readonly number[]): DoorSnaps {
  const isAsked = new Set(asked)
  return { ...stations, edge: stations.edge.map((edge, station) => (isAsked.has(station) ? edge : -1)) }
}
