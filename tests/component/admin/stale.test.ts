import AccountActs from '@/rooms/admin/components/AccountActs.vue'
import PersonCard from '@/rooms/admin/components/PersonCard.vue'
import SafetySettings from '@/rooms/admin/components/SafetySettings.vue'
import type { PersonRow, PostRow } from '@/rooms/admin/model'
import { endPost, listPostsOf, listSafetySettings, saveSafetySetting } from '@/rooms/admin/repository'
import { DataError } from '@/data/errors'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeWorkspace, mountRoom } from '../mount-room'

vi.mock('@/rooms/admin/repository', async (original) => ({
  ...(await original<object>()),
  listPostsOf: vi.fn(), endPost: vi.fn(), listSafetySettings: vi.fn(), saveSafetySetting: vi.fn(),
}))
afterEach(() => (document.body.innerHTML = ''))

const stale = () => new DataError('stale', 'stale', { revision: 3 })

describe('what somebody else changed meanwhile', () => {
  it('is shown in the settings beside the refusal, and the next attempt goes by it', async () => {
    const workspace = makeWorkspace()
    workspace.session.set({
      personId: 'p1', name: '王*', posts: [{ role: 'district_admin', orgUnitId: 1, orgName: '示范区', level: 'district', landId: null }],
    })
    vi.mocked(listSafetySettings).mockResolvedValueOnce({ idle_minutes: { amount: 30, revision: 2 } })
    const { page } = await mountRoom(SafetySettings, { workspace })
    await flushPromises()
    const minutes = page.get<HTMLInputElement>('input[name=idle_minutes]')
    const save = async () => {
      await minutes.setValue('60')
      await page.get('form').trigger('submit')
      await flushPromises()
    }
    vi.mocked(saveSafetySetting).mockRejectedValueOnce(stale())
    vi.mocked(listSafetySettings).mockResolvedValue({ idle_minutes: { amount: 45, revision: 3 } })
    await save()
    expect(minutes.element.value).toBe('45')
    expect(page.get('[role=alert]').text()).toContain('别人刚刚改过')
    await save()
    expect(vi.mocked(saveSafetySetting).mock.calls.map(([, , , revision]) => revision)).toEqual([2, 3])
  })

  const post: PostRow = { id: 7, personId: 'p2', role: 'cadre', orgUnitId: 2, gridId: null, validFrom: '2026-01-01', validTo: null, revision: 2 }
  const person: PersonRow = {
    personId: 'p2', name: '李*', phone: null, isActive: true, isRetired: false, revision: 1, posts: [post],
    account: { personId: 'p2', email: 'li@x.cn', mustChangePassword: false, hasSecondFactor: false, lastSeenAt: null },
  }
  const props = { person, units: [], administered: new Set([2]), unitName: () => '高庄街道' }

  it('is told to the list at once, were the card left before its posts are read', async () => {
    vi.mocked(listPostsOf).mockReturnValue(new Promise(() => {}))
    const { page } = await mountRoom(PersonCard, { props })
    page.getComponent(AccountActs).vm.$emit('changed')
    expect(page.emitted('changed')).toHaveLength(1)
  })

  it('does not sweep away why a post could not be ended', async () => {
    vi.mocked(listPostsOf).mockResolvedValueOnce([post]).mockResolvedValue([{ ...post, revision: 3 }])
    const { page } = await mountRoom(PersonCard, { props })
    await flushPromises()
    await page.get('.post-item button').trigger('click')
    vi.mocked(endPost).mockRejectedValueOnce(stale())
    await page.get('.post-item__form').trigger('submit')
    await flushPromises()
    expect(page.get('.post-item [role=alert]').text()).toContain('别人刚刚改过')
    await page.get('.post-item__form').trigger('submit')
    await flushPromises()
    expect(vi.mocked(endPost).mock.calls.map(([{ revision }]) => revision)).toEqual([2, 3])
    expect(page.find('.post-item__form').exists()).toBe(false)
  })
})
