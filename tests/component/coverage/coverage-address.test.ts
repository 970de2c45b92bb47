import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { useCoverageAddress } from '@/rooms/coverage/components/use-coverage-address'
import { useCoverageStore } from '@/rooms/coverage/store'

let page: VueWrapper
let router: Router
let store: ReturnType<typeof useCoverageStore>

async function open(path: string): Promise<void> {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/coverage', name: 'coverage', component: { render: () => null } }] })
  await router.push(path)
  const Host = defineComponent({
    setup() {
      store = useCoverageStore()
      useCoverageAddress()
      return () => null
    },
  })
  page = mount(Host, { global: { plugins: [createPinia(), router] } })
  await flushPromises()
}
afterEach(() => page.unmount())

it('restores tab and reason from a link, keeps what the shell has there, and back goes back', async () => {
  await open('/coverage?reason=no_member&tab=access&sel=building-3')
  expect([store.reason, store.panelTab]).toEqual(['no_member', 'access'])
  store.reason = 'no_grid'
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ reason: 'no_grid', tab: 'access', sel: 'building-3' })
  router.back()
  await vi.waitFor(() => expect(store.reason).toBe('no_member'))
})

it('takes a reason wherever it holds, until a main reason is chosen', async () => {
  await open('/coverage?any=visit_overdue&sel=building-3')
  expect([store.reason, store.anyReason]).toEqual(['visit_overdue', 'visit_overdue'])
  expect(router.currentRoute.value.query).toEqual({ any: 'visit_overdue', sel: 'building-3' })
  store.reason = 'visit_overdue'
  await flushPromises()
  expect(store.anyReason).toBeNull()
  expect(router.currentRoute.value.query).toEqual({ reason: 'visit_overdue', sel: 'building-3' })
})

it('says nothing of what one begins with, and takes no reason there is none of', async () => {
  await open('/coverage?reason=bad_weather')
  expect([store.reason, store.panelTab, store.scenarioId]).toEqual([null, 'gaps', null])
  store.reason = null
  store.panelTab = 'siting'
  await flushPromises()
  expect(router.currentRoute.value.query.tab).toBe('siting')
})
