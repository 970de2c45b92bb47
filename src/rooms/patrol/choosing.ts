import { pointInRing } from '@/core/rings'
import { toDegrees, toMetres } from '@/core/places-in-metres'
import type { LngLat } from '@/core/units'
import type { MapEngine, ScreenPoint } from '@/map/contracts'
import { placeMode } from '@/map/place-mode'
import { ringMode } from '@/map/ring-mode'
import { ref, shallowRef } from 'vue'
import { segmentsMode } from './modes/segments'
import type { usePatrolStore } from './store'

/** What a press on the map does. */
export const MAP_TOOLS = ['segments', 'street', 'lasso', 'gate', 'checkpoint'] as const
export type MapTool = (typeof MAP_TOOLS)[number]

/** A street is under the pointer up to so many CSS pixels from it; a gate is put on a street no farther than this. */
const REACH_PX = 12
const GATE_REACH_M = 30

/** Something about to be put on the map: its form is open. */
export interface PlacedThing {
  readonly kind: 'gate' | 'checkpoint'
  readonly lngLat: LngLat
}

/** Choosing streets and saying places on the map. */
export function createChoosing(room: ReturnType<typeof usePatrolStore>, engine: () => MapEngine | null, showRing: (ring: readonly LngLat[]) => void) {
  const tool = ref<MapTool | null>(null)
  const placed = shallowRef<PlacedThing | null>(null)
  /** The place pressed last was too far from any street for a gate. */
  const tooFar = ref(false)

  /** The segment of a street nearest to a point of the screen, −1 where none is under it. */
  function segmentAt(at: ScreenPoint): number {
    const map = engine()
    const here = room.planning.streets
    if (!map || !here || !room.scope) return -1
    const { frame } = room.scope.land
    const [xM, yM] = toMetres(frame, map.unproject(at))
    const [besideM] = toMetres(frame, map.unproject({ x: at.x + REACH_PX, y: at.y }))
    return here.near.nearest(xM, yM, Math.abs(besideM - xM), (segment) => here.network.segmentLine[segment] >= 0)
  }

  /** All segments of the street that a segment is of: those of its name, or without one of its line. */
  function streetOf(segment: number): number[] {
    const here = room.planning.streets
    if (!here || !room.scope || segment < 0) return []
    const { segmentLine } = here.network
    const { streets } = room.scope
    const own = streets[segmentLine[segment]]
    const isOwn = own.name ? (line: number) => streets[line].name === own.name : (line: number) => line === segmentLine[segment]
    return Array.from(segmentLine, (line, k) => (line >= 0 && isOwn(line) ? k : -1)).filter((k) => k >= 0)
  }

  /** Segments whose middle lies in a ring of degrees. */
  function segmentsIn(ring: readonly LngLat[]): number[] {
    const here = room.planning.streets
    if (!here || !room.scope) return []
    const { frame } = room.scope.land
    const flat = ring.flatMap(([lng, lat]) => [lng, lat])
    return Array.from(here.network.segmentLine, (line, k) => (line >= 0 ? k : -1)).filter((k) => {
      if (k < 0) return false
      const [lng, lat] = toDegrees(frame, here.places.middleXYM[2 * k], here.places.middleXYM[2 * k + 1])
      return pointInRing(flat, lng, lat) >= 0
    })
  }

  const chosenSegments = (): Set<number> => new Set(room.chosen.map((stretch) => room.planning.streets?.index.at(stretch) ?? -1).filter((segment) => segment >= 0))
  const choose = (segments: Iterable<number>): void => void (room.chosen = room.planning.stretchesOf([...segments]))

  /** The place of a gate is on the nearest street. */
  function onStreet(at: LngLat): LngLat | null {
    const here = room.planning.streets
    if (!here || !room.scope) return null
    const { frame } = room.scope.land
    const [xM, yM] = toMetres(frame, at)
    const segment = here.near.nearest(xM, yM, GATE_REACH_M, (one) => here.network.segmentLine[one] >= 0)
    if (segment < 0) return null
    const { pathStart, pathXYM } = here.network
    let [best, leastM]: [LngLat, number] = [at, Infinity]
    for (let p = pathStart[segment]; p + 1 < pathStart[segment + 1]; p++) {
      const [ax, ay, bx, by] = [pathXYM[2 * p], pathXYM[2 * p + 1], pathXYM[2 * p + 2], pathXYM[2 * p + 3]]
      const share = Math.min(1, Math.max(0, ((xM - ax) * (bx - ax) + (yM - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)))
      const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)]
      const apartM = Math.hypot(x - xM, y - yM)
      if (apartM < leastM) [best, leastM] = [toDegrees(frame, x, y), apartM]
    }
    return best
  }

  /** The tool stays in hand while the form is open: another press moves the place. */
  function place(kind: PlacedThing['kind'], at: LngLat): void {
    const lngLat = kind === 'gate' ? onStreet(at) : at
    tooFar.value = lngLat === null
    if (!lngLat) return
    placed.value = { kind, lngLat }
    room.checkpointId = null
    room.panelTab = 'streets'
    room.workspace?.page.set('list')
  }

  /** Take a tool in hand; the same once more, or null: put it down. */
  function setTool(next: MapTool | null): void {
    const map = engine()
    tool.value = next === tool.value ? null : next
    tooFar.value = false
    if (!map) return
    const now = tool.value
    if (now) room.streetPick = null
    if (now === null) map.setMode(null)
    else if (now === 'lasso') {
      map.setMode(ringMode({ id: 'patrol:lasso', show: showRing, keep: (ring, add) => choose(new Set([...(add ? chosenSegments() : []), ...segmentsIn(ring)])) }))
    } else if (now === 'gate' || now === 'checkpoint') map.setMode(placeMode(`patrol:${now}`, (at) => place(now, at)))
    else {
      map.setMode(segmentsMode({
        id: `patrol:${now}`,
        at({ screen }) {
          const segment = segmentAt(screen)
          return segment < 0 ? [] : now === 'street' ? streetOf(segment) : [segment]
        },
        before: chosenSegments,
        show: choose,
      }))
    }
  }

  return { tool, placed, tooFar, setTool, segmentAt, chosenSegments, choose }
}
