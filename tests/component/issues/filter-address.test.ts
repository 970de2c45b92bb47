import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { useFilterAddress } from '@/rooms/issues/components/use-filter-address'
import { useIssuesStore } from '@/rooms/issues/store'

let page: VueWrapper
let router: Router
let store: ReturnType<typeof useIssuesStore>

/** A page that follows the address, for somebody in a role, or before anybody is known. */
async function openFor(role: 'grid_worker' | 'auditor' | null): Promise<void> {
  const Host = defineComponent({
    setup() {
      store = useIssuesStore()
      if (role) store.person = { personId: 'p1', name: '', posts: [{ role, orgUnitId: 2, orgName: '', level: 'street', landId: 1 }] }
      useFilterAddress()
      return () => null
    },
  })
  page = mount(Host, { global: { plugins: [createPinia(), router] } })
  await flushPromises()
}

beforeEach(async () => {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/issues', name: 'issues', component: { render: () => null } }] })
  await router.push('/issues')
  await openFor(null)
})
afterEach(() => page.unmount())

it('makes one entry of history of a choice, none of each letter of a word', async () => {
  store.setFilter({ categories: ['noise'] })
  await flushPromises()
  store.setFilter({ levels: ['street'] })
  await flushPromises()
  for (const text of ['路', '路灯', '路灯不']) {
    store.setFilter({ text })
    await flushPromises()
  }
  expect(router.currentRoute.value.query.slips).toBe(`cat:noise;level:street;q:${encodeURIComponent('路灯不')}`)
  router.back()
  await vi.waitFor(() => expect(router.currentRoute.value.query.slips).toBe('cat:noise'))
  expect([store.filter.levels, store.filter.text]).toEqual([[], ''])
})

it('a link that asks for a report opens its form, once, for who may report', async () => {
  const openAt = async (role: 'grid_worker' | 'auditor') => {
    page.unmount()
    await router.push('/issues?report=1')
    await openFor(role)
    expect(router.currentRoute.value.query.report).toBeUndefined()
    return store.page
  }
  expect(await openAt('grid_worker')).toBe('report')
  expect(await openAt('auditor')).toBe('list')
})
