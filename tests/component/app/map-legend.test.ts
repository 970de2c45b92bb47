import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import MapLegend from '@/app/map-view/MapLegend.vue'
import { mountRoom } from '../mount-room'

beforeEach(() => vi.stubGlobal('innerWidth', 1440))
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

describe('legend of the map', () => {
  const open = async (low: boolean) => (await mountRoom(MapLegend, { props: { crowded: false, low } })).page

  it('says what categories look like where there is room, and folds them over a low map until they are asked for', async () => {
    const page = await open(false)
    expect(page.text()).toContain('困难户')
    await page.setProps({ low: true })
    expect(page.text()).not.toContain('困难户')
    expect(page.text()).toContain('网格界')
    await page.find('[data-test=legend-categories]').trigger('click')
    expect(page.text()).toContain('困难户')
  })

  it('keeps the choice of the person when the height changes', async () => {
    const page = await open(true)
    const categories = page.find('[data-test=legend-categories]')
    await categories.trigger('click')
    await categories.trigger('click')
    await page.setProps({ low: false })
    expect(categories.attributes('aria-expanded')).toBe('false')
    expect(page.text()).not.toContain('困难户')
  })
})
