import { buildCellAdjacency } from '@/algorithms/topology/build-cell-adjacency'
import type { Land } from '@/core/land'
import type { Scope } from '@/core/scope'
import type { LngLatBounds } from '@/core/units'
import { decodeSnapshot } from '@/data/scope-snapshot'
import type { SnapshotJson } from '@/data/scope-snapshot'
import { changeRunJob } from '@/rooms/data-exchange/jobs/change-run/change-run-job'
import { dryRunJob } from '@/rooms/data-exchange/jobs/dry-run/dry-run-job'
import { inspectJob } from '@/rooms/data-exchange/jobs/inspect/inspect-job'
import type { ChangeMode, ChangeRun } from '@/rooms/data-exchange/land-change'
import { DEFAULT_HOUSEHOLD_RULE } from '@/rooms/data-exchange/model'
import type { FileChoice, Pair } from '@/rooms/data-exchange/model'
import { packChunks } from '@/rooms/data-exchange/operations/pack-chunks'
import type { Chunk } from '@/rooms/data-exchange/operations/pack-chunks'
import { boundsOf } from '@/rooms/data-exchange/geometry/lng-lat-bounds'
import type { PreparedLand } from '@/rooms/data-exchange/prepared-import'
import type { SourceFile } from '@/rooms/data-exchange/readers/read-file'
import type { StandingLand } from '@/rooms/data-exchange/standing-land'
import { fileOf } from '../fixtures/import/make-files'

const CONTROL = { onProgress() {} }
export const IMPORT_WORDS = { community: 'Community {n}', compound: 'Yard {n}', room: 'estimated {n}' }

/** What a person would say of each file: WGS84, layers by row. */
export async function choicesOf(files: readonly SourceFile[]): Promise<FileChoice[]> {
  const summaries = await Promise.all(files.map((file) => inspectJob(file, CONTROL)))
  return summaries.map(({ mapping }) => ({ system: 'wgs84', layer: null, mapping }))
}

async function prepare(files: readonly SourceFile[], street: { code: string; name: string }): Promise<{ prepared: PreparedLand; report: unknown }> {
  const run = await dryRunJob({
    files,
    options: {
      files: await choicesOf(files), boundary: { kind: 'extent', paddingM: 50 }, households: DEFAULT_HOUSEHOLD_RULE, communityKind: 'urban', street,
      districtBounds: null, limits: { lower: 300, upper: 500, target: 400 }, words: IMPORT_WORDS,
    },
  }, CONTROL)
  if (run.prepared === null) throw new Error(`expected a land, got ${JSON.stringify(run.findingCounts)}`)
  return { prepared: run.prepared, report: run.report }
}

/** Files to the rows of a new land, as the room sends them. */
export async function importOfFiles(files: readonly SourceFile[], street: { code: string; name: string }): Promise<{ meta: Record<string, unknown>; chunks: Chunk[] }> {
  const { prepared, report } = await prepare(files, street)
  return { meta: { frame: prepared.land.frame, source: report, street }, chunks: [...packChunks(prepared, DEFAULT_HOUSEHOLD_RULE, IMPORT_WORDS)] }
}

/** A made-up town as it would stand in the database after its import: every thing with an id of its own, two members in the first house. */
export async function standingTown(town: { buildings: string; streets: string }): Promise<{ land: Land; standing: StandingLand; bounds: LngLatBounds }> {
  const { prepared } = await prepare([fileOf('buildings.geojson', town.buildings), fileOf('streets.geojson', town.streets)], { code: '370116901000', name: 'S' })
  const { land: cut, communities, buildings, streets } = prepared
  const ids = (count: number, from: number) => Int32Array.from({ length: count }, (_, k) => from + k)
  const land: Land = { ...cut, cellIds: ids(cut.cellIds.length, 1000), arcIds: ids(cut.arcIds.length, 5000), nodeIds: ids(cut.nodeIds.length, 9000) }
  return {
    land,
    bounds: boundsOf(buildings.flatMap(({ polygons }) => polygons[0][0]))!,
    standing: {
      landId: 1, orgUnitId: 5, edition: 4, drafts: [], compounds: [], features: [],
      communities: communities.map(({ code, name, kind }, k) => ({ id: 70 + k, code, name, kind })),
      buildings: buildings.map((b, k) => ({
        id: 300 + k, cell: land.cellIds[b.cell], community: 70 + b.community, compound: null, sourceRef: b.sourceId, name: b.name, address: b.address,
        kind: b.kind, floors: b.floors, underground: false, needsReview: null, households: b.households, members: k === 0 ? 2 : 0,
        lng: b.at[0], lat: b.at[1], polygons: b.polygons as Pair[][][],
      })),
      streets: streets.map((s, k) => ({
        id: 600 + k, sourceRef: s.sourceId, name: s.name, class: s.highway, hard: true, tunnel: '', bridge: '', layer: 0, line: s.line as Pair[],
      })),
    },
  }
}

/** A land as the console has it once it is loaded. */
export const scopeOf = (snapshot: SnapshotJson): Scope => decodeSnapshot(snapshot, buildCellAdjacency)

/** Dry run of a change of a land that stands in a database. */
export async function changeOfFiles(files: readonly SourceFile[], scope: Scope, standing: StandingLand, mode: ChangeMode): Promise<ChangeRun> {
  return changeRunJob({
    files, options: { files: await choicesOf(files), households: DEFAULT_HOUSEHOLD_RULE }, land: scope.land, standing, mode, bounds: scope.bounds,
  }, CONTROL)
}
