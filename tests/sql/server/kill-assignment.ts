import { answered, Refused, type Ask } from './kill-answers'
import type { Caller } from './open-office'

/** Community of the other street of the fixture world. */
const COMMUNITY = 6
const MEMBERS = [101, 102, 103, 104] as const

/** Every household of a community goes to another member than before; which, the server's own document says. */
export async function assignOnce(ask: Ask, officer: Caller, editions: number[]): Promise<true> {
  const { planId } = answered<{ planId: string }>(await ask(officer, 'open_assignment_draft', { p_org_unit: COMMUNITY, p_title: '分派' }))
  const { ties } = answered<{ ties: { household: number[]; member: number[] } }>(await ask(officer, 'assignment_document', { p_plan: planId }))
  // Dealt out in turn to four members, from the next one on each time.
  const first = (ties.member[0]! - MEMBERS[0] + 1) % MEMBERS.length
  const moved = ties.household.map((household, k) => ({ household, from: ties.member[k] || null, to: MEMBERS[(k + first) % MEMBERS.length]! }))
  answered(await ask(officer, 'save_assignment_draft', { p_plan: planId, p_base_revision: 0, p_edits: [{ delta: { ties: moved }, note: { key: 'kill' } }] }))
  const { published, editions: made } = answered<{ published: boolean; editions: { number: number }[] }>(
    await ask(officer, 'publish_assignment', { p_plan: planId, p_revision: 1, p_waivers: [] }))
  if (!published) throw new Refused('expected a publication of an assignment')
  editions.push(made[0]!.number)
  return true
}

/** Numbers of the editions that are there. */
export const EDITIONS = `select number as what from public.assignment_editions where community_id = ${COMMUNITY}`

/** What must be true of assignments whenever the server was killed. */
export const HALF_ASSIGNED: readonly [what: string, sql: string][] = [
  ['community with not exactly one edition in force', `select community_id::text as what from public.assignment_editions
     group by community_id having count(*) filter (where valid_to is null) <> 1`],
  ['edition without its numbers before', `select community_id::text as what from public.assignment_editions group by community_id having count(*) <> max(number)`],
  ['edition whose links are not as many as it says', `select e.id::text as what from public.assignment_editions e
     where e.community_id = ${COMMUNITY} and e.number > 1 and e.served_households <> (select count(*) from public.contact_links l
       where l.kind = 'household' and l.community_id = e.community_id and l.valid_from <= e.valid_from and (l.valid_to is null or l.valid_to > e.valid_from))`],
  ['plan published without an edition, or the other way about', `select p.id::text as what from public.assignment_plans p
     where (p.status in ('published', 'superseded')) <> exists (select from public.assignment_editions e where e.plan_id = p.id)`],
  ['draft of assignment whose revision is not its last edit', `select p.id::text as what from public.assignment_plans p
     where p.revision <> coalesce((select max(e.revision) from public.assignment_edits e where e.plan_id = p.id), 0)`],
]
