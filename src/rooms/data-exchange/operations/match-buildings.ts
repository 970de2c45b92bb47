import Flatbush from 'flatbush'
import type { LngLatBounds } from '@/core/units'
import { boundsOf, gapBetweenM } from '../geometry/lng-lat-bounds'
import type { Pair } from '../model'
import { overlapShare } from './compare-shapes'

/** Houses with the same id in the source that overlap this much are one; ids alone may have been dealt anew. */
const SAME_ID_SHARE = 0.2
/** Houses that overlap this much are one, whatever their ids. */
const SAME_PLACE_SHARE = 0.5
/** A house with the same id that was drawn elsewhere may have been surveyed again, but not across the quarter. */
const MOVED_M = 50

/** Boxes that differ by less than this are of the same outline: three units of the last digit kept. */
const SAME_BOX_DEG = 3e-7

interface Outlined {
  readonly polygons: readonly Pair[][][]
}

/** Whether an id of a source stays the same from file to file: row numbers do not. */
export const isLastingId = (id: string | null): id is string => id !== null && id !== '' && !/(^|:)row \d+$/.test(id)

/**
 * Which standing house each house of the files is: by the id of the source where the two overlap, else by place, else by id near by.
 * Each standing house is taken once, the largest overlap first.
 *
 * @returns position among `standing` by house of the files, −1 where it is new
 */
export function matchBuildings(
  standing: readonly (Outlined & { readonly sourceRef: string | null })[],
  files: readonly (Outlined & { readonly sourceId: string })[],
): Int32Array {
  const matched = new Int32Array(files.length).fill(-1)
  if (standing.length === 0 || files.length === 0) return matched
  const taken = new Uint8Array(standing.length)
  const take = (file: number, index: number): void => {
    matched[file] = index
    taken[index] = 1
  }
  const boxOf = ({ polygons }: Outlined): LngLatBounds => boundsOf(polygons.flatMap(([shell]) => shell))!
  const bounds = standing.map(boxOf)
  const boxes = files.map(boxOf)
  const isSameBox = (index: number, file: number): boolean => bounds[index].every((value, k) => Math.abs(value - boxes[file][k]) < SAME_BOX_DEG)
  const share = (index: number, file: number): number => overlapShare(standing[index].polygons, files[file].polygons)
  const byRef = new Map(standing.flatMap(({ sourceRef }, k) => (isLastingId(sourceRef) ? [[sourceRef, k] as const] : [])))
  const named = files.map(({ sourceId }) => (isLastingId(sourceId) ? (byRef.get(sourceId) ?? -1) : -1))
  named.forEach((index, file) => {
    if (index >= 0 && !taken[index] && (isSameBox(index, file) || share(index, file) >= SAME_ID_SHARE)) take(file, index)
  })

  const tree = new Flatbush(standing.length)
  for (const box of bounds) tree.add(...box)
  tree.finish()
  // Most houses are as they were: their boxes say so, and overlaps are estimated among the few that are left.
  files.forEach((_, file) => {
    if (matched[file] >= 0) return
    const index = tree.search(...boxes[file]).find((found) => !taken[found] && isSameBox(found, file))
    if (index !== undefined) take(file, index)
  })
  const pairs = files.flatMap((_, file) => {
    if (matched[file] >= 0) return []
    return tree.search(...boxes[file]).flatMap((index) => {
      const common = taken[index] ? 0 : share(index, file)
      return common >= SAME_PLACE_SHARE ? [{ file, index, common }] : []
    })
  })
  for (const { file, index } of pairs.sort((a, b) => b.common - a.common || a.file - b.file || a.index - b.index)) {
    if (matched[file] < 0 && !taken[index]) take(file, index)
  }

  named.forEach((index, file) => {
    if (index < 0 || taken[index] || matched[file] >= 0) return
    if (gapBetweenM(bounds[index], boxes[file]) <= MOVED_M) take(file, index)
  })
  return matched
}
