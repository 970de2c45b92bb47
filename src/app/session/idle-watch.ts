import { createCell, type ReadableCell } from '@/core/observable'

export interface IdleWatchHost {
  /** Say to the server that somebody is at work. */
  touch(): void
  /** Nobody was, for as long as the server allows. */
  end(): void
}

export interface IdleWatch {
  /** Seconds until the end, in the last minute; null before. */
  readonly secondsLeft: ReadableCell<number | null>
  /** Somebody is at work. */
  stir(): void
  stop(): void
}

const WARNING_S = 60
/** The server is told at most so often. */
const TOUCH_MS = 60_000
const TICK_MS = 1000
/** Moving the pointer is no sign of work: browsers report it when the page changes under a resting one. */
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
/** When somebody last worked in any tab: all tabs share one session. */
const STORED = 'gewu.activity'

/**
 * Watch for work in all tabs of this browser. The time is that of the wall clock, so that a laptop that slept is idle
 * when it wakes.
 */
export function watchIdle(idleMinutes: number, host: IdleWatchHost): IdleWatch {
  const secondsLeft = createCell<number | null>(null)
  let touchedAt = Date.now()
  let touchDue: ReturnType<typeof setTimeout> | null = null
  const lastAt = (): number => Number(localStorage.getItem(STORED)) || touchedAt
  localStorage.setItem(STORED, String(touchedAt))

  function touch(): void {
    touchDue = null
    touchedAt = Date.now()
    host.touch()
  }

  function stir(): void {
    const now = Date.now()
    if (isOver(now)) return
    localStorage.setItem(STORED, String(now))
    secondsLeft.set(null)
    if (now - touchedAt >= TOUCH_MS) touch()
    // Work within the minute is told at its end: the server must not count from its beginning.
    else touchDue ??= setTimeout(touch, touchedAt + TOUCH_MS - now)
  }

  const left = (now: number): number => Math.ceil((lastAt() + idleMinutes * 60_000 - now) / 1000)
  const isOver = (now: number): boolean => left(now) <= 0

  function tick(): void {
    const seconds = left(Date.now())
    secondsLeft.set(seconds <= WARNING_S ? Math.max(0, seconds) : null)
    if (seconds > 0) return
    stop()
    host.end()
  }

  const timer = setInterval(tick, TICK_MS)
  const options = { capture: true, passive: true }
  for (const sign of SIGNS) addEventListener(sign, stir, options)

  function stop(): void {
    clearInterval(timer)
    if (touchDue !== null) clearTimeout(touchDue)
    touchDue = null
    for (const sign of SIGNS) removeEventListener(sign, stir, options)
    secondsLeft.set(null)
  }

  return { secondsLeft, stir, stop }
}
