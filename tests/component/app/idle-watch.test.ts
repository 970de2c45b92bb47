import { watchIdle, type IdleWatch } from '@/app/session/idle-watch'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let watch: IdleWatch
const touch = vi.fn()
const end = vi.fn()
const work = (): void => void dispatchEvent(new Event('pointerdown'))
const pass = (minutes: number): void => void vi.advanceTimersByTime(minutes * 60_000)

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  touch.mockClear()
  end.mockClear()
  watch = watchIdle(30, { touch, end })
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

describe('an unused session', () => {
  it('is warned of in its last minute, and ends once', () => {
    pass(28.9)
    expect(watch.secondsLeft.get()).toBeNull()
    pass(0.6)
    expect(watch.secondsLeft.get()).toBe(30)
    pass(0.5)
    expect(end).toHaveBeenCalledOnce()
    pass(60)
    expect(end).toHaveBeenCalledOnce()
    expect(touch).not.toHaveBeenCalled()
  })

  it('goes on when somebody works, here or in another tab', () => {
    pass(29.5)
    work()
    expect(watch.secondsLeft.get()).toBeNull()
    pass(29.5)
    localStorage.setItem('gewu.activity', String(Date.now()))
    pass(29.5)
    expect(end).not.toHaveBeenCalled()
    pass(0.5)
    expect(end).toHaveBeenCalledOnce()
  })

  it('is not revived by work after its end', () => {
    pass(29.9)
    vi.setSystemTime(Date.now() + 10 * 60_000)
    work()
    pass(0.1)
    expect(end).toHaveBeenCalledOnce()
    expect(touch).not.toHaveBeenCalled()
  })

  it('tells the server of work at most once a minute, and of the last work too', () => {
    pass(2)
    for (let k = 0; k < 100; k++) work()
    expect(touch).toHaveBeenCalledTimes(1)
    pass(0.5)
    work()
    expect(touch).toHaveBeenCalledTimes(1)
    pass(0.5)
    expect(touch).toHaveBeenCalledTimes(2)
    pass(5)
    expect(touch).toHaveBeenCalledTimes(2)
  })
})
