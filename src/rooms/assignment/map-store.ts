import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { giveWay } from '@/map/give-way'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { createAssigning } from './assigning'
import { boundsOf, chosenFeatures, homeFeature } from './chosen'
import { createDoors } from './doors'
import { hoverWords } from './hover-words'
import { exceptionFeatures } from './exception-marks'
import { addAssignmentLayers, ASSIGNMENT_SOURCE, draw, PATCH_COLOURS } from './layers'
import { loadMemberNames } from '@/data/member-names'
import { layOutHouseholds } from './operations/lay-out-households'
import { listExceptions, type ExceptionKind } from './operations/list-exceptions'
import { createMemberRows } from './operations/member-rows'
import { createPatchColours } from './operations/patch-colours'
import { createPatches } from './patches'
import { placeAt, type Picture } from './picture'
import { useAssignmentStore } from './store'

/** Signs on the map while no kind of exception is chosen. */
const SHOWN_AT_FIRST: readonly ExceptionKind[] = ['household_unserved', 'member_above_max']

/** What the room draws and how ties are given by hand; kept in step with the plan on display. */
export const useAssignmentMap = defineStore('assignment-map', () => {
  const room = useAssignmentStore()
  const names = shallowRef<ReadonlyMap<number, { name: string; initials: string }>>(new Map())
  /** Lines from every member in view to the households. */
  const allLines = ref(false)
  /** Kind of exceptions chosen in the list; null: those shown at first. */
  const kind = ref<ExceptionKind | null>(null)
  const isOpen = ref(false)
  /** Signs that a list shows in place of exceptions: breaks of the chain, vacancies. */
  const marks = shallowRef<readonly GeoJSON.Feature[] | null>(null)
  /** Members chosen by a bar of the histogram, by index; null: no bar. */
  const chosen = shallowRef<ReadonlySet<number> | null>(null)
  /** Community that tables keep to; −1: all. */
  const community = ref(-1)
  let takeAway: (() => void) | null = null
  const ends: (() => void)[] = []

  const layout = computed(() => (room.ground ? markRaw(layOutHouseholds(room.ground.scope, room.ground.assignmentScope)) : null))
  const colours = computed(() => {
    const { ground } = room
    return ground && layout.value ? createPatchColours(ground.assignmentScope, layout.value, ground.scope.land.frame, PATCH_COLOURS.length) : null
  })
  /** The plan on display once its patches are coloured. */
  const painted = computed(() => {
    if (room.session) colours.value?.take(room.session.document.householdMember)
    return room.session
  })
  const picture = computed<Picture | null>(() => {
    const { ground } = room
    const session = painted.value
    const known = colours.value
    if (!ground || !session || !layout.value || !known) return null
    const named = names.value
    const { ids } = ground.assignmentScope.members
    return markRaw({
      scope: ground.scope,
      assignment: ground.assignmentScope,
      layout: layout.value,
      session,
      colourOf: (member: number) => PATCH_COLOURS[known.of(member)],
      nameOf: (member: number) => named.get(ids[member])?.name ?? '',
    })
  })
  const initialsOf = (member: number): string => names.value.get(room.assignmentScope?.members.ids[member] ?? 0)?.initials ?? ''

  const say = (key: string, values: Record<string, string | number> = {}): string => room.translate(`assignment.map.${key}`, values)
  const host = { map: () => (takeAway ? room.map : null), picture: () => picture.value }
  const patches = createPatches({ ...host, servedWords: (served, unserved) => say(unserved > 0 ? 'unservedFigure' : 'servedFigure', { served, unserved }) })
  const assigning = createAssigning({
    ...host,
    editing: () => room.editing,
    selectedMember: () => room.selectedMember,
    selectMember: room.selectMember,
    onPreview: () => doors.refresh(),
  })
  const doors = createDoors({ ...host, selectedMember: () => room.selectedMember, provisional: assigning.provisional, allLines: () => allLines.value })

  const rows = computed(() => (picture.value ? markRaw(createMemberRows(picture.value)) : null))
  /** Covered members with what they carry; read anew where a change was. */
  const memberRows = computed(() => (room.tick >= 0 && rows.value ? markRaw(rows.value.list()) : []))
  const rowOf = (member: number) => (room.tick >= 0 && member >= 0 ? (rows.value?.of(member) ?? null) : null)

  /** Exceptions by kind; read anew after each change of the plan. */
  const exceptions = computed(() => (room.tick >= 0 && picture.value ? markRaw(listExceptions(picture.value)) : null))

  function drawSelected(): void {
    const map = host.map()
    const now = picture.value
    if (map && now) {
      const others = [...(chosen.value ?? [])].filter((member) => member !== room.selectedMember)
      draw(map, ASSIGNMENT_SOURCE.chosen, [...others.flatMap((member) => homeFeature(now, member)), ...chosenFeatures(now, room.selectedMember)])
    }
    doors.refresh()
  }

  function drawExceptions(): void {
    const map = host.map()
    if (!map || !picture.value || !exceptions.value) return
    if (marks.value) return draw(map, ASSIGNMENT_SOURCE.exceptions, marks.value)
    draw(map, ASSIGNMENT_SOURCE.exceptions, exceptionFeatures(picture.value, exceptions.value, kind.value ? [kind.value] : SHOWN_AT_FIRST))
  }

  function drawAll(): void {
    patches.drawAll()
    drawSelected()
    drawExceptions()
  }

  async function readNames(): Promise<void> {
    const here = room.scope
    if (!here || room.isOnlyMember) return
    try {
      const rows = await loadMemberNames(here.communities.map(({ id }) => id))
      if (room.scope === here) names.value = new Map(rows.map((row) => [row.id, row]))
    } catch (thrown) {
      room.fail(thrown)
    }
  }

  /** The room's page opens: its layers come on the map, once the street's own are there to be drawn upon. */
  function enter(): void {
    isOpen.value = true
    attach()
    ends.push(
      watch(() => room.scope, () => {
        attach()
        void readNames()
      }),
    )
    if (names.value.size === 0) void readNames()
  }

  function attach(): void {
    const { map, workspace } = room
    if (!map || !workspace || !room.scope || takeAway) return
    takeAway = addAssignmentLayers(map)
    ends.push(giveWay(map, workspace))
    const showKind = watch(() => room.shownFinding, (code) => (kind.value = code), { immediate: true })
    ends.push(
      map.view.subscribe(doors.refresh),
      map.mode.subscribe((mode) => {
        if (!mode?.id.startsWith('assignment:')) assigning.left()
      }),
      workspace.hover.subscribe((under) => workspace.hoverLines.set(picture.value ? hoverWords(picture.value, say, under) : [])),
      watchSession(),
      showKind,
      watch(names, drawAll),
      watch([() => room.selectedMember, chosen], drawSelected),
      // Walks that became known are no change of the plan.
      watch(() => room.tick >= 0 && room.session?.walks, () => rows.value?.touch(null), { flush: 'sync' }),
      watch(allLines, doors.refresh),
      watch([exceptions, kind, marks], drawExceptions),
    )
  }

  /** Another plan on display is drawn whole; a change of it where it changed. */
  function watchSession(): () => void {
    let end: (() => void) | null = null
    const stop = watch(
      () => room.session,
      (session: AssignmentSession | null) => {
        end?.()
        end = session
          ? session.subscribe((change) => {
              rows.value?.touch(change.rulesChanged ? null : change.changedMembers)
              const recoloured = colours.value?.mend(session.document.householdMember, change.changedHouseholds) ?? []
              patches.touch([...change.changedHouseholds, ...recoloured.flatMap((member) => [...session.index.householdsOf(member)])])
              drawSelected()
            })
          : null
        rows.value?.touch(null)
        chosen.value = null
        drawAll()
      },
      { immediate: true },
    )
    return () => {
      stop()
      end?.()
    }
  }

  /** The page closes: the gesture ends, the map is as the shell has it. */
  function leave(): void {
    isOpen.value = false
    const taken = takeAway
    if (taken) {
      assigning.setTool(null)
      patches.clear()
    }
    ends.splice(0).forEach((end) => end())
    if (!taken) return
    taken()
    takeAway = null
    room.workspace?.hoverLines.set([])
  }

  /** Bring members and households into view; a panel that opens beside the map is waited for. */
  function locate(members: readonly number[], households: readonly number[]): void {
    const bounds = picture.value && boundsOf(picture.value, members, households)
    if (bounds) requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit(bounds, { maxZoom: 18 })))
  }

  function locateBuilding(building: number): void {
    const at = layout.value && placeAt(layout.value.middles, building)
    if (at) requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit([at[0], at[1], at[0], at[1]], { maxZoom: 18 })))
  }

  /** Choose the members of a bar; the same again, or none, ends it. */
  function choose(members: readonly number[] | null): void {
    const same = members !== null && chosen.value?.size === members.length && members.every((member) => chosen.value!.has(member))
    chosen.value = members === null || members.length === 0 || same ? null : new Set(members)
    if (chosen.value) locate([...chosen.value], [])
  }

  return { names, initialsOf, picture, layout, assigning, allLines, kind, exceptions, memberRows, rowOf, chosen, choose, community, marks, isOpen, enter, leave, locate, locateBuilding }
})
