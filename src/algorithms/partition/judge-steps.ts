import { createStepWalk, type RepairStep, type StepInput } from './order-steps'

/** What is to be said of a step that waits. */
export type StepState = 'ready' | 'blocked' | 'vain'

/**
 * Look at steps that wait, in order, on the division as it is now: `blocked` where a part would fall apart or units are no
 * longer where the step takes them from, as after a step it depends on was skipped; `vain` where it mends nothing and no
 * later one does thanks to it. Blocked steps are passed over.
 */
export function judgeSteps(input: StepInput, steps: readonly RepairStep[]): StepState[] {
  const walk = createStepWalk(input, input.from)
  // A piece weighs less than a household: it decides where bands do not.
  const score = () => walk.breach() + walk.pieces() / (2 * input.graph.weight.length)
  const scores = [score()]
  const blocked = steps.map(({ moves }) => {
    const holds = walk.holds(moves)
    if (holds) moves.forEach(walk.apply)
    scores.push(score())
    return !holds
  })
  return steps.map((_, at) => (blocked[at] ? 'blocked' : Math.min(...scores.slice(at + 1)) < scores[at] ? 'ready' : 'vain'))
}
