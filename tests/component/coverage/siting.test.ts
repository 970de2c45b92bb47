import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CoverageScope } from '@/core/coverage/coverage-scope'
import type { SitingTask } from '@/core/coverage/siting'
import type { Scope } from '@/core/scope'
import type { Workspace } from '@/core/workspace'
import { measureSitesJob, type MeasureSitesInput } from '@/rooms/coverage/jobs/measure-sites/measure-sites-job'
import type { SolveSitingOptions } from '@/rooms/coverage/jobs/solve-siting/run-solve-siting'
import type { SolvedSiting, SolveSitingInput } from '@/rooms/coverage/jobs/solve-siting/solve-siting-model'
import type { MeasuredLand } from '@/rooms/coverage/jobs/measure-access/measure-access-job'
import type { KeptScenario, ScenarioShelf } from '@/rooms/coverage/siting-repository'
import { makeCoverage } from '../../unit/rooms/coverage/make-coverage'
import { makeSitingWorld, TASK } from '../../unit/rooms/coverage/make-siting'
import { makeWorkspace, mountRoom } from '../mount-room'

const kept = vi.hoisted(() => new Map<string, unknown>())
const server = vi.hoisted(() => ({ coverage: null as unknown, publish: null as unknown as () => Promise<unknown>, sent: [] as unknown[] }))
/** The solver that runs: what it answers is told by the test; stopped, it gives its best, as the worker does. */
const solver = vi.hoisted(() => ({ input: null as unknown, options: null as unknown, end: null as unknown }))

vi.mock('@/rooms/coverage/repository', async (original) => ({ ...(await original<object>()), loadCoverageScope: async () => server.coverage }))
vi.mock('@/rooms/coverage/acts-repository', async (original) => ({ ...(await original<object>()), refreshGapDay: async () => ({}) }))
vi.mock('@/rooms/coverage/siting-repository', async (original) => ({
  ...(await original<object>()),
  browserShelf: {
    put: async (personId, landId, one) => void (one ? kept.set(`${personId}/${landId}`, one) : kept.delete(`${personId}/${landId}`)),
    get: async (personId, landId) => (kept.get(`${personId}/${landId}`) as KeptScenario | undefined) ?? null,
  } satisfies ScenarioShelf,
  saveSitingScenario: async () => ({ id: 'a', number: 3, revision: 1 }),
  publishSitingScenario: (...values: unknown[]) => {
    server.sent.push(values)
    return server.publish()
  },
}))
vi.mock('@/rooms/coverage/jobs/measure-sites/run-measure-sites', () => ({
  runMeasureSites: async (input: MeasureSitesInput) => measureSitesJob(input, { onProgress: () => undefined }),
}))
vi.mock('@/rooms/coverage/jobs/solve-siting/run-solve-siting', () => ({
  runSolveSiting: (input: SolveSitingInput, options: SolveSitingOptions) =>
    new Promise<SolvedSiting>((end) => {
      Object.assign(solver, { input, options, end })
      options.signal?.addEventListener('abort', () => end(answerOf(1, 90, 100, input)))
    }),
}))
const { default: SitingPane } = await import('@/rooms/coverage/components/SitingPane.vue')
const { useSitingStore } = await import('@/rooms/coverage/siting-store')
const { useGroundStore } = await import('@/rooms/coverage/ground-store')
const { useCoverageStore } = await import('@/rooms/coverage/store')

const world = makeSitingWorld()
const land: MeasuredLand = { ground: world.ground, walks: { station: new Int32Array(0), walkCm: new Int32Array(0), accessCm: new Int32Array(0) } } as unknown as MeasuredLand
let page: VueWrapper
let workspace: Workspace
let siting: ReturnType<typeof useSitingStore>
let room: ReturnType<typeof useCoverageStore>

/** So many sites, of those that were asked about, with a value and a bound that come with them. */
const answerOf = (sites: number, value = 90, bound = 100, { state } = solver.input as SolveSitingInput): SolvedSiting => {
  const step = Math.floor(state.length / (sites + 1))
  return { open: state.map((_, k) => Number(k > 0 && k % step === 0 && k / step <= sites)), value, bound, isProved: value === bound, gap: 0, ms: 1 }
}
const tell = (solved: SolvedSiting): void => (solver.options as SolveSitingOptions).onAnswer?.(solved)
async function ask(task: SitingTask, title = '甲'): Promise<void> {
  void siting.solve(task, title)
  await flushPromises()
}
const show = async (scope: Scope): Promise<void> => {
  server.coverage = makeCoverage(scope, [{}])
  workspace.scope.set(scope)
  await flushPromises()
}

beforeEach(async () => {
  kept.clear()
  server.sent = []
  server.publish = async () => ({})
  vi.spyOn(window, 'confirm').mockReturnValue(true)
  workspace = makeWorkspace()
  workspace.scope.set(world.scope)
  server.coverage = makeCoverage(world.scope, [{}])
  ;({ page } = await mountRoom(SitingPane, { workspace }))
  ;[siting, room] = [useSitingStore(), useCoverageStore()]
  const ground = useGroundStore()
  ground.measured = land
  ground.measure = async () => land
  room.enter()
  await flushPromises()
})
afterEach(() => {
  room.leave()
  page.unmount()
  vi.restoreAllMocks()
})

it('lets go of what is solved when another street comes, and leaves what that street has not saved', async () => {
  const here = `p1/${world.scope.landId}`
  await ask({ ...TASK, count: 2 })
  tell(answerOf(2))
  expect(siting.scenario?.sites).toHaveLength(2)
  await flushPromises()
  const other = { scenario: { ...siting.scenario!, title: '另一街道的' }, saved: null }
  kept.set('p1/77', other)
  const old = solver.options as SolveSitingOptions
  // The street is there, and how it is served is not read yet.
  let read: (found: CoverageScope) => void = () => undefined
  server.coverage = new Promise<CoverageScope>((answer) => (read = answer))
  const next = { ...world.scope, landId: 77 }
  workspace.scope.set(next)
  old.onAnswer?.(answerOf(1))
  await flushPromises()
  expect([old.signal?.aborted, siting.scenario]).toEqual([true, null])
  expect(kept.get('p1/77')).toBe(other)
  read(makeCoverage(next, [{}]))
  await flushPromises()
  expect(siting.scenario?.title).toBe('另一街道的')
  expect(kept.get('p1/77')).toBe(other)
  await show(world.scope)
  expect(siting.scenario).toMatchObject({ title: '甲' })
  expect(kept.has(here)).toBe(true)
})

it('takes the first answer into the scenario that is solved again as a step, wherever one has gone meanwhile, and into no other', async () => {
  await ask({ ...TASK, count: 2 })
  tell(answerOf(2))
  ;(solver.end as (solved: SolvedSiting) => void)(answerOf(2, 100))
  await flushPromises()
  siting.openForm(siting.scenario!.task)
  await ask({ ...TASK, count: 3 })
  siting.open(null)
  expect(siting.page).toBe('list')
  tell(answerOf(3))
  expect([siting.scenario?.sites.length, siting.past.length, siting.page]).toEqual([3, 1, 'list'])
  siting.undo()
  expect(siting.scenario?.sites).toHaveLength(2)
  // Solved again, and another one is taken in hand before the answer comes: it stays as it is.
  siting.resume()
  const mine = siting.scenario!
  siting.openForm(mine.task)
  await ask({ ...TASK, count: 1 })
  room.setCoverage(makeCoverage(world.scope, [{}], { scenarios: [{ ...mine, id: 'b', number: 9, title: '乙' }] }))
  siting.open('b')
  tell(answerOf(1))
  await flushPromises()
  expect([siting.scenario?.title, siting.scenario?.sites.length, siting.unsaved]).toEqual(['乙', 2, false])
})

it('says beside the scenario why it could not be solved again', async () => {
  await ask(TASK)
  tell(answerOf(2))
  siting.openForm(siting.scenario!.task)
  await ask({ ...TASK, candidates: 'by_hand' })
  await flushPromises()
  expect(page.get('[data-test=siting-in-hand] [data-test=siting-refusal]').text()).toContain('没有候选地点')
  siting.openForm()
  await flushPromises()
  expect(page.find('[role=alert]').exists()).toBe(false)
})

it('claims no proof once a site has a capacity of its own, and again when that is undone', async () => {
  await ask(TASK)
  tell(answerOf(2, 100))
  await flushPromises()
  expect(page.get('[data-test=siting-proof]').text()).toContain('已证明最优')
  siting.changeSite(0, { name: '东站' })
  expect(siting.scenario).toMatchObject({ value: 100, bound: 100 })
  siting.changeSite(0, { capacity: 5000 })
  await flushPromises()
  expect(siting.scenario).toMatchObject({ value: 0, bound: 0 })
  expect(page.find('[data-test=siting-proof]').exists()).toBe(false)
  expect(page.get('[data-test=siting-unproved]').text()).toContain('不再适用')
  // What the solver proves goes for the sites it gave, not for these.
  tell(answerOf(2, 100))
  expect(siting.scenario?.bound).toBe(0)
  siting.undo()
  expect(siting.scenario?.bound).toBe(100)
})

it('publishes no walks of a street that was loaded anew while they were measured, and cannot be changed meanwhile', async () => {
  await ask(TASK)
  tell(answerOf(2, 100))
  ;(solver.end as (solved: SolvedSiting) => void)(answerOf(2, 100))
  await flushPromises()
  await siting.keeping.save()
  vi.spyOn(workspace, 'reloadScope').mockImplementation(() => show({ ...world.scope }))
  const waiting: ((found: MeasuredLand) => void)[] = []
  useGroundStore().measure = () => new Promise((answer) => waiting.push(answer))
  const published = siting.keeping.publish()
  await flushPromises()
  siting.rename('改名')
  siting.undo()
  expect(siting.scenario?.title).toBe('甲')
  await show({ ...world.scope })
  waiting.forEach((answer) => answer(land))
  await published
  expect(server.sent).toEqual([])
  expect(siting.scenario?.title).toBe('甲')
})

it('publishes the walks of the street as it is loaded then, under the revisions that were read before', async () => {
  await ask(TASK)
  tell(answerOf(2, 100))
  ;(solver.end as (solved: SolvedSiting) => void)(answerOf(2, 100))
  await flushPromises()
  await siting.keeping.save()
  const { length } = world.scope.communities
  const readAs = (revision: number): CoverageScope => {
    const made = makeCoverage(world.scope, [{}])
    return { ...made, access: { ...made.access, revisions: new Int32Array(length).fill(revision) } }
  }
  room.setCoverage(readAs(4))
  vi.spyOn(workspace, 'reloadScope').mockImplementation(async () => {
    server.coverage = readAs(7)
    workspace.scope.set({ ...world.scope })
  })
  useGroundStore().measure = async () => land
  await siting.keeping.publish()
  const [[, , access]] = server.sent as [unknown, unknown, { readonly revisions: readonly number[] }][]
  expect(access.revisions).toEqual(new Array(length).fill(4))
})
