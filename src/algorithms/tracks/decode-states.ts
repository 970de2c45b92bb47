/** States of one piece of a track, step by step, as a trellis of costs (negative logarithms of probability). */
export interface StateTrellis {
  /** States by fix. */
  readonly stateCount: Int32Array
  /** By fix: cost of the fix, by state. */
  readonly fixCost: readonly Float64Array[]
  /** By fix but the last: cost of the step to the next, row by state, column by state of the next; Infinity: none. */
  readonly stepCost: readonly Float64Array[]
}

/** The likeliest state by fix and the probability of each state by fix. */
export interface DecodedStates {
  readonly best: Int32Array
  readonly probability: readonly Float64Array[]
}

/**
 * Viterbi's path, and the probability of each state over all paths by the forward–backward algorithm (Rabiner 1989), both in
 * logarithms. Of equals the lower state counts.
 * Complexity: O(fixes · states²).
 */
export function decodeStates(trellis: StateTrellis): DecodedStates {
  return { best: likeliestPath(trellis), probability: stateProbabilities(trellis) }
}

function likeliestPath({ stateCount, fixCost, stepCost }: StateTrellis): Int32Array {
  const best = new Int32Array(stateCount.length)
  let cost = fixCost[0].slice()
  const before: Int32Array[] = [new Int32Array(0)]
  for (let fix = 1; fix < stateCount.length; fix++) {
    const next = new Float64Array(stateCount[fix]).fill(Infinity)
    const from = new Int32Array(stateCount[fix]).fill(-1)
    for (let a = 0; a < stateCount[fix - 1]; a++) {
      if (cost[a] === Infinity) continue
      for (let b = 0; b < stateCount[fix]; b++) {
        const sum = cost[a] + stepCost[fix - 1][a * stateCount[fix] + b]
        if (sum < next[b]) {
          next[b] = sum
          from[b] = a
        }
      }
    }
    for (let b = 0; b < stateCount[fix]; b++) next[b] += fixCost[fix][b]
    before.push(from)
    cost = next
  }
  let state = cost.indexOf(Math.min(...cost))
  for (let fix = stateCount.length - 1; fix >= 0; fix--) {
    best[fix] = state
    if (fix > 0) state = before[fix][state]
  }
  return best
}

function stateProbabilities({ stateCount, fixCost, stepCost }: StateTrellis): Float64Array[] {
  const last = stateCount.length - 1
  const forward = [normalized(fixCost[0].map((cost) => Math.exp(-cost)))]
  for (let fix = 1; fix <= last; fix++) {
    const reached = new Float64Array(stateCount[fix])
    for (let a = 0; a < stateCount[fix - 1]; a++) {
      const share = forward[fix - 1][a]
      if (share > 0) for (let b = 0; b < reached.length; b++) reached[b] += share * Math.exp(-stepCost[fix - 1][a * reached.length + b])
    }
    forward.push(normalized(reached.map((share, b) => share * Math.exp(-fixCost[fix][b]))))
  }
  const probability = new Array<Float64Array>(last + 1)
  let backward: Float64Array = new Float64Array(stateCount[last]).fill(1)
  for (let fix = last; fix >= 0; fix--) {
    const onward = backward
    probability[fix] = normalized(forward[fix].map((share, a) => share * onward[a]))
    if (fix === 0) break
    const width = stateCount[fix]
    const weighed = onward.map((share, b) => share * Math.exp(-fixCost[fix][b]))
    backward = normalized(new Float64Array(stateCount[fix - 1]).map((_, a) => {
      let sum = 0
      for (let b = 0; b < width; b++) sum += weighed[b] * Math.exp(-stepCost[fix - 1][a * width + b])
      return sum
    }))
  }
  return probability
}

function normalized(shares: Float64Array): Float64Array {
  let sum = 0
  for (const share of shares) sum += share
  return sum > 0 ? shares.map((share) => share / sum) : shares
}
