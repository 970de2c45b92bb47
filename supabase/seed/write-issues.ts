import { toLngLat } from '@/core/land-frame'
import { insertRows, reserveIds, rowsOf, type SeedDatabase } from './database'
import type { GridPlan } from './draw-grids'
import { dayOf, WorkCalendar } from './issues/work-calendar'
import type { Slip } from './issues/slip'
import type { Staff } from './people/posts'
import type { StreetData } from './street-data'

/** Ids by position; of buildings and households the first. */
export interface IssueIds {
  readonly land: number
  readonly communities: readonly number[]
  readonly building: number
  readonly household: number
}

/** The working days of the database, and its present moment, seconds since 1970. */
export async function readCalendar(db: SeedDatabase): Promise<{ calendar: WorkCalendar; nowS: number }> {
  const days = await rowsOf<{ day: string; works: boolean }>(db, 'select day::text as day, is_working as works from public.work_days')
  const [{ now }] = await rowsOf<{ now: number | string }>(db, "select floor(date_part('epoch', private.clock()))::bigint as now")
  return { calendar: new WorkCalendar(new Map(days.map(({ day, works }) => [day, works]))), nowS: Number(now) }
}

/** Write slips with their histories, links and reporters, set by set, and the last numbers given. */
export async function writeIssues(db: SeedDatabase, street: StreetData, plan: GridPlan, staff: Staff, slips: readonly Slip[], ids: IssueIds): Promise<void> {
  const issue = await reserveIds(db, 'public.issues', slips.length)
  const person = (index: number): string | null => (index < 0 ? null : staff.people[index].id)
  const last = new Map<number, number>()
  const numbers = slips.map(({ report }) => {
    const year = new Date(dayOf(report.atS) * 86_400_000).getUTCFullYear()
    last.set(year, (last.get(year) ?? 0) + 1)
    return `GZ-${year}-${String(last.get(year)).padStart(4, '0')}`
  })
  await insertRows(
    db,
    `insert into public.issues (id, number, land_id, community_id, building_id, grid_id, geom, category, title, state, level, top_level, outcome, source,
       reported_at, claimed_at, finished_at, closed_at, published_at, due_at, reported_by, handler_id, satisfaction, reminders, household_id, duplicate_of,
       revision)
     select r.id, r.number, ${ids.land}, r.community, r.building, r.grid, extensions.st_setsrid(extensions.st_makepoint(r.lng, r.lat), 4326),
       r.category::public.issue_category, r.title, r.state::public.issue_state, r.level::public.issue_level, r.top::public.issue_level,
       r.outcome::public.issue_outcome, r.source::public.issue_source, to_timestamp(r.reported), to_timestamp(r.claimed), to_timestamp(r.finished),
       to_timestamp(r.closed), to_timestamp(r.published), to_timestamp(r.due), r.by, r.handler, r.satisfaction, r.reminders, r.household, r.same, r.revision`,
    `id int, number text, community int, building int, grid uuid, lng float8, lat float8, category text, title text, state text, level text, top text,
     outcome text, source text, reported int8, claimed int8, finished int8, closed int8, published int8, due int8, by uuid, handler uuid,
     satisfaction smallint, reminders smallint, household int, same int, revision int`,
    slips.map((slip, k) => {
      const { report } = slip
      const [lng, lat] = toLngLat(street.frame, report.point[0] * 200, report.point[1] * 200)
      return {
        id: issue + k, number: numbers[k], community: ids.communities[street.buildings[report.building].community], building: ids.building + report.building,
        grid: plan.grids[slip.grid].id, lng: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)), category: report.category, title: report.title,
        state: slip.state, level: slip.level, top: slip.topLevel, outcome: slip.outcome, source: slip.source, reported: report.atS,
        claimed: slip.claimedS || null, finished: slip.finishedS || null, closed: slip.closedS || null, published: slip.publishedS || null, due: slip.dueS,
        by: person(slip.reportedBy), handler: person(slip.handler), satisfaction: slip.satisfaction || null, reminders: slip.reminders,
        household: slip.household < 0 ? null : ids.household + slip.household, same: slip.duplicateOf < 0 ? null : issue + slip.duplicateOf,
        revision: slip.events.length - 1,
      }
    }),
  )
  await insertRows(
    db,
    'insert into private.issue_numbers (year, last_number) select r.year, r.last',
    'year int, last int',
    [...last].map(([year, number]) => ({ year, last: number })),
  )
  await insertRows(
    db,
    `insert into public.issue_events (issue_id, at, person_id, actor, act, from_state, to_state, from_level, to_level, note, detail)
     select r.i, to_timestamp(r.at), r.p, r.actor, r.act, r.s::public.issue_state, r.t::public.issue_state, r.l::public.issue_level, r.m::public.issue_level,
       coalesce(r.note, ''), jsonb_strip_nulls(jsonb_build_object('personId', r.given, 'dueAt', to_timestamp(r.due), 'ofIssue', r.same,
         'number', r.number, 'satisfaction', r.sat))`,
    'i int, at int8, p uuid, actor text, act text, s text, t text, l text, m text, note text, given uuid, due int8, same int, number text, sat int',
    // Most of the rows of the street are these: what is absent is left out, and keys are short.
    slips.flatMap(({ events }, k) => events.map((event) => ({
      i: issue + k, at: event.atS, p: person(event.person) ?? undefined, actor: event.actor, act: event.act, s: event.fromState ?? undefined, t: event.toState,
      l: event.fromLevel ?? undefined, m: event.toLevel, note: event.note || undefined, given: person(event.to) ?? undefined, due: event.dueS || undefined,
      same: event.of < 0 ? undefined : issue + event.of, number: event.of < 0 ? undefined : numbers[event.of], sat: event.satisfaction || undefined,
    }))),
  )
  await insertRows(
    db,
    "insert into public.issue_links (issue_id, other_id, kind, at, person_id) select r.issue, r.other, 'duplicate', to_timestamp(r.at), r.person",
    'issue int, other int, at int8, person uuid',
    slips.flatMap(({ duplicateOf, events }, k) => {
      const marked = events.find(({ act }) => act === 'mark_duplicate')
      return marked ? [{ issue: issue + k, other: issue + duplicateOf, at: marked.atS, person: person(marked.person) }] : []
    }),
  )
  await insertRows(
    db,
    'insert into private.issue_reporters (issue_id, name, phone) select r.issue, r.name, r.phone',
    'issue int, name text, phone text',
    slips.flatMap(({ reporter }, k) => (reporter ? [{ issue: issue + k, ...reporter }] : [])),
  )
  await db.query(BOARD_SQL, [ids.land])
}

/** Words for the board. Made-up words name nobody, and are few: each is masked once. */
const BOARD_SQL = `
  with said as materialized (
    select i.id, i.title, private.board_answer(i.id) as answer from public.issues i where i.land_id = $1 and i.state = 'published'
  ), word as materialized (
    select d.text, private.mask_words(d.text, '{}') as masked
    from (select distinct unnest(array[s.title, s.answer]) as text from said s) d where d.text is not null
  )
  insert into private.issue_board (issue_id, title, answer)
  select s.id, t.masked, a.masked from said s join word t on t.text = s.title left join word a on a.text = s.answer`
