import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestCase, Vitest } from 'vitest/node'
import { startVitest } from 'vitest/node'
import { PROJECT_DIR } from '../../supabase/local/settings'
import { benchRow, type BenchContext, type Row } from './row'

/** Tests that show a promise kept, and which of the lines they print tell its figures. */
interface Evidence {
  file: string
  /** Names of its tests; all where absent. */
  tests?: RegExp
  /** What it prints; all where absent. */
  says?: RegExp
}

/** The promises of security and reliability, each with the tests that try them. */
const PROMISES: readonly { promise: string; evidence: readonly Evidence[] }[] = [
  {
    promise: '1 everybody reads, calls and changes what the access matrix says, and nothing else',
    evidence: [
      { file: 'tests/sql/access.test.ts' },
      { file: 'tests/sql/catalogue.test.ts' },
      { file: 'tests/sql/accounts-served.test.ts', tests: /nobody without a key|no hidden column/ },
      { file: 'tests/sql/server/native.test.ts', tests: /privilege differs|login that/ },
    ],
  },
  {
    promise: '2 callers mixed on one socket get the answers meant for them',
    evidence: [{ file: 'tests/sql/server/callers.test.ts' }, { file: 'tests/unit/local/guarded-driver.test.ts' }],
  },
  {
    promise: '3 what was confirmed survives a kill, one process holds the data, a backup restores it table by table',
    evidence: [
      { file: 'tests/sql/server/kill.test.ts' },
      { file: 'tests/sql/publish-kill.test.ts' },
      { file: 'tests/unit/local/data-directory.test.ts', tests: /lock of the data folder|folder of the database/ },
      { file: 'tests/sql/server/upkeep.test.ts', tests: /backup|dies|stuck/, says: /restored|told 503/ },
    ],
  },
  {
    promise: '4 malformed files and hostile text change nothing and run nowhere',
    evidence: [
      { file: 'tests/unit/malformed/importers.test.ts' },
      { file: 'tests/unit/malformed/malformed-files.test.ts' },
      { file: 'tests/unit/malformed/malformed-backups.test.ts' },
      { file: 'tests/sql/import.test.ts', tests: /refuses|malformed/ },
      { file: 'tests/unit/rooms/data-exchange/write-csv.test.ts' },
      { file: 'tests/e2e/hostile-text.e2e.ts' },
    ],
  },
  {
    promise: '5 only listed paths answer, attacks get nothing, without secrets nothing starts',
    evidence: [
      { file: 'tests/sql/server/front.test.ts', says: /attacks withstood/ },
      { file: 'tests/unit/local/refuse-request.test.ts' },
      { file: 'tests/unit/local/own-address.test.ts' },
      { file: 'tests/unit/local/data-directory.test.ts', tests: /secrets/ },
    ],
  },
  {
    promise: '6 guessing is slowed alike for accounts that exist and not; sign-out, suspension and ban act at once',
    evidence: [
      { file: 'tests/sql/server/front.test.ts', tests: /guessing|session|suspended|banned/, says: /wrong password/ },
      { file: 'tests/unit/local/sign-in-throttle.test.ts' },
      { file: 'tests/sql/accounts-served.test.ts', tests: /sessions|suspended/, says: /^$/ },
      { file: 'tests/sql/access.test.ts', tests: /very next statement/, says: /^$/ },
    ],
  },
  {
    promise: '7 personal data leaves in clear through one audited function alone',
    evidence: [
      { file: 'tests/sql/personal-data.test.ts' },
      { file: 'tests/sql/access.test.ts', tests: /masks|reveal|append-only|in clear/, says: /^$/ },
      { file: 'tests/sql/verify-audit.test.ts' },
    ],
  },
]

/** What the tests of one file told. */
interface Told {
  cases: { name: string; state: string; why: string }[]
  lines: string[]
}

/**
 * Suite `acceptance`: runs the tests that show each promise kept and prints the figures they count. A row for each promise
 * and database (`both` where there is none, or one test asks both): `size` is tests that ran, `value` those that failed.
 * The kills and the fifty editors are few here; the suites `kills` and `editors` run them in full.
 */
export default async function benchAcceptance({ say }: BenchContext): Promise<Row[]> {
  const files = [...new Set(PROMISES.flatMap(({ evidence }) => evidence.map(({ file }) => file)))]
  const told = await runTests(files)
  const rows: Row[] = []
  for (const [index, { promise, evidence }] of PROMISES.entries()) {
    say(promise)
    const counts = new Map<string, { passed: number; failed: number; skipped: number }>()
    for (const { file, tests, says } of evidence) {
      const { cases, lines } = told.get(file)!
      for (const { name, state, why } of cases.filter((test) => tests?.test(test.name) ?? true)) {
        const database = /\b(embedded|native)\b/.exec(name)?.[1] ?? 'both'
        const count = counts.get(database) ?? { passed: 0, failed: 0, skipped: 0 }
        counts.set(database, count)
        count[state === 'passed' ? 'passed' : state === 'skipped' ? 'skipped' : 'failed'] += 1
        if (state === 'failed') say(`  FAILED ${name}: ${why}`)
        if (state === 'skipped') say(`  did not run: ${name}`)
      }
      for (const line of lines.filter((text) => says?.test(text) ?? true)) say(`  ${line}`)
    }
    for (const [database, { passed, failed, skipped }] of [...counts].sort()) {
      say(`  ${database}: ${passed} tests passed, ${failed} failed${skipped > 0 ? `, ${skipped} did not run` : ''}`)
      rows.push(benchRow({ suite: 'acceptance', instance: `line ${index + 1}, ${database}`, size: passed + failed, value: failed, bound: 0 }))
    }
  }
  return rows
}

async function runTests(files: readonly string[]): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>(files.map((file) => [file, { cases: [], lines: [] }]))
  const toldBy = (path: string) => told.get(relative(PROJECT_DIR, path).replaceAll('\\', '/'))
  let vitest: Vitest | undefined
  const reporter: Reporter = {
    onInit: (started) => void (vitest = started),
    onTestCaseResult(test: TestCase) {
      const { state, errors } = test.result()
      toldBy(test.module.moduleId)?.cases.push({ name: test.fullName, state, why: errors?.[0]?.message ?? '' })
    },
    onUserConsoleLog({ content, taskId }) {
      const path = taskId === undefined ? undefined : vitest?.state.idMap.get(taskId)?.file.filepath
      const lines = stripVTControlCharacters(content).split('\n').filter((line) => line.trim() !== '')
      if (path !== undefined) toldBy(path)?.lines.push(...lines)
    },
    onTestModuleEnd(module) {
      // A file that does not load has no tests to fail; it counts as one.
      for (const { message } of module.errors()) toldBy(module.moduleId)?.cases.push({ name: module.relativeModuleId, state: 'failed', why: message })
    },
  }
  const finished = await startVitest('test', [...files], { root: PROJECT_DIR, watch: false, reporters: [reporter] })
  await finished.close()
  for (const [file, { cases }] of told) if (cases.length === 0) throw new Error(`expected tests in ${file}, got none`)
  return told
}
