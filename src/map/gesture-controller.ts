import type { GestureEvent, GestureMode, MapEngine } from './contracts'
import { isTyping } from './is-typing'

export interface GesturePan {
  enable(): void
  disable(): void
}

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

  constructor(host: HTMLElement, engine: MapEngine, pan: GesturePan, leave: () => void) {
    this.#host = host
    this.#engine = engine
    this.#pan = pan
    this.#leave = leave
    host.addEventListener('pointerdown', this.#down, { capture: true })
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
    this.#host.style.cursor = mode?.cursor ?? ''
    mode?.enter?.(this.#engine)
  }

  destroy(): void {
    this.#host.removeEventListener('pointerdown', this.#down, { capture: true })
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
    if (event.button !== 0 || this.#space) return
    this.#drawing = event.pointerId
    this.#host.focus({ preventScroll: true })
    this.#mode.down?.(this.#read(event, true))
  }

  readonly #move = (event: PointerEvent): void => {
    if (!this.#mode || this.#space || this.#fingers.size > 1) return
    if (this.#drawing === null && !this.#host.contains(event.target as Node)) return
    this.#mode.move?.(this.#read(event, this.#drawing !== null))
  }

  readonly #up = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId)
    if (!this.#mode) return
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
    if (event.code === 'Space' && !this.#isControl(event.target)) {
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
    if (event.code === 'Space') this.#endSpace()
  }

  readonly #endSpace = (): void => {
    if (!this.#space) return
    this.#space = false
    if (!this.#mode) return
    this.#host.style.cursor = this.#mode.cursor
    this.#pan.disable()
  }

  #isControl(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && target.closest('button, a, [role="button"], [role="option"], [role="treeitem"]') !== null
  }

  #read(event: PointerEvent, pressed: boolean): GestureEvent {
    const box = this.#host.getBoundingClientRect()
    const screen = { x: event.clientX - box.left, y: event.clientY - box.top }
    return { screen, at: this.#engine.unproject(screen), pressed, shift: event.shiftKey, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey }
  }
}

/** A dialog that is closed may stay in the page within a hidden part. */
const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[aria-modal="true"]')].some((dialog) => !dialog.closest('[style*="display: none"]'))
