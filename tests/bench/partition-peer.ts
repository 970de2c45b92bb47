import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UnitGraph } from '@/algorithms/partition/unit-graph'

/**
 * Connected parts by METIS (`gpmetis -contig`), its own time of partitioning without files; null where it is not installed.
 *
 * @param ufactor allowed excess of a part over the mean, per mille
 */
export function partitionByMetis(graph: UnitGraph, parts: number, ufactor: number): { label: Int32Array; ms: number } | null {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-metis-'))
  const file = join(folder, 'graph')
  try {
    const lines = [...graph.weight].map((weight, unit) => {
      const neighbours = graph.neighbour.subarray(graph.start[unit], graph.start[unit + 1])
      return [weight, ...neighbours.map((other) => other + 1)].join(' ')
    })
    writeFileSync(file, `${graph.weight.length} ${graph.neighbour.length / 2} 010\n${lines.join('\n')}\n`)
    const words = execFileSync('gpmetis', ['-contig', `-ufactor=${ufactor}`, file, String(parts)], { encoding: 'utf8' })
    const seconds = Number(/Partitioning:\s+([\d.]+) sec/.exec(words)?.[1])
    const label = Int32Array.from(readFileSync(`${file}.part.${parts}`, 'utf8').trim().split('\n'), Number)
    return { label, ms: 1000 * seconds }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
