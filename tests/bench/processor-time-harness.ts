/** What some work came to and the processor time it took, so that what else runs on the machine changes nothing. */
export function timed<T>(work: () => T): { value: T; ms: number } {
  const begun = process.cpuUsage()
  const value = work()
  const { user, system } = process.cpuUsage(begun)
  return { value, ms: (user + system) / 1000 }
}
