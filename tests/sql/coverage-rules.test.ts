import { expect, it } from 'vitest'
import { runCoverageRules } from '../../supabase/local/database/run-coverage-rules'
import type { SqlSession } from '../../supabase/local/database/sql-session'
import type { TestDatabase } from './engines/test-database'
import { onEachDatabase } from './engines/with-databases'

/** The server's own session within the transaction of a test. */
function sessionOf(db: TestDatabase): SqlSession {
  const session: SqlSession = {
    query: (text, parameters = []) => db.query(text, parameters.map((value) => (value !== null && typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value))),
    exec: (text) => db.script(text),
    async transaction(work) {
      await db.query('savepoint of_server')
      try {
        return await work(session)
      } catch (error) {
        await db.query('rollback to of_server')
        throw error
      }
    },
  }
  return session
}

// The fixture world: 一号路 runs through the buildings of land 1 at 36.201; the street centre stands on it, as do the stations of communities 4 and 5.
onEachDatabase('walks to stations, by the server', ({ db, rolledBack }) => {
  const stale = () => db().query('select * from private.stale_access()')
  const walksOf = async (community: number) => (await db().query<{ access_cm: number; station_ids: number[]; walk_cm: number[]; straight: number[] }>(
    `select a.access_cm, a.station_ids, a.walk_cm, array(
       select round(100 * extensions.st_distance(private.in_frame(b.point, l), private.in_frame(s.point, l)))::int
       from unnest(a.station_ids) with ordinality as t(id, k) left join public.stations s on s.id = t.id order by t.k) as straight
     from public.building_access a join public.buildings b on b.id = a.building_id join public.lands l on l.id = a.land_id
     where a.community_id = $1 order by a.building_id`, [community]))

  /** Forget what is known of walks. */
  const forget = async () => {
    await db().query('delete from public.building_access')
    await db().query('select private.outdate_access(private.communities_of(array(select l.id from public.lands l)))')
  }

  it('are measured where they are stale, and no more until something changes', () =>
    rolledBack(async () => {
      const server = sessionOf(db())
      await forget()
      const before = (await stale()).length
      expect(before).toBeGreaterThan(0)
      expect(await runCoverageRules(server, 0)).toBe(before)
      expect(await stale()).toEqual([])
      const walks = await walksOf(4)
      expect(walks.length).toBeGreaterThan(1)
      expect(walks.some(({ access_cm }) => access_cm >= 0)).toBe(true)
      for (const { access_cm, station_ids, walk_cm, straight } of walks) {
        if (access_cm < 0) expect(walk_cm).toEqual([-1, -1, -1, -1, -1])
        else {
          // The street centre and a community station lie on the street; the other levels have no station.
          expect(station_ids.map((id) => id > 0)).toEqual([true, true, false, false, false])
          for (const k of [0, 1]) expect(walk_cm[k]).toBeGreaterThanOrEqual(straight[k] - 1)
        }
      }
      expect(await runCoverageRules(server, 0)).toBe(0)
      // The day has its counts, for every community.
      const [{ days, units }] = await db().query<{ days: number; units: number }>(
        `select (select count(*)::int from public.gap_days where day = private.today()) as days,
           (select count(distinct c.id)::int from public.lands l cross join lateral unnest(private.communities_of(array[l.id])) as c(id)) as units`)
      expect(days).toBe(units)
    }))

  it('go around a gate as soon as it is shut', () =>
    rolledBack(async () => {
      const server = sessionOf(db())
      await forget()
      await runCoverageRules(server, 0)
      const before = await walksOf(4)
      // West of all stations: what lies west of it reaches none any more.
      await db().query(`insert into public.patrol_gates (land_id, community_id, geom, reason, set_by, set_at)
        select 1, 4, extensions.st_setsrid(extensions.st_makepoint(117.6009, 36.201), 4326), '锁闭', p.id, now() from public.people p limit 1`)
      expect((await stale()).length).toBeGreaterThan(0)
      expect(await runCoverageRules(server, 0)).toBeGreaterThan(0)
      const after = await walksOf(4)
      expect(after.length).toBe(before.length)
      expect(after.filter(({ walk_cm }, k) => walk_cm[0] < 0 && before[k].walk_cm[0] >= 0).length).toBeGreaterThan(0)
      expect(await stale()).toEqual([])
    }))

  it('are left for the next time where the land changed while they were measured', () =>
    rolledBack(async () => {
      const session = sessionOf(db())
      await forget()
      const server: SqlSession = {
        ...session,
        async query(text, parameters) {
          const rows = await session.query<never>(text, parameters)
          if (text.includes('scope_snapshot')) await db().query(`update public.stations set point = extensions.st_translate(point, 0, 0.0001) where land_id = 1 and level = 'street_centre'`)
          return rows
        },
      }
      const all = (await stale()).length
      const measured = await runCoverageRules(server, 0)
      expect(measured).toBeLessThan(all)
      expect((await stale()).length).toBe(all - measured)
      expect(await walksOf(4)).toEqual([])
      expect(await runCoverageRules(session, 0)).toBe(all - measured)
      expect((await walksOf(4)).length).toBeGreaterThan(0)
    }))
})
