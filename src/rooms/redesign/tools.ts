import type { PlanSession } from '@/core/plan-session'
import type { MapEngine } from '@/map/contracts'
import { ref, shallowRef } from 'vue'
import type { Ground } from './ground'
import { BRUSH_PX, type Painter, type PaintMode, type RefusalCode, type Stroke, type Tool } from './model'
import { brushMode } from './modes/brush'
import { clickMode } from './modes/click'
import { fillMode } from './modes/fill'
import { lassoMode } from './modes/lasso'
import { rectangleMode } from './modes/rectangle'
import { createPainter } from './painting'

export interface ToolsHost {
  map(): MapEngine | null
  ground(): Ground | null
  session(): PlanSession | null
  editing(): boolean
  /** A grid was made the target. */
  onTarget(slot: number): void
}

/** A refusal to show at the cursor: i18n key below `redesign.refusal`. `at` grows, so that the same words show again. */
export interface Refusal {
  readonly code: string
  readonly count: number
  readonly at: number
}

const MODES: Readonly<Record<Tool, (painter: Painter) => PaintMode>> = {
  click: clickMode,
  brush: brushMode,
  rectangle: rectangleMode,
  lasso: lassoMode,
  fill: fillMode,
}

/** The gesture in hand, what it paints into, and the stroke it makes. */
export function createTools(host: ToolsHost) {
  const tool = ref<Tool | null>(null)
  /** Slot painted into; −1 erases, null: nothing chosen. */
  const target = ref<number | null>(null)
  /** Grid to which erasing returns when it is switched off. */
  const formerTarget = ref<number | null>(null)
  const onlyFrom = ref<number | null>(null)
  const brushPx = ref<number>(BRUSH_PX.initial)
  const stroke = shallowRef<Stroke | null>(null)
  const lastStroke = shallowRef<Stroke | null>(null)
  const refusal = shallowRef<Refusal | null>(null)
  /** Cell under the pointer, −1 none. */
  const pointed = ref(-1)
  let refusals = 0
  let mode: PaintMode | null = null
  let made: { ground: Ground; painter: Painter } | null = null

  function painter(): Painter | null {
    const ground = host.ground()
    if (!ground) return null
    if (made?.ground === ground) return made.painter
    made = {
      ground,
      painter: createPainter({
        index: ground.cells,
        session: host.session,
        blocked,
        rule: () => ({ target: target.value, onlyFrom: onlyFrom.value }),
        brushPx: () => brushPx.value,
        setBrushPx,
        onStroke(next) {
          if (next && !next.provisional) lastStroke.value = next
          stroke.value = next?.provisional ? next : null
          if (next && next.cells.length > 0) refusal.value = null
        },
        onRefused: refuse,
        onPick: setTarget,
        onPoint(cell) {
          pointed.value = cell
        },
      }),
    }
    return made.painter
  }

  function blocked(): RefusalCode | null {
    if (!host.editing()) return 'not_editing'
    if (target.value === null) return 'target_missing'
    if (target.value === -1) return null
    const grid = host.session()?.document.grids[target.value]
    if (!grid) return 'target_missing'
    return grid.locked ? 'target_locked' : null
  }

  function refuse(code: string, count: number): void {
    refusal.value = { code, count, at: ++refusals }
  }

  function setTool(next: Tool | null): void {
    const map = host.map()
    const hand = painter()
    if (next && (!host.editing() || !hand)) return
    tool.value = next
    refusal.value = null
    pointed.value = -1
    mode = next && hand ? MODES[next](hand) : null
    map?.setMode(mode)
  }

  /** The engine left the gesture by itself (Esc). */
  function left(): void {
    tool.value = null
    mode = null
    stroke.value = null
    pointed.value = -1
  }

  function setTarget(slot: number | null): void {
    target.value = slot
    if (slot !== null && slot >= 0) {
      formerTarget.value = slot
      host.onTarget(slot)
    }
    refusal.value = null
  }

  /** Erase, or return to the grid painted into before. */
  function toggleErase(): void {
    setTarget(target.value === -1 ? formerTarget.value : -1)
  }

  function setBrushPx(px: number): void {
    brushPx.value = Math.round(Math.min(BRUSH_PX.most, Math.max(BRUSH_PX.least, px)))
    mode?.redraw?.()
  }

  /** Put cells into the target as one edit, without a pointer. */
  function assign(cells: readonly number[]): void {
    const hand = painter()
    if (!hand?.begin()) return
    hand.replace(cells)
    hand.keep('assign')
  }

  /** The last stroke is no longer what the plan shows: it was undone, or others' edits came under it. */
  function forget(): void {
    lastStroke.value = null
  }

  function reset(): void {
    setTool(null)
    target.value = null
    formerTarget.value = null
    onlyFrom.value = null
    stroke.value = null
    lastStroke.value = null
    refusal.value = null
  }

  return {
    tool, target, onlyFrom, brushPx, stroke, lastStroke, refusal, pointed,
    setTool, left, setTarget, toggleErase, setBrushPx, assign, forget, reset,
  }
}
