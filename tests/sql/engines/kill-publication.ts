import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { PlanDocument } from '@/core/plan'
import { makeSyntheticLand } from '../../helpers/synthetic-land'
import { openEmbeddedDatabase } from './embedded-database'
import { loadLand } from './load-land'
import { PROJECT_ROOT } from './migration-files'
import { openNativeDatabase } from './native-cluster'
import { openDraft, readState, signIn, type State } from './publication-state'
import type { TestDatabase } from './test-database'
import { userId } from './with-databases'

/** How publications of redrawn land ended that were killed: with the old edition whole, with the new one whole, or neither. */
export interface KillOutcomes {
  old: number
  new: number
  /** What was found instead, by round; none is expected. */
  torn: string[]
}

/** Enough cells that a publication takes long enough to be hit in the middle. */
const LAND = makeSyntheticLand({ seed: 3, communities: [4, 2], cells: [12, 12], grids: [3], householdsPerCell: 9, settings: {
  urban: { lower: 0, upper: 9999, target: 400 }, rural: { lower: 0, upper: 9999, target: 150 }, minMembers: 0 } })

/** Notes how a round ended, and whether with the new edition. What was confirmed must be that. */
function note(outcomes: KillOutcomes, round: string, state: State, before: State, wasConfirmed: boolean): boolean {
  const isNew = state.number === before.number + 1
  const expected: State = isNew
    ? { ...before, number: before.number + 1, planStatus: 'published', planEdition: before.number + 1, landEdition: before.landEdition + 1, ownThings: 0 }
    : { ...before, planStatus: 'draft', planEdition: null }
  if (state.open !== 1 || !isDeepStrictEqual(state, expected) || (wasConfirmed && !isNew)) {
    outcomes.torn.push(`${round}${wasConfirmed ? ', confirmed' : ''}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(state)}`)
  } else outcomes[isNew ? 'new' : 'old'] += 1
  return isNew
}

/**
 * How long a publication takes, so that kills fall before and after its end: one that was not through after a time takes
 * longer than that. Drafts that a kill left over are carried along by the next, which makes it longer.
 */
const lengthened = (wholeMs: number, delayMs: number, isNew: boolean): number => (isNew ? wholeMs : Math.max(wholeMs, delayMs))

async function prepare(db: TestDatabase): Promise<number> {
  await db.script(readFileSync(join(PROJECT_ROOT, 'tests/sql/fixture-world.sql'), 'utf8'))
  const document: PlanDocument = LAND.document()
  // Without compounds, which these grids would split.
  const buildings = { ...LAND.context.buildings, compound: LAND.context.buildings.compound.map(() => -1) }
  const { landId } = await loadLand(db, { code: '370102001000', parentId: 1 }, { ...LAND.context, compounds: [], buildings }, document)
  await signIn(db, userId(1))
  return landId
}

/** Publishes `kills` times on a native server and kills the whole server at a random moment of each. */
export async function killNativePublications(kills: number, seed: number): Promise<KillOutcomes> {
  const database = await openNativeDatabase()
  const { cluster } = database
  const outcomes: KillOutcomes = { old: 0, new: 0, torn: [] }
  try {
    const landId = await prepare(database)
    const random = seededRandom(seed)
    // One publication undisturbed says how long there is to aim at; the first, with cold caches, is left out.
    let wholeMs = 0
    for (let rehearsal = 0; rehearsal < 2; rehearsal++) {
      const plan = await openDraft(database, landId)
      const start = performance.now()
      await database.query('select public.publish_plan($1, 1, null)', [plan])
      wholeMs = performance.now() - start
    }
    for (let round = 0; round < kills; round++) {
      const client = await cluster.connect('postgres')
      const db: TestDatabase = { ...database, query: async <T>(sql: string, values: readonly unknown[] = []) => (await client.query(sql, [...values])).rows as T[] }
      await signIn(db, userId(1))
      const plan = await openDraft(db, landId)
      const before = await readState(db, landId, plan)
      const publication = client.query('select public.publish_plan($1, 1, null)', [plan]).then(() => true, () => false)
      // A little beyond the end, so that some are hit just after they were confirmed.
      const delayMs = random() * wholeMs * 1.5
      await Promise.race([publication, new Promise((resolve) => setTimeout(resolve, delayMs))])
      await cluster.killAndRestart()
      const wasConfirmed = await publication
      await client.end().catch(() => undefined)

      const after = await cluster.connect('postgres')
      const look: TestDatabase = { ...database, query: async <T>(sql: string, values: readonly unknown[] = []) => (await after.query(sql, [...values])).rows as T[] }
      const isNew = note(outcomes, `round ${round}, seed ${seed}, after ${delayMs.toFixed(0)} ms`, await readState(look, landId, plan), before, wasConfirmed)
      wholeMs = lengthened(wholeMs, delayMs, isNew)
      await after.end()
    }
  } finally {
    await cluster.remove()
  }
  return outcomes
}

/** What the publisher writes down before it publishes. */
interface Ready {
  readonly former: State | null
  readonly plan: string
  readonly before: State
}

/** Publishes `kills` times in a process of its own on the embedded engine and kills it at a random moment of each. */
export async function killEmbeddedPublications(kills: number, seed: number): Promise<KillOutcomes> {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-kill-'))
  const data = join(folder, 'data')
  const marker = join(folder, 'ready')
  const answered = `${marker}.answered`
  const outcomes: KillOutcomes = { old: 0, new: 0, torn: [] }

  try {
    const db = await openEmbeddedDatabase(data)
    const landId = await prepare(db)
    await db.close()

    /** A process that opens the data, says how the last publication ended, makes a draft, says so, and publishes. */
    const startPublisher = (formerPlan: string) => {
      for (const file of [marker, answered]) rmSync(file, { force: true })
      const child = spawn(process.execPath, ['--import', 'tsx/esm', join(PROJECT_ROOT, 'tests/sql/engines/publisher-process.ts'), data, String(landId), marker, userId(1), formerPlan],
        { cwd: PROJECT_ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
      const done = new Promise<false>((resolve) => child.once('exit', () => resolve(false)))
      return {
        done,
        kill: () => child.kill('SIGKILL'),
        async ready(): Promise<Ready> {
          if (!(await Promise.race([done, untilThere(marker)]))) throw new Error('expected the publisher to get as far as its draft')
          return JSON.parse(readFileSync(marker, 'utf8')) as Ready
        },
      }
    }

    const random = seededRandom(seed)
    const rehearsal = startPublisher('')
    let { plan, before } = await rehearsal.ready()
    const start = performance.now()
    await untilThere(answered)
    let wholeMs = performance.now() - start
    let delayMs = wholeMs
    rehearsal.kill()
    await rehearsal.done
    let words = 'rehearsal'
    let wasConfirmed = true
    for (let round = 0; round < kills; round++) {
      const publisher = startPublisher(plan)
      const ready = await publisher.ready()
      // The first process tells of the rehearsal, which nobody disturbed.
      const isNew = note(round > 0 ? outcomes : { old: 0, new: 0, torn: outcomes.torn }, words, ready.former!, before, wasConfirmed)
      wholeMs = lengthened(wholeMs, delayMs, isNew)
      ;({ plan, before } = ready)
      delayMs = random() * wholeMs * 1.5
      words = `round ${round}, seed ${seed}, after ${delayMs.toFixed(0)} ms`
      await new Promise((resolve) => setTimeout(resolve, delayMs))
      publisher.kill()
      await publisher.done
      wasConfirmed = existsSync(answered)
    }
    // How the last one ended is read here, where the engine is compiled.
    const last = await openEmbeddedDatabase(data)
    note(outcomes, words, await readState(last, landId, plan), before, wasConfirmed)
    await last.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return outcomes
}

async function untilThere(file: string): Promise<true> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5))
  return true
}
