import type { Checkpoint, CheckpointPass } from '@/core/patrol/patrol-scope'
import type { CheckpointStand } from '@/map/patrol-icons'

const DAY_MS = 86_400_000

/** Whether somebody must come by before a day is over. @param dayEndMs end of the day, ms since 1970 */
export const isCheckpointDue = ({ lastAt, everyDays }: Pick<Checkpoint, 'lastAt' | 'everyDays'>, dayEndMs: number): boolean =>
  lastAt === null || Date.parse(lastAt) + everyDays * DAY_MS < dayEndMs

/**
 * How each checkpoint stands, by id: by its latest mark of the period where that is still good; due where nobody came by in time;
 * else idle.
 */
export function checkpointStands(checkpoints: readonly Checkpoint[], marks: readonly CheckpointPass[], dayEndMs: number): ReadonlyMap<number, CheckpointStand> {
  const latest = new Map<number, CheckpointPass>()
  for (const mark of marks) {
    const before = latest.get(mark.checkpointId)
    if (!before || Date.parse(mark.at) > Date.parse(before.at)) latest.set(mark.checkpointId, mark)
  }
  return new Map(
    checkpoints.map((checkpoint) => {
      const mark = latest.get(checkpoint.id)
      const isGood = mark !== undefined && !isCheckpointDue({ lastAt: mark.at, everyDays: checkpoint.everyDays }, dayEndMs)
      if (mark && isGood) return [checkpoint.id, mark.mark === 'probable' ? 'probable' : 'visited']
      return [checkpoint.id, isCheckpointDue(checkpoint, dayEndMs) ? 'due' : 'idle']
    }),
  )
}
