/** How fixes are brought onto streets. */
export interface MatchSettings {
  /** Spread of fixes about the true place, metres by axis; null: from the accuracies, then from the match itself. */
  readonly sigmaM: number | null
  /** Mean difference between the way along streets and the straight one, metres (β of Newson and Krumm). */
  readonly detourM: number
  /** What turning round within a street costs, in natural logarithms of probability; at a dead end nothing. */
  readonly turnCost: number
  /** Away from streets a fix is as likely as one so many sigmas from a street. */
  readonly offSigmas: number
  /** What leaving the streets costs, and coming back onto them, in natural logarithms of probability. */
  readonly offCost: number
  /** Way over which the error of fixes dies away, metres: fixes nearer to one another tell less than one each. */
  readonly noiseWayM: number
  /** A street farther from a fix is no candidate, metres, nor are more streets than so many. */
  readonly mostReachM: number
  readonly mostCandidates: number
}
