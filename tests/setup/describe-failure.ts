import { afterAll, afterEach } from 'vitest'
import { closeVisits, describeVisits } from '../e2e/harness'

/** A failure says what the pages showed: on another machine there is nothing else to go by. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  const words = await describeVisits()
  for (const error of task.result.errors ?? []) error.stack = `${error.stack ?? error.message}\n${words}`
})

afterAll(closeVisits)
