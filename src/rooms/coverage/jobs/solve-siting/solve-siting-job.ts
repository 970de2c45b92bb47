import loadHighs from 'highs'
import wasmUrl from 'highs/runtime?url'
import type { JobControl } from '@/jobs/job'
import { solveSiting } from './solve-siting'
import type { SolvedSiting, SolveSitingInput } from './solve-siting-model'

export const solveSitingJob = (input: SolveSitingInput, control: JobControl): Promise<SolvedSiting> => solveSiting(input, () => loadHighs({ locateFile: () => wasmUrl }), control)
