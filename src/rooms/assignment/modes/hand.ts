import type { LngLat } from '@/core/units'
import type { ScreenPoint } from '@/map/contracts'
import type { AssignTool } from '../assigning'
import type { Picture } from '../picture'

/** What gestures of this room act through. Households are indices. */
export interface Hand {
  readonly picture: Picture | null
  /** Whether something can be given now; says at the cursor why not. */
  begin(): boolean
  /** Show what these households would become. */
  show(households: readonly number[]): void
  /** Make what is shown one step of history. */
  keep(way: AssignTool): void
  /** Give up what is shown; false where nothing was. */
  drop(): boolean
  /** The line of a lasso so far; fewer than three points clear it. */
  ring(points: readonly LngLat[]): void
  /** Household or building under a point. */
  under(at: ScreenPoint, whole: boolean): readonly number[]
  /** Make whoever carries these the one who gets the next. */
  pick(households: readonly number[]): void
  /** Under the pointer while nothing is pressed. */
  point(households: readonly number[]): void
}
