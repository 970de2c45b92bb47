import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { usePatrolAddress } from '@/rooms/patrol/components/use-patrol-address'
import type { PatrolScope } from '@/core/patrol/patrol-scope'
import { usePatrolCoverageStore } from '@/rooms/patrol/coverage-store'
import { usePatrolStore } from '@/rooms/patrol/store'

let page: VueWrapper
let router: Router
let coverage: ReturnType<typeof usePatrolCoverageStore>

async function open(path: string): Promise<void> {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/patrol', name: 'patrol', component: { render: () => null } }] })
  await router.push(path)
  const Host = defineComponent({
    setup() {
      coverage = usePatrolCoverageStore()
      usePatrolAddress()
      return () => null
    },
  })
  page = mount(Host, { global: { plugins: [createPinia(), router] } })
  await flushPromises()
}
const days = () => router.currentRoute.value.query.days
afterEach(() => page.unmount())

it('keeps the days shown in the address: the last ones by their number, others by both ends, those one begins with unsaid', async () => {
  await open('/patrol')
  expect(days()).toBeUndefined()
  await coverage.choose(28)
  await flushPromises()
  expect(days()).toBe('28')
  await coverage.choose({ fromDay: '2026-11-03', toDay: '2026-11-05' })
  await flushPromises()
  expect(days()).toBe('2026-11-03~2026-11-05')
  router.back()
  await vi.waitFor(() => expect(coverage.choice).toBe(28))
})

it.each([
  ['28', 28],
  ['1', 1],
  ['2026-11-03~2026-11-05', { fromDay: '2026-11-03', toDay: '2026-11-05' }],
  ['2026-11-05~2026-11-03', 7],
  ['9999', 7],
])('restores days from a link: %s', async (text, choice) => {
  await open(`/patrol?tab=coverage&days=${text}`)
  expect(coverage.choice).toEqual(choice)
})

it('opens the form of a plan by a link once the patrols are there, once, for who may plan', async () => {
  await open('/patrol?occasion=unserved_households&idle=21&sel=building-3')
  const store = usePatrolStore()
  store.person = { personId: 'p1', name: '李*', posts: [{ role: 'street_officer', orgUnitId: 2, orgName: '高庄街道', level: 'street', landId: 1 }] }
  expect(store.page).toBe('list')
  store.patrolScope = {} as PatrolScope
  await flushPromises()
  expect([store.page, store.formStart.occasion, store.formStart.unservedDays]).toEqual(['form', 'unserved_households', 21])
  expect(router.currentRoute.value.query).toEqual({ sel: 'building-3' })
  store.page = 'list'
  store.patrolScope = {} as PatrolScope
  await flushPromises()
  expect(store.page).toBe('list')
})
