import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { LAYER } from '@/map/contracts'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import { createAssigning } from './assigning'
import { boundsOf, drawChosen } from './chosen'
import { createDoors } from './doors'
import { exceptionFeatures } from './exception-marks'
import { addAssignmentLayers, ASSIGNMENT_SOURCE, draw, PATCH_COLOURS } from './layers'
import { loadMemberNames } from './member-names'
import { layOutHouseholds } from './operations/lay-out-households'
import { listExceptions, type ExceptionKind } from './operations/list-exceptions'
import { createPatches } from './patches'
import type { Picture } from './picture'
import { useAssignmentStore } from './store'

/** Layers of the shell that would say the same again, or another thing in the same place. */
const HIDDEN = [LAYER.cellsFill, LAYER.redrawnFill, LAYER.households, LAYER.householdGroups] as const
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
  let takeAway: (() => void) | null = null
  const ends: (() => void)[] = []

  const layout = computed(() => (room.ground ? markRaw(layOutHouseholds(room.ground.scope, room.ground.assignmentScope)) : null))
  const picture = computed<Picture | null>(() => {
    const { ground, session } = room
    if (!ground || !session || !layout.value) return null
    const known = names.value
    const { ids } = ground.assignmentScope.members
    return markRaw({
      scope: ground.scope,
      assignment: ground.assignmentScope,
      layout: layout.value,
      session,
      colourOf: (member: number) => PATCH_COLOURS[member % PATCH_COLOURS.length],
      nameOf: (member: number) => known.get(ids[member])?.name ?? '',
    })
  })
  const initialsOf = (member: number): string => names.value.get(room.assignmentScope?.members.ids[member] ?? 0)?.initials ?? ''

  const host = { map: () => (takeAway ? room.map : null), picture: () => picture.value }
  const patches = createPatches({ ...host, servedWords: (served, unserved) => room.translate(`assignment.map.${unserved > 0 ? 'unservedFigure' : 'servedFigure'}`, { served, unserved }) })
  const assigning = createAssigning({
    ...host,
    editing: () => room.editing,
    selectedMember: () => room.selectedMember,
    selectMember: room.selectMember,
    onPreview: () => doors.refresh(),
  })
  const doors = createDoors({ ...host, selectedMember: () => room.selectedMember, provisional: assigning.provisional, allLines: () => allLines.value })

  /** Rows by kind; read anew after each change of the plan. */
  const exceptions = computed(() => (room.tick >= 0 && picture.value ? markRaw(listExceptions(picture.value)) : null))

  function drawSelected(): void {
    const map = host.map()
    if (map && picture.value) drawChosen(map, picture.value, room.selectedMember)
    doors.refresh()
  }

  function drawExceptions(): void {
    const map = host.map()
    if (!map || !picture.value || !exceptions.value) return
    draw(map, ASSIGNMENT_SOURCE.exceptions, exceptionFeatures(picture.value, exceptions.value, kind.value ? [kind.value] : SHOWN_AT_FIRST))
  }

  function drawAll(): void {
    patches.drawAll()
    drawSelected()
    drawExceptions()
  }

  /** What the shell draws in the same place gives way while the room is open. */
  function giveWay(): void {
    const map = host.map()
    if (map) for (const id of HIDDEN) map.setVisible(id, false)
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

  /** The room's page opens: its layers come on the map. */
  function enter(): void {
    const { map, workspace } = room
    isOpen.value = true
    if (!map || !workspace || takeAway) return
    takeAway = addAssignmentLayers(map)
    giveWay()
    ends.push(
      map.view.subscribe(doors.refresh),
      map.mode.subscribe((mode) => {
        if (!mode?.id.startsWith('assignment:')) assigning.left()
      }),
      // The shell switches its layers first: it heard of the change before.
      workspace.layers.subscribe(giveWay),
      workspace.shownGrids.subscribe(giveWay),
      watchSession(),
      watch(names, drawAll),
      watch(() => room.selectedMember, drawSelected),
      watch(allLines, doors.refresh),
      watch([exceptions, kind], drawExceptions),
      watch(() => room.shownFinding, (code) => (kind.value = code), { immediate: true }),
    )
    if (names.value.size === 0) void readNames()
    ends.push(watch(() => room.scope, () => void readNames()))
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
              patches.touch(change.changedHouseholds)
              drawSelected()
            })
          : null
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
    if (!takeAway) return
    assigning.setTool(null)
    patches.clear()
    ends.splice(0).forEach((end) => end())
    takeAway()
    takeAway = null
    const { map, workspace } = room
    if (!map || !workspace) return
    for (const id of [LAYER.cellsFill, LAYER.redrawnFill]) map.setVisible(id, workspace.layers.get().includes('grids'))
    for (const id of [LAYER.households, LAYER.householdGroups]) map.setVisible(id, workspace.layers.get().includes('households'))
  }

  /** Bring members and households into view; a panel that opens beside the map is waited for. */
  function locate(members: readonly number[], households: readonly number[]): void {
    const bounds = picture.value && boundsOf(picture.value, members, households)
    if (bounds) requestAnimationFrame(() => requestAnimationFrame(() => room.map?.fit(bounds, { maxZoom: 18 })))
  }

  return { names, initialsOf, picture, layout, assigning, allLines, kind, exceptions, isOpen, enter, leave, locate }
})
