import OverviewPanel from '@/rooms/overview/components/OverviewPanel.vue'
import { summarise } from '@/rooms/overview/operations/summarise'
import { afterEach, describe, expect, it } from 'vitest'
import { makeWorkspace, mountRoom } from './mount-room'

afterEach(() => {
  document.body.innerHTML = ''
})

describe('overview', () => {
  it('counts exactly the rows that a figure opens', () => {
    const workspace = makeWorkspace()
    const figures = summarise(workspace.scope.get()!, workspace.shownGrids.get()!)
    const sum = (pick: 'households' | 'residents' | 'members' | 'special'): number =>
      figures[pick].rows.reduce((total, row) => total + row[pick], 0)
    for (const key of ['households', 'residents', 'members', 'special'] as const) expect(figures[key].value).toBe(sum(key))
    expect(figures.grids.value).toBe(2)
    expect(figures.inBand.value + figures.above.value + figures.below.value).toBe(figures.grids.value)
    expect(figures.unmanaged.rows.map((row) => row.name)).toEqual(['光明机械厂家属院'])
    expect(figures.noGrid.value).toBe(0)
  })

  it('counts land without a grid, in step with what the map shows', async () => {
    const { page, workspace } = await mountRoom(OverviewPanel)
    const shown = workspace.shownGrids.get()!
    const cellGrid = shown.cellGrid.slice()
    cellGrid[0] = -1
    workspace.shownGrids.set({ ...shown, cellGrid, changedCells: Int32Array.of(0) })
    await page.vm.$nextTick()
    const row = page.findAll('.overview-attention button').find((button) => button.text().includes('未划入网格的地块'))
    expect(row?.find('strong').text()).toBe('1')
  })

  it('colours the map by the band when grids above it are asked for', async () => {
    const { page, workspace } = await mountRoom(OverviewPanel)
    await page.findAll('.overview-attention button')[0].trigger('click')
    expect(workspace.mapTheme.get()).toBe('band')
  })

  it('speaks English completely', async () => {
    const { page } = await mountRoom(OverviewPanel, { locale: 'en' })
    expect(page.text()).toContain('Unmanaged compounds')
    // One compound is one site.
    const unmanaged = page.findAll('.overview-attention button').find((button) => button.text().includes('Unmanaged compounds'))
    expect(unmanaged?.find('small').text()).toBe('site')
    // Names of places stay as they are; the words around them have no Chinese left.
    page.findAll('h1, h2, .stat-number__caption, .overview-attention button > span, label').forEach((part) => expect(part.text()).not.toMatch(/[一-鿿]/))
  })
})
