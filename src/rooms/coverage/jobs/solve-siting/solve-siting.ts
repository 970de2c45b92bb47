import type { Highs } from 'highs'
import { runSiting } from '@/algorithms/siting/run-siting'
import type { SitingAnswer } from '@/algorithms/siting/siting-problem'
import type { JobControl } from '@/jobs/job'
import { sitingProblemOf } from '../../operations/siting-problem-of'
import type { SolvedSiting, SolveSitingInput } from './solve-siting-model'

/** A bound is told of when the gap has fallen by so much of itself. */
const NEWS = 0.05

/**
 * Sites for a task: an answer at once, told of as progress (`found`), then better ones and better bounds, until the best is proved.
 * @param load the solver of the proof, read only when the first answer is there
 */
export async function solveSiting(input: SolveSitingInput, load: () => Promise<Highs>, { onProgress, signal }: JobControl): Promise<SolvedSiting> {
  const begun = performance.now()
  const isStopped = (): boolean => signal?.aborted ?? false
  const solved = (answer: SitingAnswer): SolvedSiting => ({ ...answer, open: answer.open.slice(), gap: gapOf(answer), ms: performance.now() - begun })
  onProgress(0, 'first')
  const run = runSiting(sitingProblemOf(input))
  const first = solved(run.first({ isStopped }))
  let last = first
  onProgress(0, 'proving', first)
  if (first.isProved) return first
  const highs = await load()
  return solved(run.prove(highs, {
    isStopped,
    onAnswer(answer) {
      const now = solved(answer)
      if (now.value === last.value && now.gap > (1 - NEWS) * last.gap) return
      last = now
      onProgress(Math.max(0, 1 - now.gap / first.gap), 'proving', now)
    },
  }))
}

/** As a share of the bound; 0 where proved. */
function gapOf({ value, bound, isProved }: SitingAnswer): number {
  return isProved ? 0 : Math.abs(value - bound) / Math.max(Math.abs(bound), Number.MIN_VALUE)
}
