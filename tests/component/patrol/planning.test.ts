import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import type { PatrolPlan, PatrolScope } from '@/core/patrol/patrol-scope'
import { DataError } from '@/data/errors'
import { makePatrols, makeStreet } from '../../unit/rooms/patrol/make-patrols'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ calls: {} as Record<string, (...values: never[]) => unknown> }))
vi.mock('@/rooms/patrol/repository', () =>
  Object.fromEntries(
    ['loadPatrolScope', 'savePatrolPlan', 'publishPatrolPlan', 'endPatrolPlan', 'discardPatrolPlan'].map((name) => [name, (...values: never[]) => server.calls[name]?.(...values)]),
  ),
)
const { default: PlanPane } = await import('@/rooms/patrol/components/PlanPane.vue')
const { usePatrolStore } = await import('@/rooms/patrol/store')

let page: VueWrapper
let patrols: PatrolScope
let saved: { plan: PatrolPlan; revision: number }[]
/** Revision of the draft the server has. */
let serverRevision = 0

const byTest = (name: string) => page.find(`[data-test=${name}]`)
const press = async (name: string) => {
  await byTest(name).trigger('click')
  await flushPromises()
}
const here = async (name: string) => vi.waitFor(() => expect(byTest(name).exists()).toBe(true))

beforeEach(async () => {
  saved = []
  serverRevision = 0
  patrols = makePatrols({
    patrollers: ['a', 'b', 'c'].map((personId) => ({ personId, name: `${personId}*`, role: 'grid_worker', community: 0, gridIds: [] })),
  })
  server.calls = {
    loadPatrolScope: () => Promise.resolve(patrols),
    savePatrolPlan: (plan: never, revision: never) => {
      if (revision !== serverRevision) return Promise.reject(new DataError('stale', 'stale', { revision: serverRevision, by: '王*', at: '2026-11-22T09:00:00Z' }))
      serverRevision++
      saved.push({ plan, revision })
      return Promise.resolve({ id: 'plan', number: 9, revision: serverRevision })
    },
  }
  const workspace = makeWorkspace()
  workspace.scope.set(makeStreet())
  ;({ page } = await mountRoom(PlanPane, { workspace, map: makeMap() }))
  const store = usePatrolStore()
  store.enter()
  await vi.waitFor(() => expect(store.network).not.toBeNull())
  store.openForm()
  await here('plan-form')
})

it('says how many minutes a shift lacks, and draws the plan up once it is given them', async () => {
  await byTest('plan-shift').setValue(20)
  await byTest('plan-form').trigger('submit')
  await here('plan-refused')
  expect(byTest('plan-refused').text()).toMatch(/还差 \d+ 分钟|超过班时/)
  // What is missing is offered in the same breath.
  expect(byTest('relax-more').exists() || byTest('relax-shift').exists()).toBe(true)
  await byTest('plan-shift').setValue(180)
  await byTest('plan-form').trigger('submit')
  await here('plan-in-hand')
  expect(byTest('plan-gap').text()).toMatch(/%$/)
})

it('saves a plan with its routes, names people, undoes, and publishes nothing that has nobody', async () => {
  await byTest('plan-form').trigger('submit')
  await here('plan-in-hand')
  await byTest('person-1').setValue('')
  expect(byTest('plan-publish').attributes('aria-disabled')).toBe('true')
  await press('plan-undo')
  expect(byTest('plan-publish').attributes('aria-disabled')).toBeUndefined()
  await press('plan-save')
  expect(saved).toHaveLength(1)
  expect(saved[0].plan.routes.flatMap(({ steps }) => steps).filter(({ served }) => served).length).toBeGreaterThan(10)
  expect(byTest('plan-save').attributes('disabled')).toBeDefined()
})

it('lets whoever saves second choose by name, and loses neither', async () => {
  await byTest('plan-form').trigger('submit')
  await here('plan-in-hand')
  serverRevision = 4
  await press('plan-save')
  await vi.waitFor(() => expect(document.querySelector('[data-test=conflict]')).not.toBeNull())
  expect(saved).toEqual([])
  document.querySelector<HTMLElement>('[data-test=rebase]')!.click()
  await vi.waitFor(() => expect(saved).toHaveLength(1))
  expect(saved[0].revision).toBe(4)
})

it('undone after it was saved, it is saved as the same plan; what was edited while it was being saved too', async () => {
  await byTest('plan-form').trigger('submit')
  await here('plan-in-hand')
  await byTest('person-1').setValue('')
  await press('plan-save')
  await press('plan-undo')
  const store = usePatrolStore()
  expect(store.planning.unsaved).toBe(true)
  const saving = store.keeping.save()
  store.planning.redo()
  await saving
  // The step that was saved before has the name of the plan, and the revision of the last save.
  expect(store.planning.unsaved).toBe(true)
  await store.keeping.save()
  expect(saved.map(({ plan, revision }) => [plan.id, revision])).toEqual([[undefined, 0], ['plan', 1], ['plan', 2]])
  expect(store.planning.unsaved).toBe(false)
})

it('asks before a plan that is not saved is let go, and keeps it while another street is looked at', async () => {
  await byTest('plan-form').trigger('submit')
  await here('plan-in-hand')
  const store = usePatrolStore()
  const { plan } = store.planning
  const ask = vi.spyOn(window, 'confirm').mockReturnValue(false)
  store.openForm()
  store.openPlan('another')
  expect(ask).toHaveBeenCalledTimes(2)
  expect([store.page, store.planning.plan]).toEqual(['plan', plan])
  const street = store.scope!
  store.setScope({ ...street, landId: street.landId + 1 })
  expect([store.page, store.planning.plan, store.planning.holdsUnsaved()]).toEqual(['list', null, true])
  store.setScope(street)
  expect([store.page, store.planning.plan, store.planning.unsaved]).toEqual(['plan', plan, true])
  ask.mockReturnValue(true)
  store.openForm()
  expect([store.page, store.planning.plan, store.planning.holdsUnsaved()]).toEqual(['form', null, false])
  ask.mockRestore()
})

it('opened for what was missed while a form is open, the form begins with it', async () => {
  usePatrolStore().openForm('missed', [{ streetId: 11, fromCm: 0, toCm: 40_000 }])
  await flushPromises()
  expect((byTest('plan-occasion').element as HTMLSelectElement).value).toBe('missed')
})
