import { computed, ref, shallowRef } from 'vue'
import type { IssueFilter } from './model'
import type { TimeSteps } from './operations/time-steps'

/** Times as fast as a step a second. */
export const SPEEDS = [1, 2, 4] as const

/** What the slider of time acts through. */
export interface PlaybackHost {
  readonly steps: () => TimeSteps
  readonly span: () => IssueFilter['span']
  readonly setSpan: (span: IssueFilter['span']) => void
}

/**
 * The part of the period that is shown, as steps from … to − 1, and its walk through time: a window that moves on, or one
 * that grows from its beginning.
 */
export function createPlayback(host: PlaybackHost) {
  const playing = ref(false)
  const cumulative = ref(false)
  const speed = ref<(typeof SPEEDS)[number]>(1)
  let timer: ReturnType<typeof setTimeout> | null = null
  /** Where a walk began: there it begins again. */
  const start = shallowRef<{ from: number; width: number }>({ from: 0, width: 1 })

  const range = computed<{ readonly from: number; readonly to: number }>(() => {
    const { steps } = host.steps()
    const span = host.span()
    if (!span || steps.length === 0) return { from: 0, to: steps.length }
    const from = Math.max(0, steps.findLastIndex(({ fromS }) => fromS <= span.fromS))
    return { from, to: Math.max(from, steps.findLastIndex(({ fromS }) => fromS < span.toS)) + 1 }
  })
  const isWhole = computed(() => range.value.from === 0 && range.value.to === host.steps().steps.length)

  /** Show the steps from … to − 1, at least one of them; all of them is the whole period. */
  function setRange(from: number, to: number): void {
    const { steps } = host.steps()
    if (steps.length === 0) return
    const first = Math.min(Math.max(0, from), steps.length - 1)
    const last = Math.min(Math.max(first + 1, to), steps.length)
    host.setSpan(first === 0 && last === steps.length ? null : { fromS: steps[first].fromS, toS: steps[last - 1].toS })
  }

  /** One step on; false at the end. */
  function advance(): boolean {
    const { from, to } = range.value
    if (to >= host.steps().steps.length) return false
    setRange(cumulative.value ? from : from + 1, to + 1)
    return true
  }

  function tick(): void {
    timer = null
    if (!playing.value) return
    if (!advance()) pause()
    else timer = setTimeout(tick, 1000 / speed.value)
  }

  function play(): void {
    const { steps } = host.steps()
    if (playing.value || steps.length < 2) return
    if (isWhole.value) start.value = { from: 0, width: 1 }
    else if (range.value.to < steps.length) start.value = { from: range.value.from, width: range.value.to - range.value.from }
    playing.value = true
    if (isWhole.value || range.value.to >= steps.length) rewind()
    timer = setTimeout(tick, 1000 / speed.value)
  }

  function pause(): void {
    playing.value = false
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  /** Back to where the walk began. */
  function rewind(): void {
    setRange(start.value.from, start.value.from + start.value.width)
  }

  return { playing, cumulative, speed, range, isWhole, setRange, advance, play, pause, rewind, whole: () => host.setSpan(null) }
}
