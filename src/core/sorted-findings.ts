/** Findings kept in order while they come and go. */
export interface SortedFindings<Found extends { readonly code: string }> {
  /** What is found under a code about one thing; null: nothing any more. */
  put(code: Found['code'], about: number, finding: Found | null): void
  /** In order; never changed once given. */
  values(): readonly Found[]
}

interface Column<Found> {
  readonly about: number[]
  readonly findings: Found[]
  readonly noted: Map<number, Found | null>
}

/**
 * Findings in the order of their codes, then of what they are about: a slot, a compound, a community, a member. An edit notes what comes
 * and goes; when the list is asked for, each code takes in its changes at one stroke, where they are. (Moving the tail of
 * one long array at each finding made a paint on ten times the grids 1.08 times as dear, merging it anew 1.2 times.)
 */
export function createSortedFindings<Found extends { readonly code: string }>(codes: readonly Found['code'][]): SortedFindings<Found> {
  const rank = new Map(codes.map((code, k) => [code, k]))
  const columns = codes.map((): Column<Found> => ({ about: [], findings: [], noted: new Map() }))
  let list: readonly Found[] = []
  let isStale = false
  return {
    put(code, about, finding) {
      columns[rank.get(code)!].noted.set(about, finding)
      isStale = true
    },
    values() {
      if (!isStale) return list
      for (const column of columns) if (column.noted.size > 0) takeIn(column)
      isStale = false
      list = columns[0].findings.concat(...columns.slice(1).map(({ findings }) => findings))
      return list
    },
  }
}

/** Put what was noted into a sorted column: between the first and the last of it everything is replaced at once. */
function takeIn<Found>({ about, findings, noted }: Column<Found>): void {
  const changed = [...noted.keys()].sort((a, b) => a - b)
  const from = placeIn(about, changed[0])
  let at = from
  const newAbout: number[] = []
  const newFindings: Found[] = []
  for (const index of changed) {
    for (; at < about.length && about[at] < index; at++) {
      newAbout.push(about[at])
      newFindings.push(findings[at])
    }
    if (about[at] === index) at++
    const finding = noted.get(index)
    if (!finding) continue
    newAbout.push(index)
    newFindings.push(finding)
  }
  about.splice(from, at - from, ...newAbout)
  findings.splice(from, at - from, ...newFindings)
  noted.clear()
}

/** Position of the first number that is not below `index`, in ascending numbers. */
function placeIn(about: readonly number[], index: number): number {
  let low = 0
  let high = about.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (about[middle] < index) low = middle + 1
    else high = middle
  }
  return low
}
