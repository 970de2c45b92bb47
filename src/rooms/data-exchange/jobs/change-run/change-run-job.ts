import { recutLand } from '@/algorithms/topology/recut-land'
import type { LandRecut } from '@/algorithms/topology/recut-land'
import { LandError } from '@/algorithms/topology/land-input'
import type { Land } from '@/core/land'
import type { LngLatBounds } from '@/core/units'
import type { JobControl } from '@/jobs/job'
import { boundsOf } from '../../geometry/lng-lat-bounds'
import type { ChangeMode, ChangeRun, LandChange } from '../../land-change'
import type { ImportOptions, Pair } from '../../model'
import { changeInput } from '../../operations/change-input'
import { cleanFiles } from '../../operations/clean-files'
import { mergeLand } from '../../operations/merge-land'
import { checkAgainstLand, noteChange } from '../../operations/note-change'
import { sampleOfFile } from '../../operations/sample-of-file'
import { settleChange } from '../../operations/settle-change'
import { FindingList } from '../../readers/finding-list'
import { readFile } from '../../readers/read-file'
import type { ReadOutcome, SourceFile } from '../../readers/read-file'
import type { StandingLand } from '../../standing-land'

export interface ChangeRunInput {
  readonly files: readonly SourceFile[]
  readonly options: Pick<ImportOptions, 'files' | 'households'>
  readonly land: Land
  readonly standing: StandingLand
  readonly mode: ChangeMode
  /** Bounds of the land. */
  readonly bounds: LngLatBounds
}

/** Share of the time each stage begins at. */
const STAGE_SHARE: Readonly<Record<string, number>> = { read: 0, clean: 0.15, compare: 0.3, recut: 0.45, settle: 0.9, done: 1 }
/** Streets and water this far outside the land are kept with it, as at its first import. */
const MARGIN_M = 150

/** All of a change but the writing: files against what stands there, and only the cells cut again that it touches. Never throws for bad input. */
export async function changeRunJob({ files, options, land, standing, mode, bounds }: ChangeRunInput, control: JobControl): Promise<ChangeRun> {
  const findings = new FindingList(-1)
  const stages: { name: string; ms: number }[] = []
  let last = performance.now()
  const begin = (name: string, share = 0) => control.onProgress(STAGE_SHARE[name] + share, name)
  const ended = (name: string) => {
    stages.push({ name, ms: Math.round(performance.now() - last) })
    last = performance.now()
  }
  const breathe = async () => {
    if (control.signal?.aborted) throw new LandError('aborted')
  }

  const outcomes: ReadOutcome[] = []
  for (const [index, file] of files.entries()) {
    const outcome = await readFile(file, index, { progress: (done) => begin('read', (STAGE_SHARE['clean'] * (index + done)) / files.length), breathe })
    findings.take(outcome.findings, outcome.findingCounts)
    outcomes.push(outcome)
  }
  ended('read')
  begin('clean')
  const rows = outcomes.map((outcome, index) => ({ name: files[index].name, features: outcome.features, choice: options.files[index] }))
  const clean = cleanFiles(rows, options.households, findings)
  ended('clean')
  const result = (change: LandChange | null): ChangeRun => ({
    change,
    findings: findings.list,
    findingCounts: findings.counts,
    report: {
      files: files.map((file, index) => ({
        name: file.name, sizeBytes: file.size, system: options.files[index].system, rows: outcomes[index].features.length,
        sample: sampleOfFile(outcomes[index].features, options.files[index].system),
      })),
      findings: findings.counts,
      householdsDerived: change?.merged.buildings.filter(({ state, clean: row }) => state === 'added' && row !== null && !row.householdsKnown).length ?? 0,
      floorsAssumed: change?.merged.buildings.filter(({ state, clean: row }) => state === 'added' && row !== null && !row.floorsKnown).length ?? 0,
      communitiesGenerated: 0,
      boundary: 'communities',
    },
    bounds: change === null ? boundsOf(clean.buildings.map(({ at }) => at as Pair)) : boundsOfChanges(change, bounds),
    stages,
  })

  begin('compare')
  checkAgainstLand(land, clean, findings)
  if (findings.blocked) return result(null)
  const merged = mergeLand(standing, clean, mode, land.frame, wider(bounds, land))
  noteChange(standing, merged, options.households, findings)
  ended('compare')

  begin('recut')
  let recut: LandRecut
  try {
    recut = recutLand(changeInput(land, standing, merged), {
      signal: control.signal,
      onProgress: (share, pass) => control.onProgress(STAGE_SHARE['recut'] + share * (STAGE_SHARE['settle'] - STAGE_SHARE['recut']), pass),
    })
  } catch (error) {
    if (!(error instanceof LandError) || error.code === 'aborted') throw error
    findings.add(error.code === 'land_empty' ? 'land_empty' : 'land_failed', 'blocker', null, { reason: error.code, ...error.details })
    return result(null)
  }
  ended('recut')
  begin('settle')
  const change = settleChange(land, standing, merged, recut, findings)
  if (change.list.length === 0) findings.add('change_none', 'blocker', null)
  ended('settle')
  begin('done')
  return result(findings.blocked ? null : change)
}

function wider([west, south, east, north]: LngLatBounds, { frame }: Land): LngLatBounds {
  const [lng, lat] = [MARGIN_M / frame.mPerDegLng, MARGIN_M / frame.mPerDegLat]
  return [west - lng, south - lat, east + lng, north + lat]
}

/** Where to look: at the changes, with some room around. */
function boundsOfChanges({ list }: LandChange, land: LngLatBounds): LngLatBounds {
  const bounds = boundsOf(list.map(({ at }) => at as Pair))
  if (bounds === null) return land
  const [west, south, east, north] = bounds
  return [west - 0.001, south - 0.001, east + 0.001, north + 0.001]
}
