import { expect, it } from 'vitest'
import { expectRefusal, onEachDatabase } from './engines/with-databases'

const BUILDINGS = [1, 2, 3, 4, 9, 10, 11, 12, 17, 18, 19, 20, 25, 26, 27, 28]
const SCENARIO = '00000000-0000-4000-a500-000000000001'

interface Walks {
  communities: number[]
  revisions: number[]
  building: number[]
  accessCm: number[]
  stationIds: number[]
  walkCm: number[]
}

onEachDatabase('walks to stations and sites', ({ db, rolledBack, become }) => {
  const call = async <T = Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<T> => (await db().query<{ answer: T }>(`select ${sql} as answer`, values))[0].answer
  const refused = async (code: string, sql: string, ...values: unknown[]) => {
    await db().query('savepoint before')
    const detail = await expectRefusal(call(sql, ...values), code)
    await db().query('rollback to before')
    return detail
  }
  /** Buildings of community 4 that all reach the street centre, station 1, after so many centimetres. */
  const walks = (walkCm: number, revision = 1): Walks => ({
    communities: [4], revisions: [revision], building: BUILDINGS, accessCm: BUILDINGS.map(() => 1200),
    stationIds: BUILDINGS.flatMap(() => [1, 0, 0, 0, 0]), walkCm: BUILDINGS.flatMap(() => [walkCm, -1, -1, -1, -1]),
  })
  const save = ({ communities, revisions, ...columns }: Walks) => ['public.save_access(1, $1::int[], $2::int[], $3::jsonb)', communities, revisions, JSON.stringify(columns)] as const
  const revisions = () => call<Record<string, [number, number]>>(
    `(select json_object_agg(a.community_id, json_build_array(a.revision, a.measured_revision)) from public.community_access a)`)
  const stored = (building: number) => call<{ station_ids: number[]; walk_cm: number[]; community_id: number } | null>(
    `(select to_jsonb(a) from public.building_access a where a.building_id = $1)`, building)

  it('are kept whole for the state of the land they were measured on, and told as fresh', () =>
    rolledBack(async () => {
      await become('officer')
      expect(await call(...save(walks(60_000)))).toEqual({ buildings: 16 })
      await become('owner')
      expect(await stored(28)).toMatchObject({ community_id: 4, station_ids: [1, 0, 0, 0, 0], walk_cm: [60_000, -1, -1, -1, -1] })
      expect((await stored(5))?.walk_cm).not.toEqual([60_000, -1, -1, -1, -1])
      await db().query(`update public.stations set point = extensions.st_translate(point, 0.0001, 0) where id = 1`)
      await become('officer')
      const { communities } = await call<{ communities: { id: number; revision: number; isFresh: boolean }[] }>('public.coverage_scope(1)')
      expect(communities.map(({ id, revision, isFresh }) => [id, revision, isFresh])).toEqual([[4, 2, false], [5, 2, false]])
      expect(await refused('access_stale', ...save(walks(60_000)))).toEqual({ communityIds: [4] })
      await call(...save(walks(61_000, 2)))
      await become('owner')
      expect(await revisions()).toEqual({ 4: [2, 2], 5: [2, 1], 6: [1, 1] })
    }))

  it('are refused where a building is missing, a station is of another level or a walk shorter than the straight line', () =>
    rolledBack(async () => {
      await become('officer')
      const good = walks(60_000)
      expect(await refused('access_invalid', ...save({ ...good, building: BUILDINGS.slice(1) }))).toMatchObject({ field: 'accessCm' })
      expect(await refused('access_invalid', ...save({ ...good, building: [...BUILDINGS.slice(1), 5] }))).toMatchObject({ field: 'building' })
      expect(await refused('access_invalid', ...save({ ...good, stationIds: BUILDINGS.flatMap(() => [2, 0, 0, 0, 0]) }))).toMatchObject({ field: 'stationIds', index: 0 })
      expect(await refused('access_invalid', ...save({ ...good, stationIds: good.stationIds.map((id, k) => (k === 1 ? 2 : id)) }))).toMatchObject({ field: 'stationIds', index: 1 })
      expect(await refused('access_invalid', ...save({ ...good, accessCm: good.accessCm.map((cm, k) => (k === 2 ? -1 : cm)) }))).toMatchObject({ field: 'stationIds', index: 10 })
      // Building 28 stands some 370 m away from the street centre as the crow flies; building 1 next to it.
      expect(await refused('access_invalid', ...save({ ...good, walkCm: good.walkCm.map((cm) => (cm < 0 ? -1 : 20_000)) }))).toMatchObject({ field: 'walkCm' })
      await become('secretary')
      await refused('not_allowed', ...save(good))
    }))

  it.each<[string, string]>([
    ['a station opens', `insert into public.stations (land_id, community_id, name, level, point) select 1, 5, '站', 'grid_home', point from public.stations where id = 3`],
    ['a station closes', 'delete from public.stations where id = 3'],
    ['a station is of another level', `update public.stations set level = 'grid_home' where id = 3`],
    ['a street is bent', 'update public.streets set geom = extensions.st_reverse(geom) where land_id = 1'],
    ['a street is of another class', `update public.streets set class = 'motorway' where land_id = 1`],
    ['a wall moves', 'update public.compounds set geom = extensions.st_translate(geom, 0.0001, 0) where land_id = 1'],
    ['a river moves', 'update public.land_features set geom = extensions.st_translate(geom, 0.0001, 0) where land_id = 1'],
    ['a building moves', 'update public.buildings set point = extensions.st_translate(point, 0.0001, 0) where id = 1'],
    ['a gate is shut', `insert into public.patrol_gates (land_id, community_id, geom, set_at) select 1, 4, point, now() from public.stations where id = 1`],
    ['a gate is opened', 'delete from public.patrol_gates where land_id = 1'],
    ['the land has a new edition', 'update public.lands set edition = 2 where id = 1'],
    ['the limit of access legs changes', `insert into public.settings (org_unit_id, key, value) values (2, 'coverage', '{"accessLimitM": 90}')`],
  ])('are to be measured again on that land when %s', (_, sql) =>
    rolledBack(async () => {
      await db().query(sql)
      expect(await revisions()).toEqual({ 4: [2, 1], 5: [2, 1], 6: [1, 1] })
      expect(await db().query('select community_id as id, revision from private.stale_access()')).toEqual([{ id: 4, revision: 2 }, { id: 5, revision: 2 }])
    }))

  it.each<[string, string]>([
    ['a station has other hours', `update public.stations set hours = '周一至周五 9:00–17:00' where land_id = 1`],
    ['a compound is managed otherwise', `update public.compounds set status = 'unmanaged' where land_id = 1`],
    ['a building lies in another cell', 'update public.buildings set cell_id = 2 where id = 1'],
    ['somebody sets what is judged', `insert into public.settings (org_unit_id, key, value) select 2, 'assignment', public.assignment_settings(2)`],
  ])('stay those that were measured when %s', (_, sql) =>
    rolledBack(async () => {
      await db().query(sql)
      expect(await revisions()).toEqual({ 4: [1, 1], 5: [1, 1], 6: [1, 1] })
    }))

  it('go with a building to another community, and with one that is pulled down; one to a station that closes is forgotten', () =>
    rolledBack(async () => {
      await db().query('update public.buildings set community_id = 5 where id = 1')
      expect((await stored(1))?.community_id).toBe(5)
      await db().query('delete from public.stations where id = 1')
      const { station_ids, walk_cm } = (await stored(2))!
      expect([station_ids[0], walk_cm[0], walk_cm[1] > 0]).toEqual([-1, -1, true])
      await db().query(`insert into public.buildings (id, land_id, community_id, cell_id, geom, point) select 990, land_id, community_id, cell_id, geom, point from public.buildings where id = 1`)
      await db().query(`insert into public.building_access values (990, 1, 5, 100, '{0,0,0,0,0}', '{-1,-1,-1,-1,-1}')`)
      await db().query('delete from public.buildings where id = 990')
      expect(await stored(990)).toBeNull()
    }))

  it('become stations with the walks to them, all or nothing, and once', () =>
    rolledBack(async () => {
      const published = (access: unknown, key: string | null = null) =>
        ['public.publish_siting_scenario($1::uuid, 1, $2::jsonb, $3::uuid)', SCENARIO, JSON.stringify(access), key] as const
      const near = walks(60_000)
      const withSite = { ...near, stationIds: near.stationIds.map((id, k) => (k % 5 === 2 ? -1 : id)), walkCm: near.walkCm.map((cm, k) => (k % 5 === 2 ? 70_000 : cm)) }
      const stations = () => call<number>('(select count(*)::int from public.stations)')
      const before = await stations()
      await become('officer')
      expect(await refused('access_invalid', ...published({ ...withSite, stationIds: withSite.stationIds.map((id) => (id === -1 ? -2 : id)) }))).toEqual({ field: 'stationIds' })
      expect(await refused('access_invalid', ...published({ ...withSite, walkCm: withSite.walkCm.map((cm) => (cm === 70_000 ? 1 : cm)) }))).toMatchObject({ field: 'walkCm' })
      expect(await refused('access_stale', ...published({ ...withSite, revisions: [7] }))).toEqual({ communityIds: [4] })
      const key = '00000000-0000-4000-d000-000000000001'
      const answer = await call<{ stations: number[]; revision: number }>(...published(withSite, key))
      expect(answer).toMatchObject({ id: SCENARIO, revision: 2, stations: [expect.any(Number)] })
      expect(await call(...published(withSite, key))).toEqual(answer)
      await refused('siting_state', ...published(withSite))
      await refused('siting_state', 'public.discard_siting_scenario($1::uuid)', SCENARIO)
      const scope = await call<{ scenarios: { state: string }[]; stations: { id: number }[] }>('public.coverage_scope(1)')
      expect(scope.scenarios).toMatchObject([{ state: 'published' }])
      expect(scope.stations.map(({ id }) => id)).toContain(answer.stations[0])
      await become('owner')
      expect(await stations()).toBe(before + 1)
      expect((await stored(28))?.station_ids).toEqual([1, 0, answer.stations[0], 0, 0])
      // Community 5, whose walks did not come along, is to be measured again.
      expect(await revisions()).toEqual({ 4: [2, 2], 5: [2, 1], 6: [1, 1] })
    }))

  it('are saved as drafts one after the other; who saw an older one is told, and what was given up is shown no more', () =>
    rolledBack(async () => {
      await become('officer')
      const [{ task, sites, figures }] = await call<{ task: object; sites: object[]; figures: object }[]>(`(public.coverage_scope(1) -> 'scenarios')`)
      const saveScenario = (document: object, revision: number) => ['public.save_siting_scenario($1::jsonb, $2::int)', JSON.stringify(document), revision] as const
      const document = { landId: 1, title: ' 两处 ', task, sites, figures, value: 90, bound: 96 }
      const { id, number, revision } = await call<{ id: string; number: number; revision: number }>(...saveScenario(document, 0))
      expect([number, revision]).toEqual([2, 1])
      expect(await call(...saveScenario({ ...document, id }, 1))).toEqual({ id, number, revision: 2 })
      expect(await refused('stale', ...saveScenario({ ...document, id }, 1))).toMatchObject({ revision: 2, by: '李*' })
      expect(await refused('siting_invalid', ...saveScenario({ ...document, figures: { ...figures, served: 3 } }, 0))).toEqual({ field: 'figures' })
      const beside = [{ ...sites[0], at: [117.7015, 36.2015] }]
      await refused('place_outside', ...saveScenario({ ...document, sites: beside }, 0))
      // One that was saved when the land was another is not published either.
      await become('owner')
      await db().query('update public.siting_scenarios set sites = $1 where id = $2', [JSON.stringify(beside), SCENARIO])
      await become('officer')
      await refused('place_outside', `public.publish_siting_scenario('${SCENARIO}', 1, '{}')`)
      await become('owner')
      await db().query('update public.siting_scenarios set sites = $1 where id = $2', [JSON.stringify(sites), SCENARIO])
      await become('officer')
      const kept = await call<{ title: string; task: object; sites: object[]; figures: object }[]>(`(public.coverage_scope(1) -> 'scenarios')`)
      expect(kept[1]).toMatchObject({ title: '两处', task, sites, figures, value: 90, bound: 96, savedBy: '李*' })
      await call('public.discard_siting_scenario($1::uuid)', id)
      expect(await call('json_array_length(public.coverage_scope(1) -> \'scenarios\')')).toBe(1)
      await become('otherStreet')
      await refused('not_allowed', ...saveScenario(document, 0))
      await refused('not_allowed', 'public.discard_siting_scenario($1::uuid)', SCENARIO)
    }))
})
