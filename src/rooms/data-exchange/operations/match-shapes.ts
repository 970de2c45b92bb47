import Flatbush from 'flatbush'
import { boundsOf } from '../geometry/lng-lat-bounds'
import type { Pair } from '../model'
import { isLastingId } from './match-buildings'

/** A line or ring with the id of its source. */
interface Drawn {
  readonly id: string | null
  readonly line: readonly Pair[]
}

/** Degrees by which boxes may differ and still be looked at: some centimetres. */
const SLACK_DEG = 5e-7

/**
 * Which standing line or ring each of the files is: by the id of its source, else by having the same points.
 *
 * @returns position among `standing` by shape of the files, −1 where it is new
 */
export function matchShapes(
  standing: readonly Drawn[],
  files: readonly Drawn[],
  isSame: (index: number, file: number) => boolean,
): Int32Array {
  const matched = new Int32Array(files.length).fill(-1)
  if (standing.length === 0 || files.length === 0) return matched
  const taken = new Uint8Array(standing.length)
  const byRef = new Map(standing.flatMap(({ id }, k) => (isLastingId(id) ? [[id, k] as const] : [])))
  files.forEach(({ id }, file) => {
    const index = isLastingId(id) ? (byRef.get(id) ?? -1) : -1
    if (index < 0 || taken[index]) return
    matched[file] = index
    taken[index] = 1
  })
  const tree = new Flatbush(standing.length)
  for (const { line } of standing) tree.add(...boundsOf(line)!)
  tree.finish()
  files.forEach(({ line }, file) => {
    if (matched[file] >= 0) return
    const [west, south, east, north] = boundsOf(line)!
    const found = tree
      .search(west - SLACK_DEG, south - SLACK_DEG, east + SLACK_DEG, north + SLACK_DEG)
      .filter((index) => !taken[index] && isSame(index, file))
    if (found.length === 0) return
    matched[file] = Math.min(...found)
    taken[matched[file]] = 1
  })
  return matched
}
