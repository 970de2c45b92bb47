import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import { h, nextTick, ref } from 'vue'
import CommandPalette from '@/app/frame/CommandPalette.vue'
import { i18n } from '@/app/i18n'
import { SHELL_KEY } from '@/app/shell'
import { WORKSPACE_KEY } from '@/core/workspace'
import { MAP_ENGINE_KEY } from '@/map/contracts'
import { makeMap, makeWorkspace } from '../mount-room'

vi.mock('vue-router', () => ({ useRouter: () => ({ push: vi.fn() }) }))

it('asked for again while it fades away, the palette is there', async () => {
  const open = ref(false)
  const page = mount(() => h(CommandPalette, { modelValue: open.value, 'onUpdate:modelValue': (next: boolean) => void (open.value = next), rooms: [], acts: new Map() }), {
    attachTo: document.body,
    global: {
      plugins: [i18n, createPinia()],
      provide: { [WORKSPACE_KEY as symbol]: makeWorkspace(), [MAP_ENGINE_KEY as symbol]: makeMap(), [SHELL_KEY]: {} },
      stubs: { transition: false },
    },
  })
  const overlay = (): HTMLElement => document.querySelector<HTMLElement>('.el-overlay')!
  open.value = true
  // The keys are its own once the field has the focus.
  const isFocused = () => expect(document.activeElement?.matches('.palette input')).toBe(true)
  await vi.waitFor(isFocused)
  const fading = new Promise<void>((resolve) => {
    new MutationObserver(() => overlay().className.includes('dialog-fade-leave') && resolve()).observe(overlay(), { attributes: true })
  })
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }))
  await fading
  open.value = true
  await nextTick()
  await vi.waitFor(() => expect(overlay().className).not.toContain('dialog-fade'))
  expect(open.value).toBe(true)
  expect(overlay().style.display).not.toBe('none')
  await vi.waitFor(isFocused)
  page.unmount()
})
