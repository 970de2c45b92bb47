import type { SqlSession } from './sql-session'

/**
 * Seals secrets of second factors that a version before this one kept in clear, and says so where another key sealed
 * some: their owners come in by recovery codes, or an administrator takes the factor away.
 */
export async function sealSecondFactors(sql: SqlSession, key: string, say: (line: string) => void): Promise<void> {
  const [row] = await sql.query<{ sealed: number; closed: number }>(
    `select (a.answer ->> 'sealed')::int as sealed, (a.answer ->> 'closed')::int as closed
     from (select private.seal_second_factors($1) as answer) a`,
    [key],
  )
  // The rows in clear still lie in the files of the table until they are written anew.
  if (row && row.sealed > 0) await sql.exec('vacuum full private.second_factors')
  if (row && row.closed > 0) {
    say(`${row.closed} second factors were sealed with another key than that of secrets.json; put the old file back, or take them away`)
  }
}
