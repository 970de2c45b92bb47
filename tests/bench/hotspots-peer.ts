import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KernelRaster } from '@/algorithms/density/raster-kernel'
import { installPackages } from '../setup/install-programs.mjs'

export interface PeerTask {
  readonly centreXYM: Float64Array
  readonly counts: Float64Array
  readonly reachM: number
  readonly permutations: number
  readonly pointsXYM: Float64Array
  readonly kernelM: number
  readonly raster: KernelRaster
}

export interface PeerAnswer {
  /** Packages that did it. */
  readonly by: string
  readonly neighbours: number
  readonly z: Float64Array
  readonly p: Float64Array
  readonly side: Float64Array
  readonly q: Float64Array
  readonly density: Float64Array
  readonly ms: Readonly<Record<'neighbours' | 'z' | 'permutations' | 'correction' | 'density', number>>
}

const PROGRAM = 'tests/bench/hotspots-peer.py'
const PACKAGES = ['python3-libpysal', 'python3-numpy', 'python3-scipy']

/** Python with libpysal, installed first where that is possible; else one with numpy and scipy; else null, said with what it lacks. */
function findPython(say: (line: string) => void): string | null {
  const has = (python: string, modules: string) => spawnSync(python, ['-c', `import ${modules}`]).status === 0
  const pythons = ['/usr/bin/python3', 'python3']
  const whole = () => pythons.find((python) => has(python, 'libpysal, scipy.signal'))
  if (!whole()) installPackages(say, PACKAGES)
  const found = whole() ?? pythons.find((python) => has(python, 'numpy, scipy.signal'))
  if (!found) say(`no Python with numpy and scipy to compare with; to enable it: apt-get install ${PACKAGES.join(' ')}`)
  return found ?? null
}

/** The task by Python's packages; null where there are none. */
export function solveByPython(task: PeerTask, say: (line: string) => void): PeerAnswer | null {
  const python = findPython(say)
  if (!python) return null
  const folder = mkdtempSync(join(tmpdir(), 'gewu-hotspots-'))
  const write = (name: string, values: Float64Array) => writeFileSync(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  const read = (name: string) => new Float64Array(new Uint8Array(readFileSync(join(folder, `${name}.out`))).buffer)
  try {
    const { reachM, permutations, kernelM, raster: { originXM, originYM, pixelM, width, height } } = task
    writeFileSync(join(folder, 'task.json'), JSON.stringify({ reachM, permutations, kernelM, raster: { originXM, originYM, pixelM, width, height } }))
    write('centre', task.centreXYM)
    write('counts', task.counts)
    write('points', task.pointsXYM)
    const words = execFileSync(python, [PROGRAM, folder], { encoding: 'utf8', maxBuffer: 2 ** 24 })
    const told = JSON.parse(words) as Pick<PeerAnswer, 'by' | 'neighbours' | 'ms'>
    return { ...told, z: read('z'), p: read('p'), side: read('side'), q: read('q'), density: read('density') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
