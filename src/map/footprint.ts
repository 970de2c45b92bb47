/** Metres of a degree east and north, as a land frame has them. */
interface Scale {
  readonly mPerDegLng: number
  readonly mPerDegLat: number
}

type Place = [lng: number, lat: number]

/** A footprint in its own axes: u along its longest side, v across, metres from its first corner. */
interface Turned {
  readonly u: Float64Array
  readonly v: Float64Array
  readonly back: (u: number, v: number) => Place
}

/** Corners of a closed ring of lng, lat pairs, turned so that the longest side lies along u. */
function turn(outline: ArrayLike<number>, { mPerDegLng, mPerDegLat }: Scale): Turned {
  const points = outline.length / 2 - 1
  const x = (k: number): number => (outline[2 * k] - outline[0]) * mPerDegLng
  const y = (k: number): number => (outline[2 * k + 1] - outline[1]) * mPerDegLat
  let along = 0
  let longest = 0
  for (let k = 0; k < points; k++) {
    const length = Math.hypot(x(k + 1) - x(k), y(k + 1) - y(k))
    if (length > longest) [longest, along] = [length, Math.atan2(y(k + 1) - y(k), x(k + 1) - x(k))]
  }
  const [cos, sin] = [Math.cos(along), Math.sin(along)]
  return {
    u: Float64Array.from({ length: points }, (_, k) => x(k) * cos + y(k) * sin),
    v: Float64Array.from({ length: points }, (_, k) => -x(k) * sin + y(k) * cos),
    back: (u, v) => [outline[0] + (u * cos - v * sin) / mPerDegLng, outline[1] + (u * sin + v * cos) / mPerDegLat],
  }
}

const spanOf = (values: Float64Array): [number, number] => [Math.min(...values), Math.max(...values)]

/**
 * Places on a lattice along the longest side of a footprint, centred on it, no farther apart than `mostM` metres and
 * closer where they are many. They go in rows along the side, or in columns across it, so that neighbours in the list
 * stay at one end.
 *
 * @param outline closed ring of lng, lat pairs
 */
export function placesOnFootprint(outline: ArrayLike<number>, count: number, scale: Scale, mostM: number, order: 'rows' | 'columns' = 'rows'): Place[] {
  const { u, v, back } = turn(outline, scale)
  const [u0, u1] = spanOf(u)
  const [v0, v1] = spanOf(v)
  const width = Math.max(1, u1 - u0)
  const height = Math.max(1, v1 - v0)
  // As many columns as keep the lattice square, within the footprint; spacing shrinks where places are many.
  const wanted = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * width) / height))))
  const rows = Math.ceil(count / wanted)
  // Filled column by column, the last ones may not be needed.
  const columns = order === 'rows' ? wanted : Math.ceil(count / rows)
  const stepU = Math.min(mostM, (width * 0.92) / columns)
  const stepV = Math.min(mostM, (height * 0.92) / rows)
  return Array.from({ length: count }, (_, k) => {
    const column = order === 'rows' ? k % columns : Math.floor(k / rows)
    const row = order === 'rows' ? Math.floor(k / columns) : k % rows
    return back((u0 + u1) / 2 + (column - (columns - 1) / 2) * stepU, (v0 + v1) / 2 + (row - (rows - 1) / 2) * stepV)
  })
}

/**
 * Cut a footprint across its longest side into strips as long as their shares, in their order.
 *
 * @param outline closed ring of lng, lat pairs
 * @param shares positive, in any unit
 * @returns closed rings; one share gives the outline as it is
 */
export function splitFootprint(outline: ArrayLike<number>, shares: readonly number[], scale: Scale): Place[][] {
  if (shares.length < 2) return [Array.from({ length: outline.length / 2 }, (_, k): Place => [outline[2 * k], outline[2 * k + 1]])]
  const { u, v, back } = turn(outline, scale)
  const [u0, u1] = spanOf(u)
  const all = shares.reduce((sum, share) => sum + share, 0)
  const ring = Array.from(u, (along, k): [number, number] => [along, v[k]])
  let from = u0
  return shares.map((share, k) => {
    const to = k === shares.length - 1 ? u1 : from + ((u1 - u0) * share) / all
    const strip = cut(cut(ring, (at) => at - from, from), (at) => to - at, to)
    from = to
    const places = strip.map(([along, across]) => back(along, across))
    return places.length > 0 ? [...places, places[0]] : []
  })
}

/** The part of a ring on the side where `inside` is not negative; the other side is cut off at `line`. */
function cut(ring: readonly [number, number][], inside: (u: number) => number, line: number): [number, number][] {
  const kept: [number, number][] = []
  ring.forEach(([u, v], k) => {
    const [beforeU, beforeV] = ring[(k + ring.length - 1) % ring.length]
    const here = inside(u)
    const before = inside(beforeU)
    if (here >= 0 !== before >= 0) kept.push([line, beforeV + ((v - beforeV) * (line - beforeU)) / (u - beforeU)])
    if (here >= 0) kept.push([u, v])
  })
  return kept
}
