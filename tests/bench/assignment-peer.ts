import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPackages } from '../setup/install-programs.mjs'
import type { AssignmentInstance } from '../helpers/assignment-instances'

/** What LEMON's network simplex made of an instance; costs as whole numbers. */
export interface LemonAnswer {
  readonly arcs: number
  /** Sum of the costs of all arcs, to see that they are the same as ours. */
  readonly arcCosts: number
  readonly searchMs: number
  readonly buildMs: number
  readonly solveMs: number
  readonly objective: number
  readonly served: number
  readonly peakKb: number
}

export interface LemonPeer {
  solve(instance: AssignmentInstance, costsAMetre: number): LemonAnswer
  close(): void
}

const SOURCE = 'tests/bench/assignment-lemon.cpp'
const PACKAGES = ['g++', 'liblemon-dev']

/** Builds the peer with g++ and LEMON's headers, installed first where that is possible; else says what it lacks and how to have it. */
export function buildLemonPeer(say: (line: string) => void): LemonPeer | null {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-lemon-'))
  const program = join(folder, 'assignment-lemon')
  const build = () => spawnSync('g++', ['-O3', '-march=native', '-std=c++17', '-w', SOURCE, '-o', program], { encoding: 'utf8' })
  let built = build()
  if (built.status !== 0) {
    installPackages(say, PACKAGES)
    built = build()
  }
  if (built.status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    const words = built.error ? 'no g++' : (built.stderr.split('\n').find((line) => /error/i.test(line)) ?? `g++ ended with ${built.status}`)
    say(`LEMON is not here to compare with (${words}); to enable it: apt-get install ${PACKAGES.join(' ')}`)
    return null
  }
  return {
    solve({ name, parts, members, supply, min, max, neighbours }, costsAMetre) {
      const file = join(folder, name)
      const lines = [`${supply.length} ${min.length}`]
      supply.forEach((units, part) => lines.push(`${parts.x[part]} ${parts.y[part]} ${units}`))
      min.forEach((least, member) => lines.push(`${members.x[member]} ${members.y[member]} ${least} ${max[member]}`))
      writeFileSync(file, `${lines.join('\n')}\n`)
      const each = Math.min(neighbours, Math.max(supply.length, min.length))
      const words = execFileSync(program, [file, String(each), String(costsAMetre)], { encoding: 'utf8' })
      const [arcs, arcCosts, searchMs, buildMs, solveMs, objective, served, peakKb] = words.trim().split(' ').map(Number)
      return { arcs, arcCosts, searchMs, buildMs, solveMs, objective, served, peakKb }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
