import type { Highs } from 'highs'
import type { SitingAnswer } from './siting-problem'

export interface SitingControl {
  readonly isStopped?: () => boolean
  /** Hears of each better answer and each better bound. */
  readonly onAnswer?: (answer: SitingAnswer) => void
}

/** A problem on its way: an answer at once, then the proof. */
export interface SitingRun {
  first(control?: SitingControl): SitingAnswer
  /** Call after `first`. Stopped, it answers with the best so far and a bound that holds. */
  prove(highs: Highs, control?: SitingControl): SitingAnswer
}
