import { toDataError, type DataError } from '@/data/errors'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import {
  appoint, listContactLinks, listPeopleAt, loadChainBreaks, loadGridStaffing, setContactLink, type BreakCode, type ChainBreak, type ContactLink, type GridStaff,
} from './chain-repository'
import { countCommunities, listGroups, type ChainGround } from './operations/chain-counts'
import { useAssignmentStore } from './store'

/** Where one looks in the chain: a community, a party group of it, a member of that. */
export interface ChainPlace {
  readonly community: number
  /** Id of the unit; 0: members of no group; null: the community itself. */
  readonly group: number | null
  readonly member: number
}
/** What of the chain is shown: level by level, its breaks, or who works in the grids. */
export const CHAIN_TABS = ['levels', 'breaks', 'grids'] as const
export type ChainTab = (typeof CHAIN_TABS)[number]
const TOP: ChainPlace = { community: -1, group: null, member: -1 }

/** The chain from district to door as it is in force: counts, breaks, who holds what, staffing of the grids. */
export const useAssignmentChain = defineStore('assignment-chain', () => {
  const room = useAssignmentStore()
  const breaks = shallowRef<readonly ChainBreak[] | null>(null)
  const staffing = shallowRef<readonly GridStaff[] | null>(null)
  const failure = shallowRef<DataError | null>(null)
  const isLoading = ref(false)
  const tab = ref<ChainTab>('levels')
  const place = shallowRef<ChainPlace>(TOP)
  /** Kind of break whose list is open. */
  const openCode = ref<BreakCode | null>(null)
  /** Of the community one looks at. */
  const links = shallowRef<readonly ContactLink[]>([])
  const people = shallowRef<readonly { personId: string; name: string; role: string }[]>([])
  let loadedFor = ''

  /** Widest unit of the person here. */
  const unitId = computed(() => {
    const posts = room.person?.posts ?? []
    const wide = posts.some(({ role, level }) => role === 'district_admin' || role === 'street_officer' || (role === 'auditor' && level !== 'community'))
    return wide ? (room.ground?.streetId ?? null) : (posts.find(({ level }) => level === 'community')?.orgUnitId ?? null)
  })
  const ground = computed<ChainGround | null>(() =>
    room.tick >= 0 && room.ground && room.session ? { scope: room.ground.scope, session: room.session, staffing: staffing.value ?? [] } : null,
  )
  const communities = computed(() => (ground.value ? countCommunities(ground.value, breaks.value ?? []) : []))
  const groups = computed(() => (ground.value && place.value.community >= 0 ? listGroups(ground.value, place.value.community, breaks.value ?? []) : []))

  /** Read breaks and staffing; what is not the caller's to see is left out. */
  async function load(again = false): Promise<void> {
    const [unit, land] = [unitId.value, room.scope?.landId]
    if (unit === null || land === undefined || (!again && loadedFor === `${land} ${unit}`)) return
    loadedFor = `${land} ${unit}`
    isLoading.value = true
    failure.value = null
    const [read, staff] = await Promise.allSettled([loadChainBreaks(unit), loadGridStaffing(land)])
    if (loadedFor !== `${land} ${unit}`) return
    isLoading.value = false
    breaks.value = read.status === 'fulfilled' ? markRaw(read.value) : null
    staffing.value = staff.status === 'fulfilled' ? markRaw(staff.value) : null
    if (read.status === 'rejected') {
      failure.value = toDataError(read.reason)
      loadedFor = ''
    }
  }

  async function readCommunity(community: number): Promise<void> {
    const id = room.scope?.communities[community]?.id
    if (id === undefined) return
    try {
      const [own, here] = await Promise.all([listContactLinks(id), listPeopleAt(id)])
      if (place.value.community !== community) return
      links.value = own
      people.value = here
    } catch (thrown) {
      room.fail(thrown)
    }
  }

  function go(next: Partial<ChainPlace>): void {
    const before = place.value.community
    place.value = { ...TOP, ...next }
    if (place.value.community === before) return
    links.value = []
    people.value = []
    void readCommunity(place.value.community)
  }

  const linkTo = (kind: ContactLink['kind'], target: number): ContactLink | null => links.value.find((link) => link.kind === kind && link.targetId === target) ?? null

  /** Close a break, or change who holds a link; null ends it. True where it was done. */
  async function setLink(kind: ContactLink['kind'], target: number, memberId: number | null): Promise<boolean> {
    return act(() => setContactLink(kind, target, memberId), 'chain.done')
  }
  const give = (personId: string, communityId: number, role: 'grid_leader' | 'grid_worker' | 'cadre', gridId: string | null): Promise<boolean> =>
    act(() => appoint(personId, communityId, role, gridId), 'chain.appointed')

  async function act(run: () => Promise<unknown>, done: string): Promise<boolean> {
    try {
      await run()
    } catch (thrown) {
      const error = toDataError(thrown)
      const reason = error.code === 'contact_invalid' ? `assignment.chain.invalid.${String(error.detail.reason)}` : ''
      if (reason) room.notify('error', 'failed', { reason: room.translate(reason, {}) })
      else room.fail(error)
      return false
    }
    room.notify('success', done)
    await Promise.all([load(true), readCommunity(place.value.community)])
    return true
  }

  const isAdministrator = computed(() => room.person?.posts.some(({ role }) => role === 'district_admin') ?? false)

  return {
    breaks, staffing, failure, isLoading, tab, place, openCode, links, people, unitId, ground, communities, groups, isAdministrator,
    load, readCommunity, go, linkTo, setLink, give,
  }
})
