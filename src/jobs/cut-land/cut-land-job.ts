import { cutLand } from '@/algorithms/topology/cut-land'
import type { LandCut, LandInput } from '@/algorithms/topology/land-input'
import { recutLand } from '@/algorithms/topology/recut-land'
import type { LandRecut, RecutRequest } from '@/algorithms/topology/recut-land'
import type { JobControl } from '../job'

export type CutLandRequest =
  | { readonly kind: 'cut'; readonly input: LandInput }
  | ({ readonly kind: 'recut' } & RecutRequest)

/** Cut land anew, or recut what a change touches. */
export function cutLandJob(request: CutLandRequest, control: JobControl): LandCut | LandRecut {
  return request.kind === 'cut' ? cutLand(request.input, control) : recutLand(request, control)
}
