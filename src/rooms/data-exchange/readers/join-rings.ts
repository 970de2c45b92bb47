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
    } else {
      for (const end of [refs[0], refs[refs.length - 1]]) ends.set(end, [...(ends.get(end) ?? []), way])
    }
  })
  for (let start = 0; start < ways.length; start++) {
    if (used[start]) continue
    used[start] = 1
    const chain = [...ways[start]]
    let count = 1
    for (;;) {
      const tip = chain[chain.length - 1]
      if (tip === chain[0]) break
      const next = ends.get(tip)?.find((way) => !used[way])
      if (next === undefined) break
      used[next] = 1
      count++
      const refs = ways[next]
      chain.push(...(refs[0] === tip ? refs.slice(1) : refs.slice(0, -1).reverse()))
    }
    if (chain.length > 3 && chain[0] === chain[chain.length - 1]) rings.push(chain)
    else open += count
  }
  return { rings, open }
}
