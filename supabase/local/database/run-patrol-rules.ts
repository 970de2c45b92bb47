import type { SqlSession } from './sql-session'

/**
 * Lets retention of walks take effect, as the system: forgotten walks end, raw fixes go, then who walked and when.
 * @param clockShiftS seconds by which the clock of rules goes ahead
 */
export function runPatrolRules(sql: SqlSession, clockShiftS: number): Promise<void> {
  return sql.transaction(async (inner) => {
    await inner.query("select pg_catalog.set_config('gewu.clock_shift_s', $1, true)", [String(clockShiftS)])
    await inner.query('select private.run_patrol_rules()')
  })
}
