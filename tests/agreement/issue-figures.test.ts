import { expect, it } from 'vitest'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { countIssues, ISSUE_FIGURES, type IssueCounts } from '@/core/issues/figures'
import { decodeIssueScope, type IssueScopeJson } from '@/rooms/issues/decode-issue-scope'
import type { SnapshotJson } from '@/data/scope-snapshot'
import { scopeOf } from '../helpers/town-import'
import { expectRefusal, onEachDatabase } from '../sql/engines/with-databases'

const SLIPS = 240
const FIRST = '2026-03-01 00:00+08'
const LAST = '2026-09-01 00:00+08'

type Row = IssueCounts & { readonly communityId: number; readonly gridId: string | null }

onEachDatabase('agreement of the figures of slips', ({ db, rolledBack, become }) => {
  const call = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer

  /** Slips of all kinds on the fixture street: open, settled in time and late, rated, gone up, the same, taken back. */
  async function fill(): Promise<void> {
    const random = seededRandom(11)
    const rows = Array.from({ length: SLIPS }, (_, k) => {
      const outcome = [null, 'solved', 'solved', 'explained', 'duplicate', 'withdrawn'][Math.floor(random() * 6)]
      const reported = Date.UTC(2026, 1, 20) / 1000 + Math.floor(random() * 210 * 86_400)
      const due = random() < 0.2 ? reported + 400 * 86_400 : reported + 3 * 86_400
      const finished = outcome === 'solved' ? reported + Math.floor(random() * 6 * 86_400) : null
      return {
        number: `GZ-2026-${5000 + k}`, building: 1 + Math.floor(random() * 32), is_placed: random() < 0.9, outcome, top: random() < 0.3 ? 'street' : 'grid', reported, due,
        finished, closed: outcome ? (finished ?? reported) + 86_400 : null, satisfaction: random() < 0.5 ? 1 + Math.floor(random() * 5) : null,
      }
    })
    await db().query(
      `insert into public.issues (number, land_id, community_id, building_id, grid_id, geom, category, title, state, top_level, outcome, source, reported_at,
         finished_at, closed_at, due_at, satisfaction, duplicate_of)
       select r.number, 1, b.community_id, b.id, case when r.is_placed then p.grid_id end, b.point, 'noise', '噪声',
         case when r.outcome is null then 'reported' else 'supervised' end::public.issue_state, r.top::public.issue_level, r.outcome::public.issue_outcome, 'worker',
         to_timestamp(r.reported), to_timestamp(r.finished), to_timestamp(r.closed), to_timestamp(r.due), r.satisfaction,
         case when r.outcome = 'duplicate' then 1 end
       from jsonb_to_recordset($1::jsonb) as r(number text, building int, is_placed boolean, outcome text, top text, reported int8, finished int8, closed int8, due int8,
         satisfaction smallint)
       join public.buildings b on b.id = r.building cross join lateral private.issue_place(b.point) p`,
      [JSON.stringify(rows)],
    )
  }

  it.each(['officer', 'secretary', 'leader', 'member', 'auditor'] as const)('as %s: the same parts by community and grid, which add up', (persona) =>
    rolledBack(async () => {
      await fill()
      await become(persona)
      const scope = scopeOf(await call<SnapshotJson>('public.scope_snapshot(1)'))
      const { issues, nowMs } = decodeIssueScope(await call<IssueScopeJson>('public.issue_scope(1)'), scope)
      const nowS = nowMs / 1000
      const [fromS, toS] = [FIRST, LAST].map((at) => Date.parse(at.replace(' ', 'T').replace('+08', ':00+08:00')) / 1000)
      const within = [...issues.ids.keys()].filter((k) => issues.reportedS[k] >= fromS && issues.reportedS[k] < toS)
      const keyOf = (k: number): string => `${scope.communities[issues.community[k]].id}/${issues.gridIds[k]}`
      const keys = [...new Set(within.map(keyOf))]
      const { total, areas } = countIssues(issues, within, (k) => keys.indexOf(keyOf(k)), keys.length, nowS)

      const rows = await call<Row[]>('public.issue_figures(2, $1, $2)', FIRST, LAST)
      const byKey = Object.fromEntries(rows.map(({ communityId, gridId, ...counts }) => [`${communityId}/${gridId ?? ''}`, counts]))
      expect(byKey).toEqual(Object.fromEntries(keys.map((key, k) => [key, areas[k]])))
      for (const figure of [...ISSUE_FIGURES, 'satisfactionSum'] as const) expect(rows.reduce((sum, row) => sum + row[figure], 0), figure).toBe(total[figure])
      expect(total.received).toBe(total.duplicates + total.withdrawn + total.collected)
      expect(total.collected).toBe(total.settled + total.open)
      expect([total.settled, total.settled]).toEqual([total.solved + total.explained, total.onTime + total.late])
      if (persona === 'officer') for (const figure of ISSUE_FIGURES) expect(total[figure], figure).toBeGreaterThan(0)
    }))

  it.each<[string, string, string | null, string]>([
    ['for a unit elsewhere', '3', FIRST, 'not_allowed'],
    ['without a period', '2', null, 'issue_invalid'],
  ])('are refused %s', (_, unit, from, code) =>
    rolledBack(async () => {
      await become('secretary')
      await expectRefusal(call('public.issue_figures($1::int, $2, $3)', unit, from, LAST), code)
    }))
})
