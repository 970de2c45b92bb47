import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import BandPlot from '@/rooms/redesign/components/BandPlot.vue'

it('says how many grids lie beyond an end of the axis, and nothing where none does', () => {
  const plotOf = (households: readonly number[]) =>
    mount(BandPlot, {
      props: {
        // The axis shows 150 to 650.
        band: { lower: 300, upper: 500, target: 400 },
        dots: households.map((count, k) => ({ id: String(k), label: '', households: count, before: null, active: false })),
        title: '', describe: 'Plot.', targetLabel: '',
        beyond: (side: string, count: number, end: number) => `${count} ${side} ${end}`,
      },
    })
  const piled = plotOf([0, 20, 149, 150, 400, 650, 651])
  expect(piled.get('.is-below').text()).toBe('3 below 150')
  expect(piled.get('.is-above').text()).toBe('1 above 650')
  expect(piled.get('svg').attributes('aria-label')).toBe('Plot. 3 below 150 1 above 650')
  const within = plotOf([150, 400, 650])
  expect(within.find('.is-below').exists() || within.find('.is-above').exists()).toBe(false)
})
