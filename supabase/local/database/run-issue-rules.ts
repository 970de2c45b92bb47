import type { SqlSession } from './sql-session'

/**
 * Lets the deadlines of slips take effect, as the system: what is overdue comes under supervision, what is so for too long
 * goes up a level.
 * @param clockShiftS seconds by which the clock of deadlines goes ahead
 */
export function runIssueRules(sql: SqlSession, clockShiftS: number): Promise<void> {
  return sql.transaction(async (inner) => {
    await inner.query("select pg_catalog.set_config('gewu.clock_shift_s', $1, true)", [String(clockShiftS)])
    await inner.query('select private.escalate_overdue()')
  })
}
