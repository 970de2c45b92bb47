/** How fixes are brought onto streets. Costs are in natural logarithms of probability. */
export interface MatchSettings {
  /** Spread of fixes about the true place, metres by axis; null: from the accuracies, then from the match itself. */
  readonly sigmaM: number | null
  /** Mean difference between the way along streets and the straight one, metres (β of Newson and Krumm). */
  readonly detourM: number
  /** Cost of turning round within a street; at a dead end nothing. */
  readonly turnCost: number
  /** Away from streets a fix is as likely as one so many sigmas from a street. */
  readonly offSigmas: number
  /** Cost of a step between two fixes away from streets, and of leaving the streets or coming back onto them. */
  readonly offStepCost: number
  readonly offCost: number
  /** Way over which the error of fixes dies away, metres: fixes nearer to one another tell less than one each. */
  readonly noiseWayM: number
  /** A street farther than so many sigmas from a fix is no candidate, nor are more streets than so many. */
  readonly reachSigmas: number
  readonly mostCandidates: number
}

/** On foot, with a phone. */
export const MATCH_SETTINGS: MatchSettings = {
  sigmaM: null,
  detourM: 14,
  turnCost: 10,
  offSigmas: 3,
  offStepCost: 1,
  offCost: 12,
  noiseWayM: 60,
  reachSigmas: 4,
  mostCandidates: 12,
}
