import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ISSUE_ACTS } from '@/core/issues/issue'
import en from '@/rooms/admin/messages/en'
import zh from '@/rooms/admin/messages/zh'
import { AUDIT_ACTIONS } from '@/rooms/admin/model'

const FOLDER = 'supabase/migrations'

/** Names an audit row may bear: the first argument of each call of `write_audit`, a text, a choice between texts, or one of an issue's acts. */
function writtenActions(): string[] {
  const sql = readdirSync(FOLDER).map((name) => readFileSync(join(FOLDER, name), 'utf8')).join('\n')
  const calls = [...sql.matchAll(/perform private\.write_audit\((case [^;]*? end|'[a-z_]+')/g)].map(([, action]) => action)
  const names = calls.flatMap((action) => [...action.matchAll(/(?:^|then |else )'([a-z_]+)'/g)].map(([, name]) => name))
  return [...new Set(names.flatMap((name) => (name === 'issue_' ? ISSUE_ACTS.map((act) => name + act) : [name])))].sort()
}

it('everything the server writes to the log has words and can be asked for', () => {
  const actions = writtenActions()
  expect(actions.length).toBeGreaterThan(20)
  expect(actions.filter((action) => !(AUDIT_ACTIONS as readonly string[]).includes(action))).toEqual([])
  for (const words of [zh, en]) expect(Object.keys(words.action).sort()).toEqual([...AUDIT_ACTIONS].sort())
})
