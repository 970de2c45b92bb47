import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { seededRandom } from '../../../src/algorithms/shared/seeded-random'
import { compareContents, contentsOfBackup, readBackup } from '../../../supabase/local/backups/backup-file'
import { dataLayout } from '../../../supabase/local/data-directory/layout'
import { lockDataDirectory } from '../../../supabase/local/data-directory/lock'
import { openPglite } from '../../../supabase/local/database/open-pglite'
import { makeSyntheticLand } from '../../helpers/synthetic-land'
import { landRows, type ImportRows } from '../engines/load-land'
import { answered, Refused, type Ask } from './kill-answers'
import { assignOnce, EDITIONS, HALF_ASSIGNED } from './kill-assignment'
import { openOffice, PEOPLE, rpc, signIn, type Caller, type Engine, type Office } from './open-office'

const CHILD_FILE = fileURLToPath(new URL('./serve-child.mjs', import.meta.url))
const PLAN = '00000000-0000-4000-a000-000000000001'
const [A1, A2] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2']
/** A cell at the border of both grids. */
const CELL = 3

const WORK = ['save', 'publish', 'assign', 'import', 'backup'] as const
export type Work = (typeof WORK)[number]

/** What was confirmed of one kind of work, and what was found of it afterwards. */
interface ActReport {
  /** Kills while it was under way. */
  kills: number
  /** Writes that were answered: whatever was, must be there. */
  acknowledged: number
  lost: string[]
  halfDone: string[]
}

export interface KillReport {
  kills: number
  acts: Record<Work, ActReport>
  /** Second openers that were let in. */
  secondOpeners: number
  slowestStartMs: number
}

const moment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A chunk by its import, kind and number. */
const chunkKey = (...parts: [importId: string, kind: string, seq: number]) => parts.join(' ')

interface Acknowledged {
  revisions: number[]
  drafts: string[]
  editions: number[]
  assignments: number[]
  imports: string[]
  chunks: string[]
  lands: number[]
  backups: string[]
}

/**
 * Starts the shipped server again and again, has it save, publish, assign, import and make backups all at once, and kills it (and
 * every other time a native database with it) at a random moment, at most `maxAnswers` answers after it began. Then looks at
 * every row.
 */
export async function killRounds(engine: Engine, rounds: number, seed: number, maxAnswers = 100): Promise<KillReport> {
  const random = seededRandom(seed)
  const office = await openOffice(engine)
  const backupDir = mkdtempSync(join(tmpdir(), 'gewu-kill-backups-'))
  const stopFirst = office.server.stop
  await stopFirst()
  const known: Acknowledged = { revisions: [], drafts: [], editions: [], assignments: [], imports: [], chunks: [], lands: [], backups: [] }
  const acts = Object.fromEntries(WORK.map((work) => [work, { kills: 0, acknowledged: 0, lost: [], halfDone: [] }])) as unknown as Record<Work, ActReport>
  const report: KillReport = { kills: 0, acts, secondOpeners: 0, slowestStartMs: 0 }
  let imports = 0
  try {
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = performance.now()
      const child = await startChild(office, backupDir, known)
      report.slowestStartMs = Math.max(report.slowestStartMs, performance.now() - startedAt)
      report.secondOpeners += opensTwice(office) ? 1 : 0
      const underWay = new Set<Work>()
      const run = { isOn: true, isRefused: false, answers: 0 }
      let goOn: () => void = () => undefined
      const backedUp = new Promise<void>((resolve) => (goOn = resolve))
      const ask: Ask = async (caller, name, body) => {
        const answer = await rpc(office, caller, name, body)
        run.answers += 1
        return answer
      }
      // Counted in answers, so that a slow machine gets as far: an import takes thirteen of its own.
      const answers = Math.floor(random() * maxAnswers)
      const [officer, other, admin] = await Promise.all([PEOPLE.officer, PEOPLE.otherOfficer, PEOPLE.admin].map((person) => signIn(office, person)))
      const notOfTheKill = (error: Error): false => {
        if (!(error instanceof Refused)) return false
        run.isRefused = true
        throw error
      }
      const keepDoing = async (work: Work, step: () => Promise<true>) => {
        underWay.add(work)
        // The first answer that does not come is the kill. Once there were enough, work waits for the backup, which packs at low
        // priority and would stand still beside it, and goes on until the kill.
        while (run.isOn && (await step().catch(notOfTheKill))) if (run.answers >= answers) await backedUp
      }
      const working = [
        keepDoing('save', () => saveOnce(ask, officer!, known)),
        keepDoing('publish', () => publishOnce(ask, other!, known)),
        keepDoing('assign', () => assignOnce(ask, other!, known.assignments)),
        keepDoing('import', () => importOnce(ask, admin!, known, (imports += 1))),
      ]
      if (engine === 'embedded') {
        underWay.add('backup')
        child.stdin!.write('backup\n')
      }
      const backups = known.backups.length + (engine === 'embedded' && round % 5 === 2 ? 1 : 0)
      while (!run.isRefused && (run.answers < answers || known.backups.length < backups)) await moment(5)
      goOn()
      await moment(random() * 60)
      await killed(child)
      run.isOn = false
      await Promise.all(working)
      report.kills += 1
      for (const work of underWay) acts[work].kills += 1
      if (office.cluster && round % 2 === 1) await office.cluster.killAndRestart()
    }
    // Opened once more by the product itself, which recovers what the last kill left, and closed in order.
    await office.reopen()
    await office.server.stop()
    await judge(office, known, backupDir, report)
    return report
  } finally {
    rmSync(backupDir, { recursive: true, force: true })
    await office.close()
  }
}

/** Everything lost or half-done, whatever the work. */
export const faultsOf = ({ acts }: KillReport): string[] => WORK.flatMap((work) => [
  ...acts[work].lost.map((what) => `lost: ${what}`), ...acts[work].halfDone.map((what) => `half-done: ${what}`),
])

/** Says what a report found: a line for all of it, and one for each kind of work. */
export function summary(engine: Engine, report: KillReport): string[] {
  const { kills, acts, secondOpeners, slowestStartMs } = report
  const confirmed = WORK.reduce((sum, work) => sum + acts[work].acknowledged, 0)
  return [
    `${engine}: ${kills} kills, ${confirmed} writes confirmed, ${faultsOf(report).length} lost or half-done, ` +
      `${secondOpeners} second openers let in, slowest start ${(slowestStartMs / 1000).toFixed(1)} s`,
    ...WORK.filter((work) => acts[work].kills > 0).map((work) => {
      const { kills: during, acknowledged, lost, halfDone } = acts[work]
      return `  ${engine}, ${work}: ${during} kills, ${acknowledged} writes confirmed, ${lost.length} lost, ${halfDone.length} half-done`
    }),
  ]
}

/** Starts the office's server in a process of its own and has the office speak to it. */
async function startChild(office: Office, backupDir: string, known: Acknowledged): Promise<ChildProcess> {
  const url = office.cluster?.url('postgres') ?? ''
  const child = spawn(process.execPath, [CHILD_FILE, office.dataDir, url, backupDir], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin!.on('error', () => undefined)
  const first = await new Promise<{ url: string; anonKey: string }>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it answered`)))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = JSON.parse(line) as { url: string; anonKey: string; backup?: string }
      if (said.backup) known.backups.push(said.backup)
      else resolve(said)
    })
  })
  office.server = { ...office.server, ...first }
  return child
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

function opensTwice(office: Office): boolean {
  try {
    lockDataDirectory(office.dataDir, 'second')()
    return true
  } catch {
    return false
  }
}

/** One cell goes to the other grid; which, the server's own document says. */
async function saveOnce(ask: Ask, officer: Caller, known: Acknowledged): Promise<true> {
  const document = answered<{ revision: number; cellIds: number[]; cellGrid: number[]; grids: { id: string }[] }>(
    await ask(officer, 'plan_document', { p_plan: PLAN }))
  const from = document.grids[document.cellGrid[document.cellIds.indexOf(CELL)]!]!.id
  const edit = { delta: { cells: [{ cell: CELL, from, to: from === A1 ? A2 : A1 }], grids: [] }, note: { key: 'kill' } }
  const saved = answered<{ revision: number }>(
    await ask(officer, 'save_plan_draft', { p_plan: PLAN, p_base_revision: document.revision, p_edits: [edit] }))
  known.revisions.push(saved.revision)
  return true
}

async function publishOnce(ask: Ask, officer: Caller, known: Acknowledged): Promise<true> {
  const { planId } = answered<{ planId: string }>(await ask(officer, 'open_plan_draft', { p_land: 2, p_title: '发布' }))
  known.drafts.push(planId)
  const findings = answered<{ code: string; severity: string; gridIds: string[]; values: { compoundId?: number } }[]>(
    await ask(officer, 'check_plan', { p_plan: planId }))
  const waivers = findings.filter(({ severity }) => severity === 'error').map(({ code, gridIds, values }) => ({
    code, gridId: code === 'compound_split' ? null : gridIds[0], compoundId: values.compoundId ?? null, reason: '测试',
  }))
  const { published, editionNumber } = answered<{ published: boolean; editionNumber: number }>(
    await ask(officer, 'publish_plan', { p_plan: planId, p_revision: 0, p_waivers: waivers }))
  if (!published) throw new Refused('expected a publication')
  known.editions.push(editionNumber)
  return true
}

const LAND = makeSyntheticLand({ seed: 5, communities: [2, 1], cells: [6, 6], grids: [2], householdsPerCell: 3 })
const ROWS: ImportRows = landRows(LAND.context, LAND.document())
const IMPORTED = { cells: ROWS.cells!.length, buildings: ROWS.buildings!.length, households: ROWS.households!.length }

async function importOnce(ask: Ask, admin: Caller, known: Acknowledged, number: number): Promise<true> {
  const code = `3702${String(number).padStart(5, '0')}000`
  const meta = { frame: LAND.context.land.frame, source: {}, street: { code, name: `导入 ${code}` } }
  const { importId } = answered<{ importId: string }>(
    await ask(admin, 'import_begin', { p_kind: 'land', p_org_unit: 1, p_meta: meta }))
  known.imports.push(importId)
  const communities = ROWS.communities!.map((row, index) => ({ ...row, code: String(Number(code) + index + 1) }))
  for (const [kind, rows] of Object.entries({ ...ROWS, communities })) {
    answered(await ask(admin, 'import_chunk', { p_import: importId, p_kind: kind, p_seq: 0, p_rows: rows }))
    known.chunks.push(chunkKey(importId, kind, 0))
  }
  known.lands.push(answered<{ landId: number }>(await ask(admin, 'import_commit', { p_import: importId })).landId)
  return true
}

/** What must be true of every row whenever the server was killed. */
const HALF_DONE: readonly [work: Work, what: string, sql: string][] = [
  ['save', 'plan whose revision is not its last edit', `select p.id::text as what from public.plans p
     where p.revision <> coalesce((select max(e.revision) from public.plan_edits e where e.plan_id = p.id), 0)`],
  ['save', 'plan with a revision missing', `select plan_id::text as what from public.plan_edits group by plan_id having count(distinct revision) <> max(revision)`],
  ['save', 'plan whose cell is not where its last edit put it', `select p.plan_id::text as what from public.plan_cells p
     join lateral (select e.delta from public.plan_edits e where e.plan_id = p.plan_id and e.delta -> 'cells' <> '[]' order by e.revision desc, e.seq desc limit 1) e on true
     where p.plan_id = '${PLAN}' and p.cell_id = ${CELL} and p.grid_id::text <> e.delta -> 'cells' -> 0 ->> 'to'`],
  ['publish', 'plan without its cells', `select p.id::text as what from public.plans p join public.lands l on l.id = p.land_id
     where (select count(*) from public.plan_cells c where c.plan_id = p.id) <> (select count(*) from public.cells c where c.land_id = l.id and c.to_edition is null)`],
  ['publish', 'land with not exactly one edition in force', `select l.id::text as what from public.lands l
     where (select count(*) from public.grid_editions e where e.land_id = l.id and e.valid_to is null) <> 1`],
  ['publish', 'edition without a grid for each cell', `select e.id::text as what from public.grid_editions e
     where (select count(*) from public.grid_cells g where g.edition_id = e.id) <> (select count(*) from public.cells c where c.land_id = e.land_id)`],
  ['publish', 'edition without its numbers before', `select land_id::text as what from public.grid_editions group by land_id having count(*) <> max(number)`],
  ['publish', 'published plan without an edition, or the other way about', `select p.id::text as what from public.plans p
     where (p.status in ('published', 'superseded')) <> exists (select from public.grid_editions e where e.plan_id = p.id)`],
  ...HALF_ASSIGNED.map(([what, sql]): [work: Work, what: string, sql: string] => ['assign', what, sql]),
  ['import', 'imported land not whole', `select l.id::text as what from public.lands l where l.id > 2 and (
     (select count(*) from public.cells c where c.land_id = l.id) <> ${IMPORTED.cells}
     or (select count(*) from public.buildings b where b.land_id = l.id) <> ${IMPORTED.buildings}
     or (select count(*) from public.households h join public.buildings b on b.id = h.building_id where b.land_id = l.id) <> ${IMPORTED.households})`],
  ['import', 'street without a land', `select u.code as what from public.org_units u
     where u.level = 'street' and u.name like '导入 %' and not exists (select from public.lands l where l.org_unit_id = u.id)`],
]

async function judge(office: Office, known: Acknowledged, backupDir: string, { acts }: KillReport): Promise<void> {
  const { query, close } = await ownerOf(office)
  try {
    const missing = async (work: Work, what: string, acknowledged: readonly (string | number)[], sql: string) => {
      const found = new Set((await query<{ what: string | number }>(sql)).map((row) => row.what))
      acts[work].acknowledged += acknowledged.length
      acts[work].lost.push(...acknowledged.filter((each) => !found.has(each)).map((each) => `${what} ${each}`))
    }
    await missing('save', 'revision', known.revisions, `select revision as what from public.plan_edits where plan_id = '${PLAN}'`)
    await missing('publish', 'draft', known.drafts, 'select id::text as what from public.plans')
    await missing('publish', 'edition', known.editions, 'select number as what from public.grid_editions where land_id = 2')
    await missing('assign', 'edition of an assignment', known.assignments, EDITIONS)
    await missing('import', 'import', known.imports, 'select id::text as what from public.imports')
    // A land that was entered took the rows of its import along, whether that was answered or not.
    const entered = await query<{ id: string }>(`select id::text from public.imports where status = 'committed'`)
    const isEntered = new Set(entered.map(({ id }) => id))
    await missing('import', 'chunk', known.chunks.filter((chunk) => !isEntered.has(chunk.split(' ')[0]!)),
      `select concat_ws(' ', import_id, kind, seq) as what from public.import_chunks`)
    acts.import.acknowledged += known.chunks.filter((chunk) => isEntered.has(chunk.split(' ')[0]!)).length
    await missing('import', 'land', known.lands, 'select id as what from public.lands')
    for (const [work, what, sql] of HALF_DONE) {
      for (const row of await query<{ what: string }>(sql)) acts[work].halfDone.push(`${what}: ${row.what}`)
    }
  } finally {
    await close()
  }
  acts.backup.acknowledged = known.backups.length
  acts.backup.lost.push(...known.backups.filter((file) => !existsSync(file)).map((file) => `backup ${file}`))
  // A backup is there whole or not at all, whether it was confirmed or not.
  for (const name of readdirSync(backupDir).filter((each) => each.endsWith('.backup'))) {
    const file = join(backupDir, name)
    const differences = compareContents(readBackup(file).header, await contentsOfBackup(file))
    if (differences.length > 0) acts.backup.halfDone.push(`backup ${name}: ${differences.join(', ')}`)
  }
}

interface Owner {
  query: <T>(sql: string) => Promise<T[]>
  close: () => Promise<void>
}

async function ownerOf(office: Office): Promise<Owner> {
  if (office.cluster) {
    const client = new pg.Client({ connectionString: office.cluster.url('postgres') })
    await client.connect()
    return { query: async <T>(sql: string) => (await client.query(sql)).rows as T[], close: () => client.end() }
  }
  const database = await openPglite(dataLayout(office.dataDir).databaseDir)
  return { query: async <T>(sql: string) => (await database.query<T>(sql)).rows, close: () => database.close() }
}
