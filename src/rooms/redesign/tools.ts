import type { PlanSession } from '@/core/plan-session'
import type { MapEngine } from '@/map/contracts'
import { ref, shallowRef } from 'vue'
import type { Ground } from './ground'
import { createHand } from './hand'
import { BRUSH_PX, TOOL_GROUPS, type RefusalCode, type Stroke, type Tool, type ToolGroup, type ToolMode } from './model'
import { borderMode } from './modes/border'
import { boxWithCtrl } from './modes/box-with-ctrl'
import { brushMode } from './modes/brush'
import { clickMode } from './modes/click'
import { fillMode } from './modes/fill'
import { lassoMode } from './modes/lasso'
import { lineMode } from './modes/line'
import { mergeMode } from './modes/merge'
import { pickMode } from './modes/pick'
import { pointsMode } from './modes/points'
import { rectangleMode } from './modes/rectangle'
import type { BorderHit } from './operations/find-border'
import { makeStreetLines, type StreetLines } from './operations/street-lines'
import { createPainter } from './painting'
import { createReshapeActs } from './reshape-acts'
import { createSnapper } from './snapping'

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
  readonly reason: string
  readonly at: number
}

/** The gesture in hand, what it paints into, and the stroke it makes. */
export function createTools(host: ToolsHost) {
  const tool = ref<Tool | null>(null)
  /** Group whose gestures the bar shows. */
  const group = ref<ToolGroup>('paint')
  /** Slot painted into; −1 erases, null: nothing chosen. */
  const target = ref<number | null>(null)
  /** Grid to which erasing returns when it is switched off. */
  const formerTarget = ref<number | null>(null)
  const onlyFrom = ref<number | null>(null)
  /** Leave out without a word what lies in another community. */
  const stay = ref(true)
  /** What is moved or drawn leans on streets. */
  const snaps = ref(true)
  const brushPx = ref<number>(BRUSH_PX.initial)
  const stroke = shallowRef<Stroke | null>(null)
  const lastStroke = shallowRef<Stroke | null>(null)
  const refusal = shallowRef<Refusal | null>(null)
  /** Cell under the pointer, −1 none. */
  const pointed = ref(-1)
  /** Border under the pointer. */
  const met = shallowRef<BorderHit | null>(null)
  /** Something hangs on the pointer that is finished or dropped by a button too: a finger has no Enter and no Esc. */
  const underway = ref(false)
  let refusals = 0
  let mode: ToolMode | null = null
  /** Gesture that painted last: the one to go back to from the dropper. */
  let painted: Tool = 'brush'

  function onStroke(next: Stroke | null): void {
    if (next && !next.provisional) lastStroke.value = next
    stroke.value = next?.provisional ? next : null
    if (next && next.cells.length > 0) refusal.value = null
  }

  const painter = createPainter({
    session: host.session,
    blocked,
    rule: () => ({ target: target.value, onlyFrom: onlyFrom.value, stay: stay.value }),
    brushPx: () => brushPx.value,
    setBrushPx,
    onStroke,
    onRefused: refuse,
    onPick: setTarget,
    onPickSource: (slot) => (onlyFrom.value = slot),
    onPoint: (cell) => (pointed.value = cell),
  })
  const hand = createHand({
    session: () => host.session()!,
    editing: host.editing,
    brushPx: () => brushPx.value,
    onStroke,
    onRefused: refuse,
    onPoint: (cell) => (pointed.value = cell),
  })

  /** Streets of the ground, made when first needed. */
  let streets: { of: Ground; lines: StreetLines } | null = null
  const snapper = createSnapper({
    isOn: () => snaps.value,
    streets() {
      const ground = host.ground()!
      if (streets?.of !== ground) streets = { of: ground, lines: makeStreetLines(ground.scope.streets, ground.scope.land.frame) }
      return streets.lines
    },
  })

  const acts = createReshapeActs(() => host.session()!, (is) => (underway.value = is))

  const MODES: Readonly<Record<Tool, () => ToolMode>> = {
    click: () => boxWithCtrl(clickMode(painter), rectangleMode(painter)),
    brush: () => boxWithCtrl(brushMode(painter), rectangleMode(painter)),
    rectangle: () => rectangleMode(painter),
    lasso: () => lassoMode(painter),
    fill: () => fillMode(painter),
    pick: () => pickMode(painter, () => setTool(painted)),
    border: () => borderMode(hand, { meet: (hit) => (met.value = hit), underway: (is) => (underway.value = is) }),
    points: () => pointsMode(hand, snapper),
    cut: () => lineMode(hand, acts.cut, snapper),
    merge: () => mergeMode(hand, acts.merge),
    trace: () => lineMode(hand, acts.trace, snapper),
    split: () => lineMode(hand, acts.split, snapper),
  }

  function blocked(): RefusalCode | null {
    if (!host.editing()) return 'not_editing'
    if (target.value === null) return 'target_missing'
    if (target.value === -1) return null
    const grid = host.session()?.document.grids[target.value]
    if (!grid) return 'target_missing'
    return grid.locked ? 'target_locked' : null
  }

  /** No code: what was refused goes now. */
  function refuse(code: string, count: number, reason = ''): void {
    refusal.value = code === '' ? null : { code, count, reason, at: ++refusals }
  }

  function setTool(next: Tool | null): void {
    if (next && (!host.editing() || !host.session())) return
    tool.value = next
    if (next) group.value = groupOf(next)
    if (next && next !== 'pick' && group.value === 'paint') painted = next
    refusal.value = null
    pointed.value = -1
    mode = next && MODES[next]()
    host.map()?.setMode(mode)
  }

  /** Show the gestures of a group, the one used last in the hand. */
  function setGroup(next: ToolGroup): void {
    if (group.value === next && tool.value) return setTool(null)
    setTool(next === 'paint' ? painted : TOOL_GROUPS[next][0])
  }

  /** The engine left the gesture by itself (Esc). */
  function left(): void {
    tool.value = null
    mode = null
    stroke.value = null
    pointed.value = -1
    met.value = null
    underway.value = false
  }

  /** As Enter and Esc do. */
  const finish = (): void => mode?.finish?.()
  const cancel = (): void => void mode?.cancel?.()

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

  /** Paint only from the grid under the pointer, or again from anywhere. */
  function toggleSource(): void {
    const slot = pointed.value < 0 ? null : (host.session()?.document.cellGrid[pointed.value] ?? null)
    onlyFrom.value = onlyFrom.value === null ? slot : null
  }

  function setBrushPx(px: number): void {
    brushPx.value = Math.round(Math.min(BRUSH_PX.most, Math.max(BRUSH_PX.least, px)))
    mode?.redraw?.()
  }

  /** Put cells into the target as one edit, without a pointer. */
  function assign(cells: readonly number[]): void {
    if (!host.session() || !painter.begin()) return
    painter.replace(cells)
    painter.keep('assign')
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
    tool, group, target, onlyFrom, stay, snaps, brushPx, stroke, lastStroke, refusal, pointed, met, underway,
    finish, cancel, setTool, setGroup, left, setTarget, toggleErase, toggleSource, setBrushPx, assign, forget, reset,
  }
}

const groupOf = (tool: Tool): ToolGroup =>
  (Object.keys(TOOL_GROUPS) as ToolGroup[]).find((group) => (TOOL_GROUPS[group] as readonly Tool[]).includes(tool))!
