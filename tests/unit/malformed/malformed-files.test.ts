import { describe, expect, it } from 'vitest'
import { dryRunJob } from '@/rooms/data-exchange/jobs/dry-run/dry-run-job'
import { findingsEn } from '@/rooms/data-exchange/messages/findings-en'
import { findingsZh } from '@/rooms/data-exchange/messages/findings-zh'
import { DEFAULT_HOUSEHOLD_RULE } from '@/rooms/data-exchange/model'
import type { FileChoice, Pair } from '@/rooms/data-exchange/model'
import { cleanFiles } from '@/rooms/data-exchange/operations/clean-files'
import type { DryRun } from '@/rooms/data-exchange/prepared-import'
import { FindingList } from '@/rooms/data-exchange/readers/finding-list'
import { joinRings } from '@/rooms/data-exchange/readers/join-rings'
import { readFile } from '@/rooms/data-exchange/readers/read-file'
import type { ReadOutcome, SourceFile } from '@/rooms/data-exchange/readers/read-file'
import { collection, feature, fileOf, polygon, square, town } from '../../fixtures/import/make-files'
import { MALFORMED_LAYERS, SCRIBBLES } from '../../helpers/malformed/land-files'
import type { MalformedFile } from '../../helpers/malformed/manifest'
import { PACKED_FILES } from '../../helpers/malformed/packed-files'
import { ODD_TEXTS, TEXT_FILES } from '../../helpers/malformed/text-files'
import { IMPORT_WORDS } from '../../helpers/town-import'

const watch = { progress() {}, async breathe() {} }
const CONTROL = { onProgress() {} }
const FILES = [...TEXT_FILES, ...PACKED_FILES]

/** How the outcome differs from what the manifest says; empty where it does not. */
function differences({ ends }: MalformedFile, outcome: ReadOutcome): string[] {
  const codes = typeof ends.code === 'string' ? [ends.code] : ends.code
  const seen = outcome.findings.map(({ code, severity, row, field }) => `${code} ${severity} row ${row} ${field ?? ''}`)
  const found = outcome.findings.find(({ code }) => codes.includes(code))
  if (found === undefined) return [`expected ${codes.join(' or ')}, got ${seen.join('; ') || 'nothing'}`]
  const faults: string[] = []
  if (!outcome.findings.some((one) => codes.includes(one.code) && one.severity === ends.severity &&
    (ends.row === undefined || one.row === ends.row) && (ends.field === undefined || one.field === ends.field))) {
    faults.push(`expected ${ends.severity} in row ${ends.row} ${ends.field ?? ''}, got ${seen.join('; ')}`)
  }
  if (ends.rows !== undefined && outcome.features.length !== ends.rows) faults.push(`expected ${ends.rows} rows, got ${outcome.features.length}`)
  for (const { code, remedyKey } of outcome.findings) {
    if (remedyKey !== `remedy.${code}`) faults.push(`${code} names the remedy ${remedyKey}`)
    for (const words of [findingsZh[code], findingsEn[code]]) if (!words?.[0] || !words[1]) faults.push(`${code} has no words or no remedy`)
  }
  return faults
}

describe('malformed files', () => {
  it(`${FILES.length} of them end as the manifest says, each with a remedy in both languages`, async () => {
    const faults: string[] = []
    for (const file of FILES) {
      const outcome = await readFile(fileOf(file.name, file.content), 0, watch)
      for (const fault of differences(file, outcome)) faults.push(`${file.name}, ${file.what}: ${fault}`)
    }
    expect(faults).toEqual([])
  })

  it(`${ODD_TEXTS.length} texts that are none come out as text a database takes`, async () => {
    for (const [what, json] of ODD_TEXTS) {
      const row = JSON.stringify(feature(polygon(square(117.6, 36.2, 20)), { building: 'yes', id: '@id', '@key': 1, name: '@name' }))
      const texts = collection([]).replace('[\n\n]', `[\n${row.replace('"@name"', json).replace('"@id"', json).replace('"@key"', json.startsWith('"') ? json : '"k"')}]`)
      const { features } = await readFile(fileOf('a.geojson', texts), 0, watch)
      expect(features, what).toHaveLength(1)
      for (const text of [features[0].sourceId, ...Object.entries(features[0].properties).flat()]) {
        expect(text, what).not.toMatch(/[\p{Surrogate}\0]/u)
        expect(text.length, what).toBeLessThanOrEqual(200)
      }
    }
  })
})

describe('malformed land', () => {
  const { buildings, streets } = town(117.6, 36.2, 1)
  const sound = [fileOf('buildings.geojson', buildings), fileOf('streets.geojson', streets)]
  const houses = 9

  /** A dry run of the sound town and one file more. */
  async function runWith(file: SourceFile, choice: Pick<FileChoice, 'layer' | 'system'>): Promise<DryRun> {
    const mapping = { name: 'name', code: 'code', floors: 'building:levels', households: null, address: null }
    const files = [0, 1, 2].map((k): FileChoice => ({ system: 'wgs84', layer: null, mapping, ...(k === 2 ? choice : {}) }))
    return dryRunJob({
      files: [...sound, file],
      options: {
        files, boundary: { kind: 'extent', paddingM: 50 }, households: DEFAULT_HOUSEHOLD_RULE, communityKind: 'urban', districtBounds: null,
        street: { code: '370116901000', name: 'S' }, limits: { lower: 300, upper: 500, target: 400 }, words: IMPORT_WORDS,
      },
    }, CONTROL)
  }
  const seen = ({ findings }: DryRun) => findings.filter(({ file }) => file === 2).map(({ code, severity, row }) => `${code} ${severity} row ${row}`)

  it(`${MALFORMED_LAYERS.length} layers that are none, in every layer and system, end as the manifest says`, async () => {
    const faults: string[] = []
    for (const { what, layer, system, content, ends } of MALFORMED_LAYERS) {
      const run = await runWith(fileOf('a.geojson', content), { layer, system })
      if (!seen(run).includes(`${ends.code} ${ends.severity} row ${ends.row}`)) {
        faults.push(`${layer}, ${what}: expected ${ends.code} ${ends.severity} in row ${ends.row}, got ${seen(run).join('; ') || 'nothing'}`)
      }
      if ((run.prepared !== null) !== ends.goesOn) faults.push(`${layer}, ${what}: ${ends.goesOn ? `the town was not prepared: ${run.findings.filter(({ severity }) => severity === 'blocker').map(({ code, values }) => `${code} ${JSON.stringify(values)}`).join()}` : 'something was prepared'}`)
      for (const { code } of run.findings) for (const words of [findingsZh[code], findingsEn[code]]) if (!words?.[0] || !words[1]) faults.push(`${code} has no words or no remedy`)
    }
    expect(faults).toEqual([])
  })

  it(`${SCRIBBLES.length} outlines drawn by lot are used, or named by row, and the town goes on`, async () => {
    for (const [k, content] of SCRIBBLES.entries()) {
      const run = await runWith(fileOf('a.geojson', content), { layer: 'building', system: 'wgs84' })
      const used = run.prepared!.buildings.length - houses
      const named = run.findings.filter(({ file, row, severity }) => file === 2 && row === 2 && severity === 'error').length
      expect([k, used + named], content).toEqual([k, 1])
    }
  })

  it('nothing is prepared beside a file that could not be read', async () => {
    const unread = FILES.filter(({ ends }) => ends.severity === 'blocker')
    for (const { name, what, content } of unread) {
      const { prepared, findings } = await runWith(fileOf(name, content), { layer: null, system: 'wgs84' })
      expect(prepared, `${name}, ${what}`).toBe(null)
      expect(findings.some(({ file, severity }) => file === 2 && severity === 'blocker'), `${name}, ${what}`).toBe(true)
    }
  })

  it('an outline of 150,000 points that comes twice is one building', () => {
    const round = Array.from({ length: 150_001 }, (_, k): Pair => {
      const turn = (2 * Math.PI * (k % 150_000)) / 150_000
      return [117 + 0.03 * Math.cos(turn), 36 + 0.03 * Math.sin(turn)]
    })
    const features = [1, 2].map((row) => ({ row, sourceId: `${row}`, properties: { building: 'yes' }, geometry: { type: 'Polygon' as const, coordinates: [round] } }))
    const findings = new FindingList(0)
    const mapping = { name: null, code: null, floors: null, households: null, address: null }
    const land = cleanFiles([{ name: 'a.geojson', features, choice: { system: 'wgs84', layer: null, mapping } }], DEFAULT_HOUSEHOLD_RULE, findings)
    expect(land.buildings).toHaveLength(1)
    expect(findings.list).toMatchObject([{ code: 'duplicate_outline', row: 2, severity: 'error' }])
  })

  it('a relation whose 60,000 ways begin at one place is looked through once', () => {
    const ways = Array.from({ length: 60_000 }, (_, k) => [1, k + 2])
    expect(joinRings(ways)).toEqual({ rings: [], open: 60_000 })
    // A way of 200,000 places is carried on by another.
    const long = Array.from({ length: 200_000 }, (_, k) => k + 1)
    expect(joinRings([[1, 900_000, 200_000], long]).rings[0]).toHaveLength(200_002)
  })
})
