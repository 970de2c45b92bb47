import type { AssignmentScope } from '@/core/assignment/assignment-scope'
import type { Scope } from '@/core/scope'
import type { Selection, Session, Workspace } from '@/core/workspace'
import { toDataError } from '@/data/errors'
import type { MapEngine } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import type { DrawerTab, PanelTab } from './panes'

const EDITORS = ['street_officer', 'district_admin', 'community_secretary'] as const

export type Translate = (key: string, values: Record<string, string | number>) => string

/**
 * Joins the parts of the room and holds its view state. The plan itself lives in the session, outside reactivity; `tick`
 * counts its changes, and whatever reads the session reads `tick` first.
 */
export const useAssignmentStore = defineStore('assignment', () => {
  const workspace = shallowRef<Workspace | null>(null)
  const map = shallowRef<MapEngine | null>(null)
  const person = shallowRef<Session | null>(null)
  const scope = shallowRef<Scope | null>(null)
  const assignmentScope = shallowRef<AssignmentScope | null>(null)
  const tick = ref(0)
  const translate = shallowRef<Translate>((key) => key)
  /** The room's page is open. */
  const active = ref(false)
  const panelTab = ref<PanelTab>('assign')
  const drawerTab = ref<DrawerTab>('members')
  /** What is selected in the workspace. */
  const selection = shallowRef<Selection | null>(null)

  const canEdit = computed(() => person.value?.posts.some((post) => (EDITORS as readonly string[]).includes(post.role)) ?? false)
  /** A member and nothing else: sees the own households only. */
  const isOnlyMember = computed(() => {
    const posts = person.value?.posts ?? []
    return posts.length > 0 && posts.every((post) => post.role === 'member')
  })

  /** Positions of the ids of this street. */
  const indexes = computed(() => {
    const here = assignmentScope.value
    if (!here) return null
    const indexOf = (ids: Int32Array) => new Map(Array.from(ids, (id, index) => [id, index] as const))
    return { members: indexOf(here.members.ids), households: indexOf(here.households.ids) }
  })
  /** Index of the member selected on the map, in a list or by a link; −1: none. */
  const selectedMember = computed(() =>
    selection.value?.kind === 'member' ? (indexes.value?.members.get(selection.value.memberId) ?? -1) : -1,
  )
  const selectedHousehold = computed(() =>
    selection.value?.kind === 'household' ? (indexes.value?.households.get(selection.value.householdId) ?? -1) : -1,
  )

  function selectMember(member: number): void {
    const here = assignmentScope.value
    if (here) workspace.value?.selection.set({ kind: 'member', memberId: here.members.ids[member], buildingIndex: here.members.building[member] })
  }

  function selectHousehold(household: number): void {
    const here = assignmentScope.value
    if (!here) return
    const { ids, building } = here.households
    workspace.value?.selection.set({ kind: 'household', householdId: ids[household], buildingIndex: building[household] })
  }

  const notify = (tone: 'success' | 'info' | 'warning' | 'error', key: string, values?: Record<string, string | number>) =>
    workspace.value?.notify({ tone, key: `assignment.${key}`, values })

  function fail(thrown: unknown): void {
    const error = toDataError(thrown)
    const key = `assignment.error.${error.code}`
    const words = translate.value(key, { message: error.message })
    notify('error', 'failed', { reason: words === key ? error.message : words })
  }

  function setScope(next: Scope | null): void {
    scope.value = next && markRaw(next)
    if (next?.landId !== assignmentScope.value?.landId) assignmentScope.value = null
  }

  function enter(): void {
    active.value = true
  }

  function leave(): void {
    active.value = false
  }

  return {
    workspace, map, person, scope, assignmentScope, tick, translate, active, panelTab, drawerTab, selection, indexes,
    canEdit, isOnlyMember, selectedMember, selectedHousehold, selectMember, selectHousehold, notify, fail, setScope, enter, leave,
  }
})
