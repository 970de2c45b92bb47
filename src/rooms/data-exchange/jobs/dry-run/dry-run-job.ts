import { cutLand } from '@/algorithms/topology/cut-land'
import { LandError } from '@/algorithms/topology/land-input'
import type { LandCut } from '@/algorithms/topology/land-input'
import type { JobControl } from '@/jobs/job'
import { boundsOf } from '../../geometry/lng-lat-bounds'
import type { ImportOptions } from '../../model'
import { checkTogether } from '../../operations/check-together'
import { cleanFiles } from '../../operations/clean-files'
import type { CleanLand } from '../../operations/clean-land'
import { landBoundary } from '../../operations/land-boundary'
import type { LandArea } from '../../operations/land-boundary'
import { noteDerived, noteOpenWater } from '../../operations/note-derived'
import { prepareLand } from '../../operations/prepare-land'
import { sampleOfFile } from '../../operations/sample-of-file'
import { toLandInput } from '../../operations/to-land-input'
import type { DryRun, ImportReport } from '../../prepared-import'
import { FindingList } from '../../readers/finding-list'
import { readFile } from '../../readers/read-file'
import type { ReadOutcome, SourceFile } from '../../readers/read-file'

export interface DryRunInput {
  readonly files: readonly SourceFile[]
  readonly options: ImportOptions
}

/** Share of the time each stage begins at, measured on dense land. */
const STAGE_SHARE: Readonly<Record<string, number>> = { read: 0, clean: 0.06, check: 0.12, cut: 0.15, group: 0.75, done: 1 }

/** All of an import but the writing: rows to cells and grids, with everything found on the way. Never throws for bad input. */
export async function dryRunJob({ files, options }: DryRunInput, control: JobControl): Promise<DryRun> {
  const findings = new FindingList(-1)
  const stages: { name: string; ms: number }[] = []
  const begun = performance.now()
  let last = begun
  const stage = (name: string, share: number) => control.onProgress(STAGE_SHARE[name] + share, name)
  const ended = (name: string) => {
    stages.push({ name, ms: Math.round(performance.now() - last) })
    last = performance.now()
  }
  const breathe = async () => {
    if (control.signal?.aborted) throw new LandError('aborted')
  }

  const outcomes: ReadOutcome[] = []
  for (const [index, file] of files.entries()) {
    const progress = (done: number) => stage('read', (STAGE_SHARE['clean'] * (index + done)) / files.length)
    const outcome = await readFile(file, index, { progress, breathe })
    findings.take(outcome.findings, outcome.findingCounts)
    outcomes.push(outcome)
  }
  ended('read')

  stage('clean', 0)
  const rows = outcomes.map((outcome, index) => ({ name: files[index].name, features: outcome.features, choice: options.files[index] }))
  const land = cleanFiles(rows, options.households, findings)
  ended('clean')

  stage('check', 0)
  const area = landBoundary(land, options.boundary)
  if (options.boundary.kind === 'polygon' && area?.chosen === null) findings.add('boundary_missing', 'blocker', null)
  checkTogether(land, area?.chosen ?? null, options.districtBounds, findings)
  noteDerived(land, area, options, findings)
  ended('check')

  const report = (): ImportReport => makeReport(files, outcomes, options, land, area, findings)
  const stopped = (): DryRun => ({
    prepared: null,
    findings: findings.list,
    findingCounts: findings.counts,
    figures: null,
    report: report(),
    bounds: boundsOf(land.buildings.map(({ at }) => [at[0], at[1]] as const)),
    stages,
  })
  if (area === null || findings.blocked) return stopped()

  const cut = cutOrSay(land, area, control, findings)
  ended('cut')
  if (cut === null) return stopped()

  noteOpenWater(land, area, cut, findings)
  stage('group', 0)
  const result = prepareLand(land, area, cut, options, findings, (done) => stage('group', 0.24 * done))
  ended('group')
  if (findings.blocked) return stopped()
  stage('done', 0)
  return {
    prepared: result.prepared,
    findings: findings.list,
    findingCounts: findings.counts,
    figures: result.figures,
    report: { ...report(), communitiesGenerated: result.communitiesGenerated },
    bounds: boundsOf(area.polygons.flatMap(([shell]) => shell)),
    stages,
  }
}

function cutOrSay(land: CleanLand, area: LandArea, control: JobControl, findings: FindingList): LandCut | null {
  try {
    return cutLand(toLandInput(land, area), {
      signal: control.signal,
      onProgress: (share, pass) => control.onProgress(STAGE_SHARE['cut'] + share * (STAGE_SHARE['group'] - STAGE_SHARE['cut']), pass),
    })
  } catch (error) {
    if (!(error instanceof LandError) || error.code === 'aborted') throw error
    const known = error.code === 'land_empty' || error.code === 'land_too_large'
    findings.add(known ? error.code : 'land_failed', 'blocker', null, { reason: error.code, ...error.details })
    return null
  }
}

function makeReport(
  files: readonly SourceFile[],
  outcomes: readonly ReadOutcome[],
  options: ImportOptions,
  land: CleanLand,
  area: LandArea | null,
  findings: FindingList,
): ImportReport {
  return {
    files: files.map((file, index) => ({
      name: file.name,
      sizeBytes: file.size,
      system: options.files[index].system,
      rows: outcomes[index].features.length,
      sample: sampleOfFile(outcomes[index].features, options.files[index].system),
    })),
    findings: findings.counts,
    householdsDerived: land.buildings.filter((building) => !building.householdsKnown && building.households > 0).length,
    floorsAssumed: land.buildings.filter((building) => !building.floorsKnown).length,
    communitiesGenerated: 0,
    boundary: area?.drawnFrom ?? 'buildings',
  }
}
