import TerritoryPanel from '@/rooms/territory/components/TerritoryPanel.vue'
import { afterEach, describe, expect, it } from 'vitest'
import { mountRoom } from './mount-room'

const rowNames = (): string[] => [...document.querySelectorAll('[role=treeitem] .org-tree__name')].map((row) => row.textContent ?? '')
const press = (key: string): void => {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

afterEach(() => {
  document.body.innerHTML = ''
})

describe('territory panel', () => {
  it('opens district and street, closes communities, and sums households upwards', async () => {
    await mountRoom(TerritoryPanel)
    expect(rowNames()).toEqual(['示范区', '高庄街道', '文昌社区', '桃园社区'])
    const figures = [...document.querySelectorAll('.org-tree__households')].map((cell) => Number(cell.textContent?.replace(/\D/g, '')))
    // 12 cells: 20 + index in the first building, 10 in three others.
    expect(figures[1]).toBe(12 * 50 + 66)
    expect(figures[2] + figures[3]).toBe(figures[1])
    expect(figures[0]).toBe(figures[1])
  })

  it('is walked with arrow keys: right opens, down moves, left closes', async () => {
    await mountRoom(TerritoryPanel)
    const rows = document.querySelectorAll<HTMLElement>('[role=treeitem]')
    rows[2].focus()
    rows[2].click()
    await settle()
    press('ArrowRight')
    await settle()
    expect(rowNames()).toEqual(['示范区', '高庄街道', '文昌社区', '文昌 001', '桃园社区'])
    press('ArrowDown')
    await settle()
    expect(document.activeElement?.getAttribute('data-key')).toMatch(/^g/)
    press('ArrowLeft')
    await settle()
    press('ArrowLeft')
    await settle()
    expect(rowNames()).toHaveLength(4)
  })

  it('selects in the workspace and brings the choice into view', async () => {
    const { workspace, map } = await mountRoom(TerritoryPanel)
    document.querySelectorAll<HTMLElement>('[role=treeitem]')[2].click()
    expect(workspace.selection.get()).toEqual({ kind: 'community', orgUnitId: 3 })
    expect(workspace.focusUnitId.get()).toBe(3)
    expect(map.fit).toHaveBeenCalledOnce()
  })

  it('filters by pinyin initials and says what to do when nothing matches', async () => {
    const { page } = await mountRoom(TerritoryPanel)
    const input = page.get('input')
    await input.setValue('tysq')
    expect(rowNames()).toContain('桃园社区')
    expect(rowNames()).not.toContain('文昌社区')
    await input.setValue('zzz')
    expect(page.text()).toContain('没有符合的组织或网格')
  })

  it('shows totals whose parts add up', async () => {
    const { page } = await mountRoom(TerritoryPanel)
    await page.findAll('[role=tab]')[1].trigger('click')
    const numbers = (row: string): number[] => page.findAll(`${row} td`).map((cell) => Number(cell.text().replace(/,/g, '').replace(/[^\d.]/g, '')))
    const [first, second] = page.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => Number(cell.text().replace(/[^\d.]/g, ''))))
    expect(numbers('tfoot tr').slice(0, 5)).toEqual(first.slice(0, 5).map((value, k) => value + second[k]))
  })
})
