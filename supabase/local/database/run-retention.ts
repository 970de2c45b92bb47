import type { SqlSession } from './sql-session'

/** Once a day, whoever asks and however often: the log says when it was last done. */
const RUN_IF_DUE = `
  select private.run_retention() as counts
  where not exists (
    select from public.audit_log l where l.action = 'retention_run' and l.at > pg_catalog.now() - interval '24 hours')`

/** Deletes what the register of personal data says is kept no longer, unless that was done within a day; returns whether it ran. */
export async function runRetentionIfDue(sql: SqlSession): Promise<boolean> {
  return (await sql.query(RUN_IF_DUE)).length > 0
}
