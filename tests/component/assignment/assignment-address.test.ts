import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useAssignmentChain } from '@/rooms/assignment/chain-store'
import { useAssignmentAddress } from '@/rooms/assignment/components/use-assignment-address'
import { useAssignmentStore } from '@/rooms/assignment/store'

async function open(path: string) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/assignment', name: 'assignment', component: { render: () => null } }] })
  await router.push(path)
  let found = { panel: '', chain: '' }
  const Host = defineComponent({
    setup() {
      useAssignmentAddress()
      found = { panel: useAssignmentStore().panelTab, chain: useAssignmentChain().tab }
      return () => null
    },
  })
  const page = mount(Host, { global: { plugins: [createPinia(), router] } })
  await flushPromises()
  const { query } = router.currentRoute.value
  page.unmount()
  return { ...found, query }
}

it('opens the staffing of grids by a link, at what is selected, and says so no longer', async () => {
  expect(await open('/assignment?tab=chain&chain=grids&sel=grid-g1')).toEqual({ panel: 'chain', chain: 'grids', query: { sel: 'grid-g1' } })
})

it('keeps what is shown where a link says nothing, or nothing there is', async () => {
  expect(await open('/assignment?sel=building-3')).toEqual({ panel: 'assign', chain: 'levels', query: { sel: 'building-3' } })
  expect(await open('/assignment?tab=nothing')).toEqual({ panel: 'assign', chain: 'levels', query: {} })
})
