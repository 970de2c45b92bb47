#!/usr/bin/env node
// npm run bench -- <suite> [--instances DIR] [--seconds N] [--json FILE] [--plans DIR]
// Runs tests/bench/<suite>.ts, prints its rows as a table and, if asked, writes them as a JSON array to a new file.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { register } from 'tsx/esm/api'

const here = dirname(fileURLToPath(import.meta.url))
const suites = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && name !== 'row.ts')
  .filter((name) => !/[-.](harness|instances|peer)\.ts$/.test(name))
  .map((name) => name.slice(0, -3))
  .sort()

const usage = `Usage: npm run bench -- <suite> [--instances DIR] [--seconds N] [--json FILE] [--plans DIR]
Suites: ${suites.join(', ')}`

function fail(message) {
  console.error(message)
  process.exit(2)
}

let parsed
try {
  parsed = parseArgs({
    allowPositionals: true,
    options: { instances: { type: 'string' }, seconds: { type: 'string' }, json: { type: 'string' }, plans: { type: 'string' } },
  })
} catch (error) {
  fail(`${error.message}\n${usage}`)
}
const { positionals, values } = parsed
const [suite] = positionals
if (positionals.length !== 1 || !suites.includes(suite)) fail(usage)

const seconds = values.seconds === undefined ? null : Number(values.seconds)
if (seconds !== null && !(seconds > 0)) fail(`--seconds expected a positive number, got "${values.seconds}"`)

const instancesDir = values.instances === undefined ? null : resolve(values.instances)
if (instancesDir !== null && !(existsSync(instancesDir) && statSync(instancesDir).isDirectory())) {
  fail(`--instances expected a folder, got "${values.instances}"`)
}

const plansDir = values.plans === undefined ? null : resolve(values.plans)
const jsonFile = values.json === undefined ? null : resolve(values.json)
if (jsonFile !== null) {
  if (existsSync(jsonFile)) fail(`--json refuses to overwrite "${values.json}": results are kept, name a new file`)
  if (!existsSync(dirname(jsonFile))) fail(`--json: the folder of "${values.json}" does not exist`)
}

const COLUMNS = [
  'suite', 'instance', 'size', 'value', 'bestKnown', 'bound', 'gapPct', 'ms', 'peer', 'peerValue', 'peerMs', 'ratio',
]
/** Columns that rows about plans of grids carry beside those. */
const PLAN_COLUMNS = [
  'mode', 'k', 'inBand', 'inPieces', 'meanDevPct', 'maxDevPct', 'cutEdges', 'splitCompounds', 'movedPct', 'boundPct',
]
const TEXT_COLUMNS = ['suite', 'instance', 'peer', 'mode']

function cell(value) {
  if (value === null) return '–'
  if (typeof value !== 'number') return value
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  const magnitude = Math.abs(value)
  return magnitude >= 100 ? value.toFixed(1) : magnitude >= 1 ? value.toFixed(2) : value.toPrecision(3)
}

/** Columns a terminal gives a text: CJK and full-width characters take two. */
function widthOf(text) {
  let width = 0
  for (const character of text) width += /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1
  return width
}

function printTable(rows) {
  const columns = [...COLUMNS, ...PLAN_COLUMNS.filter((column) => rows.some((row) => column in row))]
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column] ?? null)))]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index]))))
  const isText = (index) => TEXT_COLUMNS.includes(columns[index])
  lines.forEach((line, number) => {
    const padded = line.map((text, index) => {
      const space = ' '.repeat(widths[index] - widthOf(text))
      return isText(index) ? text + space : space + text
    })
    console.log(padded.join('  ').trimEnd())
    if (number === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  })
}

function checkRow(row, index) {
  const columns = [...COLUMNS, ...PLAN_COLUMNS.filter((column) => column in row)]
  for (const column of columns) {
    const value = row[column]
    const isTextColumn = TEXT_COLUMNS.includes(column)
    const fits = isTextColumn ? typeof value === 'string' : typeof value === 'number' && Number.isFinite(value)
    const mayBeNull = column !== 'suite' && column !== 'instance' && column !== 'size'
    if (!fits && !(mayBeNull && value === null)) {
      throw new Error(`row ${index} of suite ${suite}: ${column} expected ${isTextColumn ? 'text' : 'a number'}, got ${value}`)
    }
  }
  return Object.fromEntries(columns.map((column) => [column, row[column]]))
}

register()
const { default: run } = await import(pathToFileURL(resolve(here, `${suite}.ts`)).href)
if (typeof run !== 'function') fail(`tests/bench/${suite}.ts must export its run function as default`)

const started = performance.now()
const rows = (await run({ instancesDir, secondsPerInstance: seconds, plansDir, say: (line) => console.log(line) })).map(checkRow)
printTable(rows)
console.log(`${rows.length} rows, ${((performance.now() - started) / 1000).toFixed(1)} s`)
// 'wx' closes the gap between the check above and this write: a file that appeared meanwhile is kept too.
if (jsonFile !== null) writeFileSync(jsonFile, `${JSON.stringify(rows, null, 2)}\n`, { flag: 'wx' })
process.exit(0)
