import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { moveInList } from '@/ui/move-in-list'

let list: HTMLElement

beforeEach(() => {
  document.body.innerHTML = `<div tabindex="0"><input><ul>${['a', 'b', 'c'].map((name) => `<li><button class="row">${name}</button><button>more</button></li>`).join('')}</ul></div>`
  list = document.body.firstElementChild as HTMLElement
  list.addEventListener('keydown', (event) => moveInList(event, '.row'))
})
afterEach(() => (document.body.innerHTML = ''))

const press = (key: string): boolean => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const focused = () => document.activeElement?.textContent

describe('arrows in a list', () => {
  it('enter at the first row, move by one, and stop at the ends', () => {
    list.focus()
    const steps = ['ArrowDown', 'ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp'].map((key) => {
      press(key)
      return focused()
    })
    expect(steps).toEqual(['a', 'b', 'c', 'c', 'b', 'a', 'a'])
  })

  it('leave a field and other buttons their keys', () => {
    for (const other of [list.querySelector('input')!, list.querySelectorAll('button')[1]]) {
      other.focus()
      expect(press('ArrowDown')).toBe(true)
      expect(document.activeElement).toBe(other)
    }
  })
})
