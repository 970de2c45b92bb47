import { execFileSync, spawnSync } from 'node:child_process'
import { installPackages } from '../setup/install-programs.mjs'

const PROGRAM = 'tests/bench/routing-peer.py'
const PACKAGES = ['python3-networkx']

/** A Python with networkx, installed first where that is possible; else null, said with what it lacks. */
export function findNetworkx(say: (line: string) => void): string | null {
  const find = () => ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import networkx']).status === 0)
  if (!find()) installPackages(say, PACKAGES)
  const found = find()
  if (!found) say(`no Python with networkx to compare with; to enable it: apt-get install ${PACKAGES.join(' ')}`)
  return found ?? null
}

/** Least sum of pairs, and its processor time. */
export function pairByNetworkx(python: string, count: number, cost: Float64Array): { by: string; sum: number; ms: number } {
  const words = execFileSync(python, [PROGRAM], { encoding: 'utf8', input: JSON.stringify({ count, cost: [...cost] }), maxBuffer: 2 ** 24 })
  return JSON.parse(words) as { by: string; sum: number; ms: number }
}
