import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { MedianProblem } from '@/algorithms/clustering/median-problem'
import { costsOfPoints, costsOfWays, type NodeCosts } from '@/algorithms/clustering/node-costs'

/**
 * Published instance of the capacitated p-median: `n p`, then `x y capacity demand` of each node.
 *
 * @param ways how ways are counted: `euclid`, `floor(euclid)`, or `NAME.grd matrix`, a file of that name in the same folder
 */
export function readMedianInstance(file: string, ways: string): MedianProblem {
  const [[count, medians], ...rows] = readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter(Boolean)
    .map((line) => line.split(/\s+/).map(Number))
  if (rows.length !== count) throw new RangeError(`${file}: expected ${count} nodes, got ${rows.length}`)
  const column = (index: number) => Float64Array.from(rows, (row) => row[index])
  const [x, y, capacity, demand] = [0, 1, 2, 3].map(column)
  return { costs: costsOf(ways, x, y, join(file, '..')), demand, capacity, medians }
}

function costsOf(ways: string, x: Float64Array, y: Float64Array, folder: string): NodeCosts {
  if (ways === 'euclid') return costsOfPoints(x, y)
  if (ways === 'floor(euclid)') return costsOfWays(x.length, (i, j) => Math.floor(Math.sqrt((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2)))
  const matrix = /^(\S+) matrix$/.exec(ways)
  if (!matrix) throw new RangeError(`expected euclid, floor(euclid) or FILE matrix, got ${ways}`)
  const path = [join(folder, matrix[1]), join(folder, `${matrix[1]}.gz`)].find(existsSync)
  if (!path) throw new RangeError(`expected a matrix of ways ${matrix[1]} in ${folder}`)
  const bytes = readFileSync(path)
  const table = Float64Array.from((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split(/\s+/), Number)
  if (table.length !== x.length ** 2) throw new RangeError(`${path}: expected ${x.length} × ${x.length} ways, got ${table.length}`)
  return costsOfWays(x.length, (i, j) => table[i * x.length + j])
}
