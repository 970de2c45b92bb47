import { afterEach, describe, expect, it } from 'vitest'
import ShortcutsSheet from '@/app/frame/ShortcutsSheet.vue'
import redesign from '@/rooms/redesign'
import { mountRoom } from '../mount-room'

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the sheet of keys', () => {
  it('has one line for the digits of all grids, and one for each other key', async () => {
    await mountRoom(ShortcutsSheet, { props: { modelValue: true, rooms: [redesign] } })
    const keys = [...document.querySelectorAll('.shortcuts section:last-child dl > div')].map((line) => line.querySelector('dd')!.textContent)
    expect(keys.filter((key) => /\d/.test(key!))).toEqual(['1–9'])
    expect(keys).toContain('CtrlShiftZ')
    expect(new Set(keys).size).toBe(keys.length)
  })
})
