import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PATROL_SETTINGS, type PatrolSettings } from '@/core/patrol/patrol-scope'
import { DataError } from '@/data/errors'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ revision: 1 }))
const saved: { settings: PatrolSettings; revision: number }[] = []
vi.mock('@/rooms/patrol/settings-repository', () => ({
  loadPatrolSettings: async () => ({ settings: PATROL_SETTINGS, revision: server.revision }),
  savePatrolSettings: async (_: number, settings: PatrolSettings, revision: number) => {
    saved.push({ settings, revision })
    if (revision !== server.revision) throw new DataError('stale', 'stale', { revision: server.revision, by: '赵*', at: '2026-11-21T03:00:00Z' })
    return { revision: revision + 1 }
  },
}))
vi.mock('@/rooms/patrol/repository', async (original) => ({ ...(await original<object>()), loadPatrolScope: () => new Promise(() => {}) }))

const { default: SettingsForm } = await import('@/rooms/patrol/components/SettingsForm.vue')

let page: VueWrapper
const save = async () => {
  await page.get('form').trigger('submit')
  await flushPromises()
}

beforeEach(async () => {
  server.revision = 1
  saved.length = 0
  ;({ page } = await mountRoom(SettingsForm as never, { workspace: makeWorkspace(), map: makeMap() as never }))
  await flushPromises()
})
afterEach(() => page.unmount())

it('saves hours, days kept and duties, a link as its class, and asks for consent anew where that is wished', async () => {
  await page.get('[data-test=rule-from]').setValue('08:30')
  await page.get('[data-test=rule-rawDays]').setValue(14)
  await page.get('[data-test=duty-primary]').setValue('weekly')
  await page.get('[data-test=rule-asksAnew]').setValue(true)
  await save()
  expect(saved).toEqual([{
    settings: { ...PATROL_SETTINGS, fromMinute: 510, rawDays: 14, consentVersion: 2, dutyByClass: { ...PATROL_SETTINGS.dutyByClass, primary: 'weekly', primary_link: 'weekly' } },
    revision: 1,
  }])
})

it('says what cannot be: raw positions longer than names, hours that end before they begin, numbers out of bounds', async () => {
  const why = () => page.get('[data-test=settings-save]').attributes('title')
  expect(why()).toBeUndefined()
  for (const [field, value, words] of [['rule-rawDays', 365, '不能比姓名留得更久'], ['rule-from', '22:00', '早于结束'], ['rule-passM', 0, '1 到 200']] as const) {
    const input = page.get(`[data-test=${field}]`)
    const before = (input.element as HTMLInputElement).value
    await input.setValue(value)
    expect(why()).toContain(words)
    await save()
    await input.setValue(before)
  }
  expect(saved).toEqual([])
})

it('says that somebody saved first, keeps what was typed, and saves it on what stands now when asked again', async () => {
  await page.get('[data-test=rule-nameDays]').setValue(90)
  server.revision = 2
  await save()
  expect(page.get('[role=alert]').text()).toContain('有人先保存了规则')
  await save()
  expect(saved.map(({ settings, revision }) => [settings.nameDays, revision])).toEqual([[90, 1], [90, 2]])
})
