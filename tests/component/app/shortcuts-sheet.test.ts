import { afterEach, describe, expect, it } from 'vitest'
import ShortcutsSheet from '@/app/frame/ShortcutsSheet.vue'
import redesign from '@/rooms/redesign'
import { mountRoom } from '../mount-room'

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the sheet of keys', () => {
  it('has each key of a room once, under the heading of its gesture, and says where acts without a key are', async () => {
    await mountRoom(ShortcutsSheet, { props: { modelValue: true, acts: new Map([[redesign, await redesign.acts!()]]) } })
    const parts = [...document.querySelectorAll('.shortcuts section:last-child .part')]
    const keysOf = (part: Element) => [...part.querySelectorAll('dd')].map((dd) => dd.textContent!.trim())
    const all = parts.flatMap(keysOf)
    expect(all.filter((key) => /^\d/.test(key))).toEqual(['1–9'])
    expect(all).toContain('CtrlShiftZ')
    expect(all).toContain('在命令面板里找')
    const border = parts.find((part) => part.querySelector('h4')!.textContent === '拖边界')!
    expect(keysOf(border)).toEqual(['D', '●', 'Alt'])
    // A key of its own letter or combination means one thing in the room; Alt, Shift and Ctrl mean what the gesture says.
    const letters = all.filter((key) => /^(Ctrl|CtrlShift)?[A-Z[\]]$/.test(key))
    expect(new Set(letters).size).toBe(letters.length)
  })
})
