import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ISSUE_SETTINGS, type IssueSettings } from '@/core/issues/issue-scope'
import { DataError } from '@/data/errors'
import { makeIssueScope } from '../../unit/rooms/issues/make-issue-scope'
import { makeMap, makeWorkspace, mountRoom } from '../mount-room'

const server = vi.hoisted(() => ({ revision: 1 }))
const saved: { settings: IssueSettings; revision: number }[] = []
vi.mock('@/rooms/issues/settings-repository', () => ({
  loadIssueSettings: async () => ({ settings: ISSUE_SETTINGS, revision: server.revision }),
  saveIssueSettings: async (_: number, settings: IssueSettings, revision: number) => {
    saved.push({ settings, revision })
    if (revision !== server.revision) throw new DataError('stale', 'stale', { revision: server.revision, by: '赵*', at: '2026-11-21T03:00:00Z' })
    return { revision: revision + 1 }
  },
}))
vi.mock('@/rooms/issues/repository', () => ({ runIssueRules: async () => null, loadIssueScope: async () => makeIssueScope([]) }))

const { default: SettingsForm } = await import('@/rooms/issues/components/SettingsForm.vue')

let page: VueWrapper
const daysField = () => page.get('[data-test=days-noise-grid]')

beforeEach(async () => {
  server.revision = 1
  saved.length = 0
  ;({ page } = await mountRoom(SettingsForm as never, { workspace: makeWorkspace(), map: makeMap() as never }))
  await flushPromises()
})
afterEach(() => page.unmount())

it('says that somebody saved first, keeps what was typed, and saves it on what stands now when asked again', async () => {
  await daysField().setValue(42)
  server.revision = 2
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain('有人先保存了设置')
  expect((daysField().element as HTMLInputElement).value).toBe('42')
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(saved.map(({ settings, revision }) => [settings.deadlines.noise[0], revision])).toEqual([[42, 1], [42, 2]])
})
