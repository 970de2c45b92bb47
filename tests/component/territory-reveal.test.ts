import HouseholdList from '@/rooms/territory/components/HouseholdList.vue'
import RevealDialog from '@/ui/RevealDialog.vue'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mountRoom } from './mount-room'

vi.mock('@/rooms/territory/repository', () => ({
  listResidents: async (householdId: number) => [
    { id: householdId * 10, name: '张*', relation: '户主', birthYear: 1950, sex: 'male', phone: '138****0001', idNumber: '110101********1234' },
  ],
}))

const household = (id: number) => ({ id, stairwellId: null, room: `${id}01`, address: `文昌路${id}号`, headName: '张*', category: 0, residentCount: 1 })
const CLEAR = { name: '张三丰', phone: '13800000001', idNumber: '110101195001011234', revealsLeft: 7 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

/** A list with the first household open and its resident revealed. */
async function revealed() {
  const { page, workspace } = await mountRoom(HouseholdList, { props: { households: [household(1), household(2)], stairwells: [], initialId: null } })
  const rows = page.findAll('.household-list__row')
  await rows[0].trigger('click')
  await flushPromises()
  await page.get('.household-list__residents .link-button').trigger('click')
  page.getComponent(RevealDialog).vm.$emit('revealed', CLEAR)
  await flushPromises()
  return { page, workspace, rows }
}

describe('a resident in clear', () => {
  it('is shown with a notice of what is left of the day', async () => {
    const { page, workspace } = await revealed()
    expect(page.text()).toContain('张三丰')
    expect(workspace.notices.get()).toMatchObject([{ key: 'territory.revealNoted', values: { left: 7, minutes: 5 } }])
  })

  it('is masked again after five minutes', async () => {
    const { page } = await revealed()
    await vi.advanceTimersByTimeAsync(5 * 60_000 - 1)
    expect(page.text()).toContain('13800000001')
    await vi.advanceTimersByTimeAsync(1)
    expect(page.text()).not.toContain('13800000001')
    expect(page.text()).toContain('138****0001')
  })

  it('is masked again when asked, and when another household is opened', async () => {
    const { page } = await revealed()
    await page.get('.household-list__residents .link-button').trigger('click')
    expect(page.text()).not.toContain('张三丰')
    const again = await revealed()
    await again.rows[1].trigger('click')
    await flushPromises()
    await again.rows[0].trigger('click')
    await flushPromises()
    expect(again.page.text()).not.toContain('张三丰')
  })
})
