import loadHighs from 'highs'
import wasmUrl from 'highs/runtime?url'
import { certifyDivision, type CertifiedDivision, type CertifyWishes } from '@/algorithms/partition/certify-division'
import type { DivisionGround } from '@/algorithms/partition/division-ground'
import { measureDivision, type DivisionFigures } from '@/algorithms/partition/measure-division'
import type { JobControl } from '@/jobs/job'

export interface CertifyGridsInput {
  readonly ground: DivisionGround
  /** Grid by cell of the division asked about. */
  readonly grid: Int32Array
  readonly wishes: CertifyWishes & { readonly minMembers: number }
}

export interface CertifiedGrids extends CertifiedDivision {
  readonly seconds: number
  /** Figures of the better division, where there is one. */
  readonly figures: DivisionFigures | null
}

/** Exact answer for a small community. The solver is read only when first asked for. */
export async function certifyGridsJob({ ground, grid, wishes }: CertifyGridsInput, control: JobControl): Promise<CertifiedGrids> {
  control.onProgress(0, 'certify')
  const highs = await loadHighs({ locateFile: () => wasmUrl })
  const begun = performance.now()
  const found = certifyDivision(highs, ground, grid, wishes, control)
  return {
    ...found,
    seconds: (performance.now() - begun) / 1000,
    figures: found.better && measureDivision(ground, found.better, wishes.minMembers),
  }
}
