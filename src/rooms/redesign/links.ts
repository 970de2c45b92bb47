import type { LinkKind, PlanDelta, PlanLink } from '@/core/plan'
import type { PlanSession } from '@/core/plan-session'
import type { GestureMode, MapEngine } from '@/map/contracts'
import { computed, ref, shallowRef, type Ref } from 'vue'
import { placing } from './hand'
import { addLinkLayers, drawLinks } from './layers-pinned'
import { linkLines } from './operations/link-lines'
import { changeLink } from './operations/change-link'
import { cellAt } from './operations/pick-cells'
import { loadEditsSince, type SavedEdit } from './repository'

export interface LinksHost {
  map(): MapEngine | null
  session(): PlanSession | null
  planId(): string | null
  editing(): boolean
  tick: Ref<number>
  /** Put down whatever gesture is in hand, for this one. */
  takeMode(mode: GestureMode | null): void
  say(key: string, values?: Record<string, string | number>): void
  fail(thrown: unknown): void
}

/** Who made or took away a link, as the server keeps it. */
export interface LinkEvent {
  readonly cells: readonly [number, number]
  readonly kind: LinkKind | null
  readonly by: string
  readonly at: string
}

/** Neighbourhood by decree: two clicks make a bridge or a wall, a list takes them away, the map shows them. */
export function createLinks(host: LinksHost) {
  /** The gesture is in hand. */
  const on = ref(false)
  /** Cell clicked first; −1 none yet. */
  const first = ref(-1)
  const log = shallowRef<readonly LinkEvent[] | null>(null)
  let takeAway: (() => void) | null = null

  const list = computed<readonly PlanLink[]>(() => (host.tick.value >= 0 ? (host.session()?.document.links ?? []) : []))

  function draw(): void {
    const map = host.map()
    const session = host.session()
    if (!map || !session || !takeAway) return
    drawLinks(map, linkLines(session.context, session.document.links ?? [], first.value))
  }

  /** Make these two cells neighbours by decree or none, or as they lie. */
  function set(a: number, b: number, kind: LinkKind | null): void {
    const session = host.session()
    if (!session || !host.editing()) return
    const delta = changeLink(session, a, b, kind)
    if (!delta.ok) return host.say(`links.refused.${delta.code}`)
    apply(session, delta.value, `redesign.note.${kind ?? 'unlink'}`)
  }

  function apply(session: PlanSession, delta: PlanDelta, key: string): void {
    const done = session.apply(delta, { key })
    if (!done.ok) host.say('links.refused.other', { reason: done.code })
  }

  const place = placing(() => host.session()!)
  const mode: GestureMode = {
    id: 'redesign:link',
    cursor: 'crosshair',
    leave() {
      on.value = false
      first.value = -1
      draw()
    },
    down(event) {
      const session = host.session()
      if (!session) return
      const cell = cellAt(place.index, place.toLattice(event.at))
      if (cell < 0) return
      if (first.value < 0 || first.value === cell) {
        first.value = first.value === cell ? -1 : cell
        return draw()
      }
      const from = first.value
      first.value = -1
      const { start, neighbour } = session.context.adjacency
      const isBeside = neighbour.subarray(start[from], start[from + 1]).includes(cell)
      const ids = [session.context.land.cellIds[from], session.context.land.cellIds[cell]]
      const has = list.value.some(({ cells }) => ids.includes(cells[0]) && ids.includes(cells[1]))
      set(from, cell, has ? null : isBeside ? 'wall' : 'bridge')
      draw()
    },
    cancel() {
      const had = first.value >= 0
      first.value = -1
      draw()
      return had
    },
  }

  function setOn(next: boolean): void {
    host.takeMode(next && host.editing() ? mode : null)
    on.value = next && host.editing()
  }

  /** Read who made which link; links not saved yet are not in it. */
  async function readLog(): Promise<void> {
    const planId = host.planId()
    if (planId === null) return
    try {
      log.value = eventsOf(await loadEditsSince(planId, 0))
    } catch (thrown) {
      host.fail(thrown)
    }
  }

  function enter(): void {
    const map = host.map()
    if (map && !takeAway) takeAway = addLinkLayers(map)
    draw()
  }

  function leave(): void {
    takeAway?.()
    takeAway = null
  }

  return { on, first, list, log, set, setOn, readLog, draw, enter, leave }
}

/** Links made and taken away in saved edits, newest first. */
function eventsOf(edits: readonly SavedEdit[]): LinkEvent[] {
  return edits.flatMap(({ delta, by, at }) => (delta.links ?? []).map(({ cells, after }) => ({ cells, kind: after, by, at }))).reverse()
}
