/** Parts in the order in which one reads: rows from north to south, in a row from west to east. */
export function readingOrder(
  part: ArrayLike<number>,
  parts: number,
  at: (k: number) => { readonly x: number; readonly y: number; readonly areaM2: number },
): Int32Array {
  const sums = Array.from({ length: parts }, () => ({ x: 0, y: 0, areaM2: 0 }))
  for (let k = 0; k < part.length; k++) {
    const { x, y, areaM2 } = at(k)
    const sum = sums[part[k]]
    sum.x += x * areaM2
    sum.y += y * areaM2
    sum.areaM2 += areaM2
  }
  const places = sums.map((sum, index) => ({ index, x: sum.x / sum.areaM2, y: sum.y / sum.areaM2, row: 0 }))
  // A row is as high as a part of mean area would be, were it square.
  const rowHeightM = Math.sqrt(sums.reduce((total, sum) => total + sum.areaM2, 0) / Math.max(1, parts))
  const northM = Math.max(...places.map((place) => place.y))
  for (const place of places) place.row = Math.floor((northM - place.y) / rowHeightM)
  places.sort((a, b) => a.row - b.row || a.x - b.x || b.y - a.y)
  const rank = new Int32Array(parts)
  places.forEach((place, order) => (rank[place.index] = order))
  return rank
}
