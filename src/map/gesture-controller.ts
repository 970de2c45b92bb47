import type { GestureEvent, GestureMode, MapEngine } from './contracts'
import { isTyping } from './is-typing'

export interface GesturePan {
  enable(): void
  disable(): void
}

/** Presses this close, in time and place, are one after the other on the same thing. */
const TAP_MS = 400
const TAP_PX = 8

/**
 * Turns pointer and key events over the map into the calls of the active gesture. Dragging draws; space held, the
 * middle or right button, or a second finger pans. Esc first cancels what is provisional, then leaves the gesture.
 */
export class GestureController {
  readonly #host: HTMLElement
  readonly #engine: MapEngine
  readonly #pan: GesturePan
  readonly #leave: () => void
  readonly #fingers = new Set<number>()
  #mode: GestureMode | null = null
  #drawing: number | null = null
  #space = false
  #over = false
  #cursor = ''
  #tap = { taps: 0, at: 0, x: 0, y: 0 }

  constructor(host: HTMLElement, engine: MapEngine, pan: GesturePan, leave: () => void) {
    this.#host = host
    this.#engine = engine
    this.#pan = pan
    this.#leave = leave
    host.addEventListener('pointerdown', this.#down, { capture: true })
    host.addEventListener('contextmenu', this.#menu)
    window.addEventListener('pointermove', this.#move)
    window.addEventListener('pointerup', this.#up)
    window.addEventListener('pointercancel', this.#up)
    window.addEventListener('keydown', this.#keyDown)
    window.addEventListener('keyup', this.#keyUp)
    window.addEventListener('blur', this.#endSpace)
  }

  set(mode: GestureMode | null): void {
    if (this.#drawing !== null) this.#mode?.cancel?.()
    this.#drawing = null
    this.#mode?.leave?.(this.#engine)
    this.#mode = mode
    if (mode) this.#pan.disable()
    else this.#pan.enable()
    this.showCursor(mode?.cursor ?? '')
    mode?.enter?.(this.#engine)
  }

  /** Cursor of the gesture; while space is held it waits. */
  showCursor(cursor: string): void {
    this.#cursor = cursor
    if (!this.#space) this.#host.style.cursor = cursor
  }

  destroy(): void {
    this.#host.removeEventListener('pointerdown', this.#down, { capture: true })
    this.#host.removeEventListener('contextmenu', this.#menu)
    window.removeEventListener('pointermove', this.#move)
    window.removeEventListener('pointerup', this.#up)
    window.removeEventListener('pointercancel', this.#up)
    window.removeEventListener('keydown', this.#keyDown)
    window.removeEventListener('keyup', this.#keyUp)
    window.removeEventListener('blur', this.#endSpace)
  }

  readonly #down = (event: PointerEvent): void => {
    this.#fingers.add(event.pointerId)
    if (!this.#mode) return
    if (this.#fingers.size > 1) {
      // A second finger: what one finger began was no stroke but the start of a pan.
      if (this.#drawing !== null) this.#mode.cancel?.()
      this.#drawing = null
      this.#pan.enable()
      return
    }
    if (this.#space) this.#host.style.cursor = 'grabbing'
    if (event.button !== 0 || this.#space) return
    this.#drawing = event.pointerId
    this.#host.focus({ preventScroll: true })
    this.#countTaps(event)
    this.#mode.down?.(this.#read(event, true))
  }

  readonly #menu = (event: MouseEvent): void => {
    if (!this.#mode?.secondary || this.#drawing !== null) return
    event.preventDefault()
    this.#mode.secondary(this.#read(event, false))
  }

  #countTaps({ clientX: x, clientY: y, timeStamp: at }: PointerEvent): void {
    const isNext = at - this.#tap.at <= TAP_MS && Math.hypot(x - this.#tap.x, y - this.#tap.y) <= TAP_PX
    this.#tap = { taps: isNext ? this.#tap.taps + 1 : 1, at, x, y }
  }

  readonly #move = (event: PointerEvent): void => {
    this.#over = event.target instanceof Node && this.#host.contains(event.target)
    if (!this.#mode || this.#space || this.#fingers.size > 1) return
    if (this.#drawing === null && !this.#over) return
    this.#mode.move?.(this.#read(event, this.#drawing !== null))
  }

  readonly #up = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId)
    if (!this.#mode) return
    if (this.#space) this.#host.style.cursor = 'grab'
    if (this.#drawing === event.pointerId) {
      this.#drawing = null
      this.#mode.up?.(this.#read(event, false))
    }
    if (this.#fingers.size === 0 && !this.#space) this.#pan.disable()
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (!this.#mode || isTyping(event) || isDialogOpen()) return
    if (event.key === 'Escape') {
      const cancelled = this.#mode.cancel?.() ?? false
      this.#drawing = null
      if (cancelled === false) this.#leave()
      event.preventDefault()
      return
    }
    // With the pointer over the map space pans, wherever the focus was left: on the button of the tool, most often.
    if (event.code === 'Space' && (this.#over || !this.#isControl(event.target))) {
      event.preventDefault()
      if (this.#space) return
      this.#space = true
      this.#host.style.cursor = 'grab'
      this.#pan.enable()
      return
    }
    this.#mode.key?.(event)
  }

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (event.code !== 'Space' || !this.#space) return
    event.preventDefault()
    this.#endSpace()
  }

  readonly #endSpace = (): void => {
    if (!this.#space) return
    this.#space = false
    if (!this.#mode) return
    this.#host.style.cursor = this.#cursor
    this.#pan.disable()
  }

  #isControl(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && target.closest('button, a, [role="button"], [role="option"], [role="treeitem"]') !== null
  }

  #read(event: MouseEvent, pressed: boolean): GestureEvent {
    const box = this.#host.getBoundingClientRect()
    const screen = { x: event.clientX - box.left, y: event.clientY - box.top }
    const { shiftKey: shift, altKey: alt } = event
    return { screen, at: this.#engine.unproject(screen), pressed, shift, alt, ctrl: event.ctrlKey || event.metaKey, taps: this.#tap.taps }
  }
}

/** A dialog that is closed may stay in the page within a hidden part. */
const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[aria-modal="true"]')].some((dialog) => !dialog.closest('[style*="display: none"]'))
