/** Rings joined from ways that meet at their ends, and whether every way found its place. */
export interface JoinedRings {
  /** Node ids of closed rings, first = last. */
  readonly rings: readonly (readonly number[])[]
  /** Ways left in chains that do not close. */
  readonly open: number
}

/** Join ways (lists of node ids) end to end into closed rings. Linear in the number of nodes. */
export function joinRings(ways: readonly (readonly number[])[]): JoinedRings {
  const rings: number[][] = []
  const ends = new Map<number, number[]>()
  const used = new Uint8Array(ways.length)
  let open = 0
  ways.forEach((refs, way) => {
    if (refs.length < 2) used[way] = 1
    else if (refs[0] === refs[refs.length - 1]) {
      used[way] = 1
      rings.push([...refs])
    }
  })
  // Backwards, because the last of a list is taken first.
  for (let way = ways.length - 1; way >= 0; way--) {
    if (used[way]) continue
    for (const end of [ways[way][0], ways[way][ways[way].length - 1]]) {
      const there = ends.get(end)
      if (there === undefined) ends.set(end, [way])
      else there.push(way)
    }
  }
  for (let start = 0; start < ways.length; start++) {
    if (used[start]) continue
    used[start] = 1
    const chain = [...ways[start]]
    let count = 1
    for (;;) {
      const tip = chain[chain.length - 1]
      if (tip === chain[0]) break
      const next = takeUnused(ends.get(tip), used)
      if (next === undefined) break
      used[next] = 1
      count++
      const refs = ways[next]
      for (const ref of refs[0] === tip ? refs.slice(1) : refs.slice(0, -1).reverse()) chain.push(ref)
    }
    if (chain.length > 3 && chain[0] === chain[chain.length - 1]) rings.push(chain)
    else open += count
  }
  return { rings, open }
}

/** One of these ways that has no place yet; those that have are dropped on the way, so that each is looked at once. */
function takeUnused(ways: number[] | undefined, used: Uint8Array): number | undefined {
  while (ways !== undefined && ways.length > 0) {
    const way = ways.pop()!
    if (!used[way]) return way
  }
  return undefined
}
