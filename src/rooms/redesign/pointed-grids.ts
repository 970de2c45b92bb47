import type { PlanSession } from '@/core/plan-session'
import type { MapEngine } from '@/map/contracts'
import { shallowRef } from 'vue'
import { addPointedLayers, drawPointed } from './layers-numbers'
import { cellIndexOf } from './operations/index-cells'
import { outlineCells } from './operations/outline-cells'

export interface PointedGridsHost {
  map(): MapEngine | null
  session(): PlanSession | null
}

/** Grids pointed at in the numbers, by id, outlined on the map: those under the pointer, and those chosen until further notice. */
export function createPointedGrids(host: PointedGridsHost) {
  const pointed = shallowRef<ReadonlySet<string>>(new Set())
  const chosen = shallowRef<ReadonlySet<string> | null>(null)
  let takeAway: (() => void) | null = null

  function draw(): void {
    const map = host.map()
    const session = host.session()
    if (!map || !session || !takeAway) return
    const outline = (ids: Iterable<string>) =>
      [...ids].flatMap((id) => {
        const slot = session.index.slotOf(id)
        return slot < 0 ? [] : [outlineCells(cellIndexOf(session.context.land), session.index.cellsOf(slot))]
      })
    drawPointed(map, outline(pointed.value), outline(chosen.value ?? []))
  }

  function point(ids: Iterable<string>): void {
    pointed.value = new Set(ids)
    draw()
  }

  /** Choose these grids; choosing the same again, or none, ends it. */
  function choose(ids: readonly string[] | null): void {
    const same = ids !== null && chosen.value?.size === ids.length && ids.every((id) => chosen.value!.has(id))
    chosen.value = ids === null || ids.length === 0 || same ? null : new Set(ids)
    draw()
  }

  function enter(): void {
    const map = host.map()
    if (map && !takeAway) takeAway = addPointedLayers(map)
    draw()
  }

  function leave(): void {
    takeAway?.()
    takeAway = null
    pointed.value = new Set()
    chosen.value = null
  }

  return { pointed, chosen, point, choose, draw, enter, leave }
}
