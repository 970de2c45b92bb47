import type { MapEngine, ScreenPoint } from '@/map/contracts'
import { LAYER, SOURCE } from '@/map/contracts'
import { computed, ref, shallowRef } from 'vue'
import { ASSIGNMENT_SOURCE, draw } from './layers'
import { assignMode } from './modes/assign'
import { lassoMode } from './modes/lasso'
import type { Hand } from './modes/hand'
import { screenHouseholds, tieDelta, whyNotMember, withWholeBuildings, type ScreenedHouseholds, type TieRefusal } from './operations/give-households'
import { buildingFeatures } from './operations/patch-features'
import type { Picture } from './picture'

/** Gestures on the map. */
export const ASSIGN_TOOLS = ['assign', 'lasso'] as const
export type AssignTool = (typeof ASSIGN_TOOLS)[number]
/** How a tie came about; for the words of history. */
export type AssignWay = AssignTool | 'matrix' | 'list'

export interface AssigningHost {
  map(): MapEngine | null
  picture(): Picture | null
  /** The plan may be changed now. */
  editing(): boolean
  selectedMember(): number
  selectMember(member: number): void
  /** The gesture in the air grew, shrank or ended. */
  onPreview(): void
}

/** What a gesture would do, beside the cursor before it is let go. */
export interface TiePreview extends ScreenedHouseholds {
  /** −1: nobody. */
  readonly member: number
}

/** A refusal at the cursor; `at` grows, so that the same words show again. */
export interface ShownRefusal {
  readonly code: TieRefusal | string
  readonly count: number
  readonly at: number
}

const NOBODY: ReadonlyMap<number, number> = new Map()

/** Giving households to a member by hand: a preview while the pointer is down, one step of history when it is let go. */
export function createAssigning(host: AssigningHost) {
  const tool = ref<AssignTool | null>(null)
  /** Households are taken from whoever has them, and go to nobody. */
  const releasing = ref(false)
  const preview = shallowRef<TiePreview | null>(null)
  const refusal = shallowRef<ShownRefusal | null>(null)
  /** Household or building under the pointer while nothing is pressed: households by index. */
  const pointed = shallowRef<readonly number[]>([])
  let refusals = 0
  let held: readonly number[] | null = null

  const target = computed(() => (releasing.value ? -1 : host.selectedMember()))
  const provisional = (): ReadonlyMap<number, number> =>
    preview.value ? new Map(preview.value.households.map((household) => [household, preview.value!.member])) : NOBODY

  function refuse(code: TieRefusal | string, count = 1): void {
    refusal.value = { code, count, at: ++refusals }
  }

  /** Why nothing can be given to a member now; said at the cursor. */
  function blocked(member: number, isRelease: boolean): TieRefusal | null {
    const picture = host.picture()
    if (!picture || !host.editing()) return 'not_editing'
    if (member < 0 && !isRelease) return 'no_target'
    return whyNotMember(picture.session, member)
  }

  function screen(households: Iterable<number>, member: number): ScreenedHouseholds {
    const { session, layout } = host.picture()!
    return screenHouseholds(session, withWholeBuildings(session, layout, households), member)
  }

  function show(households: readonly number[] | null): void {
    held = households
    preview.value = households && { member: target.value, ...screen(households, target.value) }
    drawPreview()
    host.onPreview()
  }

  /** Strips of the buildings touched, as they would be. */
  function drawPreview(): void {
    const [map, picture] = [host.map(), host.picture()]
    if (!map || !picture) return
    const shown = preview.value
    if (!shown || shown.households.length === 0) return draw(map, ASSIGNMENT_SOURCE.gesture, ringFeature ? [ringFeature] : [])
    const { scope, assignment, layout, session, colourOf } = picture
    const householdMember = session.document.householdMember.slice()
    for (const household of shown.households) householdMember[household] = shown.member
    const buildings = new Set(shown.households.map((household) => assignment.households.building[household]))
    const parts = [...buildings].flatMap((b) =>
      b < 0 ? [] : buildingFeatures({ buildings: scope.buildings, frame: scope.land.frame }, layout, { householdMember, colourOf }, b, 0),
    )
    draw(map, ASSIGNMENT_SOURCE.gesture, [
      ...parts.filter(({ properties }) => properties!.member === shown.member).map((part) => ({ ...part, properties: { ...part.properties, kind: 'part' } })),
      ...(ringFeature ? [ringFeature] : []),
    ])
  }

  /** The reason that holds most households back, said at the cursor. */
  function refuseMost(refused: ReadonlyMap<TieRefusal, number>): void {
    const [code, count] = [...refused].sort((a, b) => b[1] - a[1])[0] ?? ['nothing_to_do', 1]
    refuse(code, count)
  }

  /** Give households to a member at once, as one step; to nobody where `member` is `'nobody'`. */
  function give(households: readonly number[], way: AssignWay, to: number | 'nobody' = releasing.value ? 'nobody' : target.value): boolean {
    const member = to === 'nobody' ? -1 : to
    const why = blocked(member, to === 'nobody')
    if (why) {
      refuse(why)
      return false
    }
    const { session, nameOf } = host.picture()!
    const may = screen(households, member)
    if (may.households.length === 0) {
      refuseMost(may.refused)
      return false
    }
    const applied = session.apply(tieDelta(session, may.households, member), {
      key: `assignment.note.${to === 'nobody' ? 'release' : way}`,
      values: { n: may.households.length, ...(to === 'nobody' ? {} : { member: nameOf(member) }) },
    })
    if (!applied.ok) refuse(applied.code)
    else if (may.refused.size > 0) refuseMost(may.refused)
    else refusal.value = null
    return applied.ok
  }

  let ringFeature: GeoJSON.Feature | null = null

  const hand: Hand = {
    get picture() {
      return host.picture()
    },
    begin() {
      const why = blocked(target.value, releasing.value)
      if (why) refuse(why)
      return why === null
    },
    show,
    keep(way) {
      const households = held
      drop()
      if (households) give(households, way)
    },
    drop,
    ring(points) {
      ringFeature =
        points.length < 3 ? null : { type: 'Feature', properties: { kind: 'ring' }, geometry: { type: 'Polygon', coordinates: [[...points, points[0]].map(([lng, lat]) => [lng, lat])] } }
      drawPreview()
    },
    under,
    pick(households) {
      const member = households.length === 0 ? -1 : (host.picture()?.session.document.householdMember[households[0]] ?? -1)
      if (member >= 0) {
        releasing.value = false
        host.selectMember(member)
      }
    },
    point(households) {
      if (households.length !== pointed.value.length || households.some((household, k) => household !== pointed.value[k])) pointed.value = households
    },
  }

  function drop(): boolean {
    const was = held !== null
    held = null
    ringFeature = null
    preview.value = null
    drawPreview()
    host.onPreview()
    return was
  }

  /** The household under a point where they are drawn one by one, else all of the building; `whole`: in any case. */
  function under(at: ScreenPoint, whole: boolean): readonly number[] {
    const [map, picture] = [host.map(), host.picture()]
    if (!map || !picture) return []
    const door = map.query(at, [LAYER.tiedHouseholds])[0]
    const household = typeof door?.properties.household === 'number' ? picture.session.context.householdIndex.get(door.properties.household) : undefined
    if (household !== undefined && !whole) return [household]
    const strips = [ASSIGNMENT_SOURCE.mended, ASSIGNMENT_SOURCE.parts].flatMap((source) => [`${source}:fill`, `${source}:nobody`])
    const strip = map.query(at, strips)[0]?.properties.building
    const outline = map.query(at, [LAYER.buildingsFill]).find((hit) => hit.source === SOURCE.buildings)?.featureIndex
    const building = household !== undefined ? picture.assignment.households.building[household] : typeof strip === 'number' ? strip : (outline ?? -1)
    if (building < 0) return []
    const { start, item } = picture.layout.byBuilding
    return [...item.subarray(start[building], start[building + 1])]
  }

  /** Take a gesture in hand, or put it down. */
  function setTool(next: AssignTool | null): void {
    if (next === tool.value) return
    tool.value = next
    pointed.value = []
    const map = host.map()
    if (!map) return
    map.setMode(next === 'assign' ? assignMode(hand) : next === 'lasso' ? lassoMode(hand) : null)
  }

  /** The map's mode ended by itself, as with Esc. */
  function left(): void {
    tool.value = null
    releasing.value = false
    pointed.value = []
  }

  return { tool, releasing, target, preview, refusal, pointed, provisional, setTool, left, give, refuse }
}
