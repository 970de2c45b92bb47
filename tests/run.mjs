#!/usr/bin/env node
// npm test [-- suite …]: sets everything up, runs the suites, three at a time, and ends with the line "N passed, N failed".
// With CI=true a suite that could not run makes it fail.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkNode } from '../supabase/local/set-up/check-node.mjs'
import { installPackages } from '../supabase/local/set-up/install-packages.mjs'

const projectDir = join(dirname(fileURLToPath(import.meta.url)), '..')
const isCi = process.env.CI === 'true'
const say = (line) => console.log(line)

/** A suite that hangs must not hang everything after it. */
const SUITE_LIMIT_MS = 30 * 60_000

const bin = (name) => join(projectDir, 'node_modules', '.bin', name)
const check = (name, program, ...words) => ({ name, kind: 'check', command: [program, ...words], needs: [] })
const tests = (name, folder, ...needs) => ({ name, kind: 'tests', folder, needs })

/** The longest first, so that the last to end leave nobody waiting long. */
const SUITES = [
  tests('e2e', 'tests/e2e', 'chromium', 'font'),
  tests('sql', 'tests/sql', 'postgres'),
  tests('server', 'tests/sql/server', 'postgres'),
  tests('unit', 'tests/unit'),
  tests('agreement', 'tests/agreement', 'postgres'),
  check('types', bin('vue-tsc'), '--noEmit', '-p', 'tsconfig.json'),
  tests('component', 'tests/component'),
  check('lint', bin('eslint'), '-c', 'tests/eslint.config.js', '.', '--max-warnings', '0'),
  tests('architecture', 'tests/architecture'),
  check('unused', bin('knip'), ...(existsSync(join(projectDir, 'tests/knip.json')) ? ['--config', 'tests/knip.json'] : [])),
  check('build', process.execPath, 'tests/setup/check-bundle.mjs'),
]

checkNode()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. Suites: ${SUITES.map((suite) => suite.name).join(' ')}`)
  process.exit(2)
}
const startedAt = Date.now()
await installPackages(say, { isForTests: true })
const { installPrograms } = await import('./setup/install-programs.mjs')
const absent = installPrograms(say)
const logDir = mkdtempSync(join(tmpdir(), 'gewu-tests-'))
say(`set up in ${seconds(startedAt)}; logs in ${logDir}`)

const total = { passed: 0, failed: 0 }
const notRun = []
const chosen = SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
// Two cores, and every suite waits at times, for a browser, a lock or a process that was killed: three at once keep both busy.
const AT_ONCE = 3
const waiting = [...chosen]
await Promise.all(Array.from({ length: AT_ONCE }, runInTurn))

async function runInTurn() {
  for (let suite = waiting.shift(); suite; suite = waiting.shift()) await runSuite(suite)
}

async function runSuite(suite) {
  const why = whyNot(suite)
  if (why) {
    notRun.push(`${suite.name}: ${why}`)
    say(`${suite.name.padEnd(13)} did not run: ${why}`)
    return
  }
  const suiteStartedAt = Date.now()
  const result = suite.kind === 'check' ? await runCheck(suite) : await runTests(suite)
  total.passed += result.passed
  total.failed += result.failed
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : ''
  if (result.skipped > 0) notRun.push(`${suite.name}: ${result.skipped} tests skipped themselves`)
  say(`${suite.name.padEnd(13)} ${result.passed} passed, ${result.failed} failed${skipped}  ${seconds(suiteStartedAt)}`)
  for (const line of result.trouble) say(line)
}

say(`${seconds(startedAt)} in all`)
if (notRun.length > 0) say(`Not run:\n  ${notRun.join('\n  ')}`)
process.exitCode = total.failed > 0 || (isCi && notRun.length > 0) ? 1 : 0
say(`${total.passed} passed, ${total.failed} failed`)

function whyNot({ needs, folder }) {
  for (const need of needs) if (absent[need]) return `to enable it: ${absent[need]}`
  if (folder && !holdsTests(join(projectDir, folder))) return `there are no tests in ${folder}`
  return null
}

function holdsTests(folder) {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.(test|e2e)\.ts$/.test(name))
}

async function runCheck({ name, command: [program, ...words] }) {
  const { code, logFile } = await run(name, program, words)
  if (code === 0) return { passed: 1, failed: 0, skipped: 0, trouble: [] }
  return { passed: 0, failed: 1, skipped: 0, trouble: lastLines(logFile, 60) }
}

async function runTests({ name }) {
  const reportFile = join(logDir, `${name}.json`)
  const words = ['run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const { code, logFile } = await run(name, bin('vitest'), words)
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0, trouble: lastLines(logFile, 60) }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'))
  const trouble = []
  let brokenFiles = 0
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    for (const test of failed) trouble.push(`  ✗ ${test.fullName}`, ...indent(test.failureMessages.join('\n'), 24))
    // A file that does not load has no tests to fail; it counts as one.
    if (file.status === 'failed' && failed.length === 0) {
      brokenFiles += 1
      trouble.push(`  ✗ ${file.name.slice(projectDir.length)}`, ...indent(file.message ?? '', 12))
    }
  }
  let failed = report.numFailedTests + brokenFiles
  if (failed === 0 && code !== 0) {
    failed = 1
    trouble.push(...lastLines(logFile, 40))
  }
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests, trouble }
}

/** Runs a program with its output in a log of its own. */
function run(name, program, words) {
  const logFile = join(logDir, `${name}.log`)
  const log = createWriteStream(logFile)
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      cwd: projectDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
      shell: process.platform === 'win32',
    })
    const limit = setTimeout(() => {
      log.write(`\nstopped after ${SUITE_LIMIT_MS / 60_000} minutes\n`)
      child.kill('SIGKILL')
    }, SUITE_LIMIT_MS)
    child.stdout.on('data', (chunk) => log.write(chunk))
    child.stderr.on('data', (chunk) => log.write(chunk))
    child.on('error', (error) => log.write(`${error.message}\n`))
    child.on('close', (code) => {
      clearTimeout(limit)
      log.end(() => resolve({ code: code ?? 1, logFile }))
    })
  })
}

function lastLines(file, count) {
  return indent(readFileSync(file, 'utf8'), count, true)
}

function indent(text, count, fromEnd = false) {
  const lines = text.trimEnd().split('\n')
  return (fromEnd ? lines.slice(-count) : lines.slice(0, count)).map((line) => `      ${line}`)
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}
