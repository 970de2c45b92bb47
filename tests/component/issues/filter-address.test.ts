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

beforeEach(async () => {
  router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/issues', name: 'issues', component: { render: () => null } }] })
  await router.push('/issues')
  const Host = defineComponent({
    setup() {
      useFilterAddress()
      store = useIssuesStore()
      return () => null
    },
  })
  page = mount(Host, { global: { plugins: [createPinia(), router] } })
  await flushPromises()
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
