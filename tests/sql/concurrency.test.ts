import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { PROJECT_ROOT } from './engines/migration-files'
import { openNativeDatabase } from './engines/native-cluster'
import { describeOnNative } from './engines/on-engines'
import { personId, userId } from './engines/with-databases'

const PLAN = '00000000-0000-4000-a000-000000000001'
const A1 = '00000000-0000-4000-8000-0000000000a1'
const A2 = '00000000-0000-4000-8000-0000000000a2'

/** Two sessions at once: the embedded engine has one, so this is the native server's matter. */
describeOnNative('two sessions at once', () => {
  let database: Awaited<ReturnType<typeof openNativeDatabase>>
  let sessions: pg.Client[]
  beforeAll(async () => {
    database = await openNativeDatabase()
    await database.script(readFileSync(join(PROJECT_ROOT, 'tests/sql/fixture-world.sql'), 'utf8'))
    sessions = await Promise.all([1, 2].map(() => database.cluster.connect('postgres')))
    for (const session of sessions) {
      await session.query(`select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claims', '{}', false)`, [userId(2)])
      await session.query('set role authenticated')
    }
  })
  afterAll(async () => {
    for (const session of sessions) await session.end()
    await database.close()
  })

  const outcomes = async (queries: readonly ((session: pg.Client) => Promise<pg.QueryResult<{ answer: Record<string, unknown> }>>)[]) =>
    (await Promise.allSettled(queries.map((query, index) => query(sessions[index])))).map((result) =>
      result.status === 'fulfilled' ? result.value.rows[0].answer : (result.reason as Error).message)

  it('lets one of two saves through, and tells the other', async () => {
    const edit = (cell: number) => JSON.stringify([{ delta: { cells: [{ cell, from: A2, to: A1 }], grids: [] } }])
    const answers = await outcomes([3, 11].map((cell) => (session) =>
      session.query('select public.save_plan_draft($1, 1, $2::jsonb) as answer', [PLAN, edit(cell)])))
    expect(answers.filter((answer) => answer === 'plan_stale')).toHaveLength(1)
    expect(answers).toContainEqual({ revision: 2 })
  })

  it('lets one of two publications through; the other was copied from what is no longer in force', async () => {
    const { rows } = await sessions[0].query<{ plan: { planId: string } }>(`select public.open_plan_draft(1, '另一方案') as plan`)
    const answers = await outcomes([[PLAN, 2], [rows[0].plan.planId, 0]].map(([plan, revision]) => (session) =>
      session.query('select public.publish_plan($1, $2, null) as answer', [plan, revision])))
    expect(answers.filter((answer) => answer === 'plan_base_outdated')).toHaveLength(1)
    expect(answers).toContainEqual(expect.objectContaining({ published: true, editionNumber: 2 }))
  })

  it('numbers plans that are opened at once without a clash', async () => {
    const answers = await outcomes([0, 1].map(() => (session) => session.query(`select public.open_plan_draft(1, '并行') as answer`)))
    expect(new Set(answers.map((answer) => (answer as { number: number }).number)).size).toBe(2)
  })

  const assignmentOf = async () =>
    (await sessions[0].query<{ draft: { planId: string } }>(`select public.open_assignment_draft(4, '分派') as draft`)).rows[0].draft.planId
  const saveTie = (plan: string, revision: number, household: number) => (session: pg.Client) =>
    session.query('select public.save_assignment_draft($1, $2, $3::jsonb) as answer',
      [plan, revision, JSON.stringify([{ delta: { ties: [{ household, from: null, to: 4 }] } }])])
  const publishAssignment = (plan: string, revision: number) => (session: pg.Client) =>
    session.query('select public.publish_assignment($1, $2, $3::jsonb) as answer',
      [plan, revision, JSON.stringify([{ code: 'household_unserved', communityId: 4, reason: '正在拆迁' }])])

  it('lets one of two saves of an assignment through, and tells the other', async () => {
    const plan = await assignmentOf()
    const answers = await outcomes([40, 41].map((household) => saveTie(plan, 0, household)))
    expect(answers.filter((answer) => answer === 'plan_stale')).toHaveLength(1)
    expect(answers).toContainEqual({ revision: 1 })
  })

  it('publishes an assignment as it was seen, or not at all, when a save comes at the same moment', async () => {
    const plan = await assignmentOf()
    await saveTie(plan, 0, 40)(sessions[0])
    const [published, saved] = await outcomes([publishAssignment(plan, 1), saveTie(plan, 1, 41)])
    const { rows } = await sessions[0].query<{ ties: number }>(
      `select count(*)::int as ties from public.contact_links where household_id in (40, 41) and valid_to is null`)
    if (saved === 'plan_not_draft') {
      expect([published, rows[0].ties]).toEqual([expect.objectContaining({ published: true }), 1])
    } else {
      expect([published, saved, rows[0].ties]).toEqual(['plan_stale', { revision: 2 }, 0])
    }
  })

  it('lets one of two publications of an assignment through; the other stands on what has ended', async () => {
    const plans = [await assignmentOf(), await assignmentOf()]
    await saveTie(plans[0], 0, 42)(sessions[0])
    await saveTie(plans[1], 0, 21)(sessions[0])
    const answers = await outcomes(plans.map((plan) => publishAssignment(plan, 1)))
    expect(answers.filter((answer) => answer === 'plan_base_outdated')).toHaveLength(1)
    expect(answers).toContainEqual(expect.objectContaining({ published: true }))
  })

  it('publishes an assignment and erases one of its members at once: one waits for the other, and the member carries nobody', async () => {
    await database.script(`update public.members set household_id = 40 where id = 4;
      insert into private.member_identities (member_id, name) values (4, '张三40') on conflict (member_id) do update set name = excluded.name`)
    const plan = await assignmentOf()
    await saveTie(plan, 0, 22)(sessions[0])
    const [published, erased] = await outcomes([publishAssignment(plan, 1), (session) =>
      session.query(`select public.erase_resident(40, '本人申请删除') as answer`)])
    expect(erased).toMatchObject({ residentId: 40 })
    // The draft let go of the member before it was published, or the links ended after.
    expect([expect.objectContaining({ published: true }), 'plan_stale']).toContainEqual(published)
    expect(await database.query('select count(*)::int as links from public.contact_links where member_id = 4 and valid_to is null')).toEqual([{ links: 0 }])
  })

  const BUILDINGS = [1, 2, 3, 4, 9, 10, 11, 12, 17, 18, 19, 20, 25, 26, 27, 28]
  /** Walks of community 4, all to its station 2. */
  const saveWalks = async (session: pg.Client) => {
    const [{ revision }] = await database.query<{ revision: number }>('select revision from public.community_access where community_id = 4')
    const walks = { building: BUILDINGS, accessCm: BUILDINGS.map(() => 1200), stationIds: BUILDINGS.flatMap(() => [0, 2, 0, 0, 0]), walkCm: BUILDINGS.flatMap(() => [-1, 70_000, -1, -1, -1]) }
    return session.query<{ answer: object }>('select public.save_access(1, $1, $2, $3::jsonb) as answer', [[4], [revision], JSON.stringify(walks)])
  }
  /** Until what the second session asks waits for the first, or is over. */
  const waits = async (asked: Promise<unknown>, words: string): Promise<void> => {
    let isOver = false
    asked.then(() => (isOver = true), () => (isOver = true))
    for (let isWaiting = false; !isWaiting && !isOver;) {
      isWaiting = (await database.query('select from pg_stat_activity where wait_event_type = $1 and query like $2', ['Lock', `%${words}%`])).length > 0
    }
  }

  it('refuses walks that were measured before the land changed, though they come while it changes', async () => {
    const changing = await database.cluster.connect('postgres')
    try {
      await changing.query('begin')
      await changing.query('select from public.lands where id = 1 for update')
      const saved = saveWalks(sessions[1]).then(({ rows }) => rows[0].answer, (error: Error) => error.message)
      await waits(saved, 'public.save_access')
      await changing.query(`update public.buildings set point = extensions.st_translate(point, 0.00001, 0) where id = 1`)
      await changing.query('commit')
      expect(await saved).toBe('access_stale')
    } finally {
      await changing.end()
    }
  })

  it('forgets the walks to a station that closes, those too that are kept while it closes', async () => {
    await saveWalks(sessions[0])
    const holder = await database.cluster.connect('postgres')
    try {
      await holder.query('begin')
      await holder.query(`select private.hold_access(1, '{4}', array(select revision from public.community_access where community_id = 4))`)
      const closed = sessions[1].query<{ answer: object }>(`select public.close_station(2, 0, '搬迁到新址') as answer`).then(({ rows }) => rows[0].answer, (error: Error) => error.message)
      await waits(closed, 'public.close_station')
      // So keeping goes on: rows that were there are changed, others come.
      await holder.query('delete from public.building_access where building_id = 1')
      await holder.query(`insert into public.building_access values (1, 1, 4, 1200, '{0,2,0,0,0}', '{-1,70000,-1,-1,-1}')`)
      await holder.query(`update public.building_access set walk_cm = '{-1,71000,-1,-1,-1}' where community_id = 4`)
      await holder.query('commit')
      expect(await closed).toEqual({ id: 2 })
    } finally {
      await holder.end()
    }
    expect(await database.query('select count(*)::int as walks from public.building_access where 2 = any (station_ids)')).toEqual([{ walks: 0 }])
  })

  it('keeps nothing of a walk that came in while its walker took the consent back', async () => {
    const [walker, other] = [await database.cluster.connect('postgres'), await database.cluster.connect('postgres')]
    const own = `from private.patrol_fixes f join public.patrol_tracks t on t.id = f.track_id where t.person_id = '${personId(9)}'`
    try {
      for (const sender of [walker, other]) {
        await sender.query(`select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claims', '{}', false)`, [userId(9)])
        await sender.query('set role authenticated')
      }
      const [{ ms }] = await database.query<{ ms: string }>(`select (extract(epoch from ((now() at time zone 'Asia/Shanghai')::date - 1 + time '09:00') at time zone 'Asia/Shanghai') * 1000)::bigint as ms`)
      const file = { landId: 2, fixes: { fromMs: Number(ms), atMs: [0, 1000], lngE7: [1_177_000_000, 1_177_000_100], latE7: [362_010_000, 362_010_000], accuracyDm: [50, 50] } }
      await walker.query('begin')
      await walker.query('select public.import_track($1, $2::jsonb)', ['00000000-0000-4000-a300-000000000019', JSON.stringify(file)])
      let isOver = false
      const withdrawn = other.query('select public.withdraw_patrol_consent() as answer').finally(() => (isOver = true))
      // It waits for the file, or is over before it.
      for (let isWaiting = false; !isWaiting && !isOver;) {
        isWaiting = (await database.query(`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%withdraw_patrol_consent()%'`)).length > 0
      }
      await walker.query('commit')
      expect((await withdrawn).rows[0].answer).toEqual({ tracks: 2 })
    } finally {
      await Promise.all([walker.end(), other.end()])
    }
    expect(await database.query(`select count(*)::int as batches ${own}`)).toEqual([{ batches: 0 }])
  })

  it('stores a batch of a walk once, though twenty send it at the same moment', async () => {
    // Walk 3 of the fixture world is open, the leader's.
    const track = '00000000-0000-4000-a300-000000000003'
    const senders = await Promise.all(Array.from({ length: 20 }, () => database.cluster.connect('postgres')))
    try {
      for (const sender of senders) {
        await sender.query(`select set_config('request.jwt.claim.sub', $1, false), set_config('request.jwt.claims', '{}', false)`, [userId(4)])
        await sender.query('set role authenticated')
      }
      const [{ ms }] = await database.query<{ ms: string }>(`select (extract(epoch from started_at) * 1000)::bigint as ms from public.patrol_tracks where id = $1`, [track])
      const batch = JSON.stringify({ fromMs: Number(ms), atMs: [0, 1000], lngE7: [1_176_000_000, 1_176_000_100], latE7: [362_010_000, 362_010_000], accuracyDm: [50, 50] })
      const answers = await Promise.all(senders.map(async (sender) =>
        (await sender.query<{ answer: object }>('select public.add_fixes($1, 0, $2::jsonb) as answer', [track, batch])).rows[0].answer))
      expect(answers).toEqual(Array.from({ length: 20 }, () => ({ stored: 2, dropped: {} })))
    } finally {
      await Promise.all(senders.map((sender) => sender.end()))
    }
    expect(await database.query(`select t.fixes, (select count(*)::int from private.patrol_fixes f where f.track_id = t.id) as batches from public.patrol_tracks t where t.id = $1`, [track]))
      .toEqual([{ fixes: 2, batches: 1 }])
  })
})
