/** Nodes that a median would gladly serve, and the choice among them; reused from call to call. */
export interface FillBuffer {
  readonly node: Int32Array
  readonly gain: Float64Array
  readonly demand: Float64Array
  /** Share of each that is taken, 0 … 1. */
  readonly share: Float64Array
  /** Gain for each unit of demand; what the nodes are sorted by. */
  readonly rate: Float64Array
  readonly best: Uint8Array
  readonly trial: Uint8Array
  count: number
}

export function makeFillBuffer(size: number): FillBuffer {
  return {
    node: new Int32Array(size),
    gain: new Float64Array(size),
    demand: new Float64Array(size),
    share: new Float64Array(size),
    rate: new Float64Array(size),
    best: new Uint8Array(size),
    trial: new Uint8Array(size),
    count: 0,
  }
}

/** Steps of the search for a whole choice before its bound must do. */
const MOST_STEPS = 400

/**
 * Greatest gain from nodes within a capacity: a knapsack. Where `isWhole`, nodes are not divided (depth-first search with
 * Dantzig's bound, Horowitz and Sahni 1974; where that takes long, the bound itself comes back, which is never less).
 *
 * @param items `node`, `gain`, `demand` of the first `count` are given and get sorted; `share` is the answer
 */
export function fillMedian(items: FillBuffer, capacity: number, isWhole: boolean): number {
  const { gain, demand, share, rate, count } = items
  let all = 0
  let whole = 0
  for (let i = 0; i < count; i++) {
    all += demand[i]
    whole += gain[i]
  }
  if (all <= capacity) {
    share.fill(1, 0, count)
    return whole
  }
  for (let i = 0; i < count; i++) rate[i] = demand[i] > 0 ? gain[i] / demand[i] : Infinity
  sortByRate(items, 0, count - 1)
  let room = capacity
  let bound = 0
  let cut = 0
  for (; cut < count && demand[cut] <= room; cut++) {
    share[cut] = 1
    room -= demand[cut]
    bound += gain[cut]
  }
  share.fill(0, cut, count)
  if (cut === count) return bound
  const divided = bound + rate[cut] * room
  if (isWhole) {
    const found = chooseWhole(items, capacity, divided)
    if (found >= 0) {
      for (let i = 0; i < count; i++) share[i] = items.best[i]
      return found
    }
  }
  share[cut] = room / demand[cut]
  return divided
}

/** Best choice of whole nodes, in `best`; −1 where the search was cut off. */
function chooseWhole({ gain, demand, rate, best, trial, count }: FillBuffer, capacity: number, most: number): number {
  const enough = most * (1 - 1e-9)
  let bestGain = -1
  let room = capacity
  let sum = 0
  let at = 0
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    let bound = sum
    let left = room
    let ahead = at
    for (; ahead < count && demand[ahead] <= left; ahead++) {
      left -= demand[ahead]
      bound += gain[ahead]
    }
    if (ahead < count) bound += rate[ahead] * left
    if (bound > bestGain + 1e-9 * most) {
      // Take what fits in a row, pass over what does not.
      for (; at < count; at++) {
        trial[at] = demand[at] <= room ? 1 : 0
        if (trial[at] === 0) continue
        room -= demand[at]
        sum += gain[at]
      }
      if (sum > bestGain) {
        bestGain = sum
        best.set(trial.subarray(0, count))
        if (bestGain >= enough) return bestGain
      }
    }
    // Back to the last one taken, and without it.
    for (at--; at >= 0 && trial[at] === 0; at--);
    if (at < 0) return bestGain
    trial[at] = 0
    room += demand[at]
    sum -= gain[at]
    at++
  }
  return -1
}

/** Greatest rate first; quicksort down to short runs, those by insertion. */
function sortByRate(items: FillBuffer, low: number, high: number): void {
  const { rate } = items
  while (high - low > 12) {
    const pivot = rate[(low + high) >> 1]
    let i = low
    let j = high
    while (i <= j) {
      while (rate[i] > pivot) i++
      while (rate[j] < pivot) j--
      if (i <= j) swapItems(items, i++, j--)
    }
    if (j - low < high - i) {
      sortByRate(items, low, j)
      low = i
    } else {
      sortByRate(items, i, high)
      high = j
    }
  }
  for (let i = low + 1; i <= high; i++) {
    for (let j = i; j > low && rate[j] > rate[j - 1]; j--) swapItems(items, j, j - 1)
  }
}

function swapItems({ node, gain, demand, rate }: FillBuffer, i: number, j: number): void {
  const nodeI = node[i]
  const gainI = gain[i]
  const demandI = demand[i]
  const rateI = rate[i]
  node[i] = node[j]
  gain[i] = gain[j]
  demand[i] = demand[j]
  rate[i] = rate[j]
  node[j] = nodeI
  gain[j] = gainI
  demand[j] = demandI
  rate[j] = rateI
}
