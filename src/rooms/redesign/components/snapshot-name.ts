import type { PlanSnapshot } from '../papers-repository'

/** What a snapshot is called: the name a person gave it, else the act that took it. */
export const snapshotName = (snapshot: PlanSnapshot, t: (key: string) => string): string =>
  snapshot.kind === 'named' ? snapshot.name : t(`papers.snapshotKind.${snapshot.kind}`)
