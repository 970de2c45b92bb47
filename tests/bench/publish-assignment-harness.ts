import type { AssignmentFinding } from '../../src/core/assignment/assignment-plan'
import type { TestDatabase } from '../sql/engines/test-database'
import { becomePost, timed } from './database-harness'
import { benchRow, type Row } from './row'

/** Targets of the demo street, ms. */
const BOUND_MS = { native: 2000, embedded: 10_000 }

interface Counts {
  readonly households: number
  readonly unserved: number
  readonly doubled: number
}

/**
 * Two plans of the whole street in which every household of every community changes hands, one after the other: opened, saved
 * as one edit, checked, published. `size` is households, `ms` the slower publication, `value` households that afterwards have
 * nobody, or more than one.
 */
export async function benchAssignmentPublication(db: TestDatabase, say: (line: string) => void): Promise<Row> {
  const first = await publishOnce(db, 1)
  const second = await publishOnce(db, 2)
  const [counts] = await db.query<Counts & Record<string, unknown>>(`
    with link as (select l.household_id, count(*) as links from public.contact_links l where l.kind = 'household' and l.valid_to is null group by 1)
    select count(*)::int as households, count(*) filter (where l.links is null)::int as unserved, count(*) filter (where l.links > 1)::int as doubled
    from public.households h left join link l on l.household_id = h.id`)
  const words = [first, second].map(({ words }) => words).join('; ')
  say(`${db.engine}, assignment: ${words}`)
  return benchRow({
    suite: 'publish', instance: `assignment of the demo street, ${db.engine}`, size: counts.households, value: counts.unserved + counts.doubled,
    bestKnown: 0, bound: BOUND_MS[db.engine], ms: Math.max(first.ms, second.ms),
  })
}

async function publishOnce(db: TestDatabase, round: number): Promise<{ ms: number; words: string }> {
  const [{ street }] = await db.query<{ street: number }>('select org_unit_id as street from public.lands order by id limit 1')
  await db.query('begin')
  await becomePost(db, 'street_officer')
  const call = <T>(sql: string, ...values: unknown[]) =>
    timed(async () => (await db.query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer)
  const scope = await call('public.assignment_scope((select id from public.lands order by id limit 1))')
  const open = await call<{ planId: string }>('public.open_assignment_draft($1, $2)', street, `全街分派 ${round}`)
  const planId = open.value.planId
  const document = await call<{ ties: { household: number[]; member: number[] } }>('public.assignment_document($1)', planId)
  const ties = await shares(db, planId, round)
  const save = await call('public.save_assignment_draft($1, 0, $2::jsonb)', planId, JSON.stringify([{ delta: { ties }, note: { key: 'bench' } }]))
  const check = await call<AssignmentFinding[]>('public.check_assignment($1)', planId)
  const waivers = check.value
    .filter(({ severity }) => severity === 'error')
    .map(({ code, memberIds, values }) => ({ code, communityId: values.communityId ?? null, memberId: memberIds[0] ?? null, reason: '现状如此，待调整' }))
  const publication = await call<{ published: boolean; editions: unknown[]; findings: AssignmentFinding[] }>(
    'public.publish_assignment($1, 1, $2::jsonb)', planId, JSON.stringify(waivers))
  const { published, editions, findings } = publication.value
  if (!published) throw new Error(`expected a publication, got ${JSON.stringify(findings.filter((f) => f.severity === 'error' && !f.waived).slice(0, 3))}`)
  await db.query('commit')
  const ms = (name: string, { ms: took }: { ms: number }) => `${name} ${took.toFixed(0)} ms`
  return {
    ms: publication.ms,
    words: [ms('scope', scope), ms('open', open), ms('document', document), ms('save', save), ms('check', check), ms('publish', publication)].join(', ') +
      `, ${ties.length} ties, ${editions.length} editions`,
  }
}

/** Households of a community dealt out in turn to its able members, another way each round; those who stay where they are left out. */
const shares = (db: TestDatabase, planId: string, round: number) =>
  db.query<{ household: number; from: number | null; to: number }>(`
    with carrier as (
      select m.id, m.community_id, row_number() over (partition by m.community_id order by m.id) - 1 as place, count(*) over (partition by m.community_id) as n
      from public.members m where m.condition = 'able' and m.exempt_reason is null
    ), home as (
      select h.id, h.community_id, row_number() over (partition by h.community_id order by h.id) + $2::int as place from public.households h
    )
    select h.id as household, t.member_id as from, c.id as to
    from home h
    join carrier c on c.community_id = h.community_id and c.place = h.place % c.n
    left join public.assignment_ties t on t.plan_id = $1 and t.household_id = h.id
    where t.member_id is distinct from c.id order by h.id`, [planId, round])
