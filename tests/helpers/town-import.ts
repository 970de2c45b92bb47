import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { Scope } from '@/core/scope'
import { decodeSnapshot } from '@/data/scope-snapshot'
import type { SnapshotJson } from '@/data/scope-snapshot'
import { changeRunJob } from '@/rooms/data-exchange/jobs/change-run/change-run-job'
import { dryRunJob } from '@/rooms/data-exchange/jobs/dry-run/dry-run-job'
import { inspectJob } from '@/rooms/data-exchange/jobs/inspect/inspect-job'
import type { ChangeMode, ChangeRun } from '@/rooms/data-exchange/land-change'
import { DEFAULT_HOUSEHOLD_RULE } from '@/rooms/data-exchange/model'
import type { FileChoice } from '@/rooms/data-exchange/model'
import { packChunks } from '@/rooms/data-exchange/operations/pack-chunks'
import type { Chunk } from '@/rooms/data-exchange/operations/pack-chunks'
import type { SourceFile } from '@/rooms/data-exchange/readers/read-file'
import type { StandingLand } from '@/rooms/data-exchange/standing-land'

const CONTROL = { onProgress() {} }
export const IMPORT_WORDS = { community: 'Community {n}', compound: 'Yard {n}', room: 'estimated {n}' }

async function choicesOf(files: readonly SourceFile[]): Promise<FileChoice[]> {
  const summaries = await Promise.all(files.map((file) => inspectJob(file, CONTROL)))
  return summaries.map(({ mapping }) => ({ system: 'wgs84', layer: null, mapping }))
}

/** Files to the rows of a new land, as the room sends them. */
export async function importOfFiles(files: readonly SourceFile[], street: { code: string; name: string }): Promise<{ meta: Record<string, unknown>; chunks: Chunk[] }> {
  const run = await dryRunJob({
    files,
    options: {
      files: await choicesOf(files), boundary: { kind: 'extent', paddingM: 50 }, households: DEFAULT_HOUSEHOLD_RULE, communityKind: 'urban', street,
      districtBounds: null, limits: { lower: 300, upper: 500, target: 400 }, words: IMPORT_WORDS,
    },
  }, CONTROL)
  if (run.prepared === null) throw new Error(`expected a land, got ${JSON.stringify(run.findingCounts)}`)
  return { meta: { frame: run.prepared.land.frame, source: run.report, street }, chunks: [...packChunks(run.prepared, DEFAULT_HOUSEHOLD_RULE, IMPORT_WORDS)] }
}

/** A land as the console has it once it is loaded. */
export const scopeOf = (snapshot: SnapshotJson): Scope => decodeSnapshot(snapshot, buildCellAdjacency)

/** Dry run of a change of a land that stands in a database. */
export async function changeOfFiles(files: readonly SourceFile[], scope: Scope, standing: StandingLand, mode: ChangeMode): Promise<ChangeRun> {
  return changeRunJob({
    files, options: { files: await choicesOf(files), households: DEFAULT_HOUSEHOLD_RULE }, land: scope.land, standing, mode, bounds: scope.bounds,
  }, CONTROL)
}
