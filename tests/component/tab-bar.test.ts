import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import TabBar from '@/ui/TabBar.vue'
import { tabPanel } from '@/ui/tab-panel'

const TABS = ['list', 'map', 'log'] as const
let page: VueWrapper

const Page = defineComponent(() => {
  const chosen = ref<(typeof TABS)[number]>('list')
  return () => [
    h(TabBar<(typeof TABS)[number]>, { id: 'x', tabs: TABS, label: 'pages', modelValue: chosen.value, 'onUpdate:modelValue': (tab) => (chosen.value = tab) },
      { default: ({ tab }: { tab: string }) => `the ${tab}` }),
    h('div', tabPanel('x', chosen.value), chosen.value),
  ]
})

beforeEach(() => (page = mount(Page, { attachTo: document.body })))
afterEach(() => page.unmount())

const panel = () => page.get('[role=tabpanel]')

describe('tabs', () => {
  it('name their panel and are one stop of the Tab key', async () => {
    const tabs = page.findAll('[role=tab]')
    expect(tabs.map((tab) => tab.text())).toEqual(['the list', 'the map', 'the log'])
    await tabs[1].trigger('click')
    expect(panel().text()).toBe('map')
    expect(panel().attributes('aria-labelledby')).toBe(tabs[1].attributes('id'))
    expect(tabs.map((tab) => tab.attributes('aria-selected'))).toEqual(['false', 'true', 'false'])
    expect(tabs.map((tab) => tab.attributes('tabindex'))).toEqual(['-1', '0', '-1'])
    expect(new Set(tabs.map((tab) => tab.attributes('aria-controls')))).toEqual(new Set([panel().attributes('id')]))
  })

  it('are walked with arrows, Home and End, round the ends', async () => {
    page.get<HTMLElement>('[role=tab]').element.focus()
    const seen: string[] = []
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'a']) {
      await page.get('[aria-selected=true]').trigger('keydown', { key })
      expect(document.activeElement?.textContent).toBe(`the ${panel().text()}`)
      seen.push(panel().text())
    }
    expect(seen).toEqual(['map', 'log', 'list', 'log', 'list', 'log', 'log'])
  })
})
