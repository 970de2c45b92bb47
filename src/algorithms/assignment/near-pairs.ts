import { PointGrid } from './point-grid'

/** Places by index, metres. */
export interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Pairs of a part and a member by part, with the straight metres between them. Columns of one length. */
export interface NearPairs {
  readonly part: Int32Array
  readonly member: Int32Array
  readonly lengthM: Float64Array
}

/**
 * Every part with the members nearest to it, and every member with the parts nearest, each pair once; of those equally near the
 * lower index first. Complexity O((parts + members) × each) on places that are spread out.
 *
 * @param each how many, > 0; all where there are no more
 */
export function nearPairs(parts: Places, members: Places, each: number): NearPairs {
  const partCount = parts.x.length
  const memberCount = members.x.length
  const ofPart = Math.min(each, memberCount)
  const ofMember = Math.min(each, partCount)
  if (ofPart === 0 || ofMember === 0) return { part: new Int32Array(0), member: new Int32Array(0), lengthM: new Float64Array(0) }

  // The farthest member a part has: nearer ones need not be brought by the member again.
  const lastMember = new Int32Array(partCount)
  const lastSquare = new Float64Array(partCount)
  const own = new Int32Array(partCount * ofPart)
  const ownSquare = new Float64Array(partCount * ofPart)
  const memberGrid = new PointGrid(members.x, members.y)
  for (let part = 0; part < partCount; part++) {
    const near = memberGrid.nearest(parts.x[part], parts.y[part], ofPart)
    own.set(near.points, part * ofPart)
    ownSquare.set(near.squares, part * ofPart)
    lastMember[part] = near.last
    lastSquare[part] = near.lastSquare
  }

  const start = new Int32Array(partCount + 1)
  for (let part = 0; part < partCount; part++) start[part + 1] = ofPart
  const broughtPart = new Int32Array(memberCount * ofMember)
  const broughtSquare = new Float64Array(memberCount * ofMember)
  const partGrid = new PointGrid(parts.x, parts.y)
  for (let member = 0; member < memberCount; member++) {
    const { points, squares } = partGrid.nearest(members.x[member], members.y[member], ofMember)
    for (let k = 0; k < ofMember; k++) {
      const part = points[k]
      const isOwn = squares[k] < lastSquare[part] || (squares[k] === lastSquare[part] && member <= lastMember[part])
      broughtPart[member * ofMember + k] = isOwn ? -1 : part
      broughtSquare[member * ofMember + k] = squares[k]
      if (!isOwn) start[part + 1]++
    }
  }

  for (let part = 0; part < partCount; part++) start[part + 1] += start[part]
  const count = start[partCount]
  const pairs = { part: new Int32Array(count), member: new Int32Array(count), lengthM: new Float64Array(count) }
  const next = start.slice(0, partCount)
  const put = (part: number, member: number, square: number): void => {
    const at = next[part]++
    pairs.part[at] = part
    pairs.member[at] = member
    pairs.lengthM[at] = Math.sqrt(square)
  }
  for (let at = 0; at < own.length; at++) put(Math.floor(at / ofPart), own[at], ownSquare[at])
  for (let at = 0; at < broughtPart.length; at++) {
    if (broughtPart[at] >= 0) put(broughtPart[at], Math.floor(at / ofMember), broughtSquare[at])
  }
  return pairs
}
