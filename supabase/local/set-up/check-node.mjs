const OLDEST = [20, 19]

/** Ends the process, saying what to do, when Node is older than the console needs. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  console.error(`Gewu needs Node ${OLDEST.join('.')} or newer, this is ${process.versions.node}: see https://nodejs.org`)
  process.exit(1)
}
