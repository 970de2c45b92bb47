import { PATROL_SETTINGS } from '@/core/patrol/patrol-scope'
import { matchTracksJob } from '@/rooms/patrol/jobs/match-tracks/match-tracks-job'
import { encodeTracks, makeMatchEncoder, type MatchGround } from '@/rooms/patrol/operations/encode-match'
import type { FixColumns, TrackMatch, TrackToMatch } from '@/rooms/patrol/repository'
import { insertRows, reserveIds, type SeedDatabase } from './database'
import type { GridPlan } from './draw-grids'
import { momentOf } from './issues/work-calendar'
import type { CheckpointData } from './patrols/draw-plans'
import { degreesOf } from './patrols/patrol-ground'
import type { ToldPatrols, WalkData } from './patrols/tell-patrols'
import type { Staff } from './people/posts'
import type { StreetData } from './street-data'

/** Ids by position. */
export interface PatrolIds {
  readonly land: number
  readonly communities: readonly number[]
}

/** What walks were, matched by the matcher of the console. */
export interface MatchedWalk {
  readonly walk: WalkData
  readonly fixes: FixColumns
  readonly match: TrackMatch
}

const DAY_MS = 86_400_000
const RADIUS_M = 25

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Match the walks against the streets, as the console does when one has ended. @param checkpointId the first id */
export function matchWalks({ ground, checkpoints, walks }: ToldPatrols, street: StreetData, checkpointId: number): MatchedWalk[] {
  const matchGround: MatchGround = {
    scope: ground.scope,
    gates: [],
    checkpoints: checkpoints.map(({ point }, k) => ({ id: checkpointId + k, lngLat: degreesOf(street, point), radiusM: RADIUS_M, dwellS: 0 })),
    passM: PATROL_SETTINGS.passM,
  }
  const raw = walks.map((walk): TrackToMatch => ({
    trackId: walk.id, communityId: null, startedAt: '', endedAt: '', fixes: fixColumns(street, walk),
  }))
  const { tracks } = matchTracksJob(encodeTracks(raw, matchGround), { onProgress: () => {} })
  const encode = makeMatchEncoder(matchGround)
  return walks.map((walk, k) => ({ walk, fixes: raw[k].fixes, match: encode(tracks[k], raw[k]) }))
}

function fixColumns(street: StreetData, { fixes }: WalkData): FixColumns {
  const fromMs = fixes[0].atMs
  const places = fixes.map(({ point }) => degreesOf(street, point))
  return {
    fromMs,
    atMs: fixes.map(({ atMs }) => atMs - fromMs),
    lngE7: places.map(([lng]) => Math.round(lng * 1e7)),
    latE7: places.map(([, lat]) => Math.round(lat * 1e7)),
    accuracyDm: fixes.map(({ accuracyM }) => Math.round(accuracyM * 10)),
  }
}

/** Write duties, checkpoints, plans and walks with what was made of them, set by set. */
export async function writePatrols(db: SeedDatabase, street: StreetData, grids: GridPlan, staff: Staff, told: ToldPatrols, ids: PatrolIds): Promise<void> {
  const checkpointId = await reserveIds(db, 'public.patrol_checkpoints', told.checkpoints.length)
  await writePlaces(db, street, staff, told, ids, checkpointId)
  await writePlans(db, street, staff, told, ids, checkpointId)
  const matched = matchWalks(told, street, checkpointId)
  const person = (index: number): string => staff.people[index].id
  const gridOf = (index: number): string | null => {
    const post = staff.posts.find((held) => held.person === index && held.grid >= 0)
    return post ? grids.grids[post.grid].id : null
  }
  await insertRows(
    db,
    `insert into public.patrol_consents (person_id, version, given_at) select r.person, ${PATROL_SETTINGS.consentVersion}, to_timestamp(r.at)`,
    'person uuid, at int8',
    [...new Set(told.walks.map((walk) => walk.person))].map((index) => ({ person: person(index), at: momentOf(told.firstDay, 0) })),
  )
  await insertRows(
    db,
    `insert into public.patrol_tracks (id, land_id, community_id, grid_id, person_id, plan_id, route, day, started_at, ended_at, source, state,
       consent_version, fixes, dropped, has_raw, matched_by, matched_at)
     select r.id, ${ids.land}, r.community, r.grid, r.person, r.plan, r.route, r.day::date, to_timestamp(r.began), to_timestamp(r.ended), 'recorded', 'matched',
       ${PATROL_SETTINGS.consentVersion}, r.fixes, r.dropped, true, r.person, to_timestamp(r.ended)`,
    'id uuid, community int, grid uuid, person uuid, plan uuid, route int, day text, began float8, ended float8, fixes int, dropped jsonb',
    matched.map(({ walk, fixes, match }) => ({
      id: walk.id, community: ids.communities[told.plans[walk.plan].community], grid: gridOf(walk.person), person: person(walk.person), plan: told.planIds[walk.plan],
      route: walk.route + 1, day: isoDay(walk.day), began: walk.startS, ended: walk.endS, fixes: fixes.atMs.length, dropped: match.dropped,
    })),
  )
  await insertRows(
    db,
    `insert into private.patrol_fixes (track_id, seq, from_at, at_ms, lng_e7, lat_e7, accuracy_dm)
     select r.id, 0, to_timestamp(r.began / 1000), r.at, r.lng, r.lat, r.accuracy`,
    'id uuid, began float8, at int[], lng int[], lat int[], accuracy smallint[]',
    matched.map(({ walk, fixes }) => ({ id: walk.id, began: fixes.fromMs, at: fixes.atMs, lng: fixes.lngE7, lat: fixes.latE7, accuracy: fixes.accuracyDm })),
  )
  await writeMatches(db, matched, ids.land)
}

async function writeMatches(db: SeedDatabase, matched: readonly MatchedWalk[], land: number): Promise<void> {
  await insertRows(
    db,
    `insert into public.patrol_walked (track_id, place, street_id, from_cm, to_cm, from_at, to_at, confidence)
     select r.t, w.place - 1, w.street, w.a, w.b, to_timestamp(w.s), to_timestamp(w.e), w.c`,
    't uuid, street int[], a int[], b int[], s int8[], e int8[], c smallint[]',
    matched.map(({ walk, match: { stretches } }) => ({
      t: walk.id, street: stretches.streetId, a: stretches.fromCm, b: stretches.toCm, s: stretches.fromS, e: stretches.toS, c: stretches.confidence,
    })),
    'cross join unnest(r.street, r.a, r.b, r.s, r.e, r.c) with ordinality as w(street, a, b, s, e, c, place)',
  )
  await insertRows(
    db,
    `insert into public.patrol_yards (track_id, place, geom, metres)
     select r.t, r.place, extensions.st_geomfromtext(r.line, 4326), extensions.st_length(extensions.st_scale(
       extensions.st_geomfromtext(r.line), l.m_per_deg_lng, l.m_per_deg_lat))`,
    't uuid, place int, line text',
    matched.flatMap(({ walk, match }) =>
      match.yards.map(({ line }, place) => ({ t: walk.id, place, line: `LINESTRING(${line.map(([lng, lat]) => `${lng.toFixed(7)} ${lat.toFixed(7)}`).join(',')})` })),
    ),
    `join public.lands l on l.id = ${land}`,
  )
  await insertRows(
    db,
    'insert into public.patrol_marks (track_id, checkpoint_id, mark, at) select r.t, r.c, r.mark::public.checkpoint_mark, r.at::timestamptz',
    't uuid, c int, mark text, at text',
    matched.flatMap(({ walk, match }) => match.marks.map(({ checkpointId, mark, at }) => ({ t: walk.id, c: checkpointId, mark, at }))),
  )
  await insertRows(
    db,
    'insert into public.patrol_passes (track_id, building_id, at) select r.t, p.b, to_timestamp(p.s)',
    't uuid, b int[], s int8[]',
    matched.map(({ walk, match: { passes } }) => ({ t: walk.id, b: passes.buildingId, s: passes.atS })),
    'cross join unnest(r.b, r.s) as p(b, s)',
  )
  // Metres as the database reckons them from what was kept.
  await db.query(
    `update public.patrol_tracks t set
       street_m = coalesce((select sum(w.to_cm - w.from_cm) / 100.0 from public.patrol_walked w where w.track_id = t.id), 0),
       yard_m = coalesce((select sum(y.metres) from public.patrol_yards y where y.track_id = t.id), 0)
     where t.land_id = $1`,
    [land],
  )
}

async function writePlaces(db: SeedDatabase, street: StreetData, staff: Staff, told: ToldPatrols, ids: PatrolIds, checkpointId: number): Promise<void> {
  const { network, scope } = told.ground
  const at = momentOf(told.firstDay, 9 * 3600)
  await insertRows(
    db,
    `insert into public.patrol_duties (land_id, street_id, from_cm, to_cm, duty, both_sides, reason, set_by, set_at)
     select ${ids.land}, r.street, r.a, r.b, r.duty::public.street_duty, r.sides, r.reason, r.by, to_timestamp(${at})`,
    'street int, a int, b int, duty text, sides boolean, reason text, by uuid',
    told.duties.map(({ segment, duty, bothSides, reason, by }) => ({
      street: scope.streets[network.segmentLine[segment]].id, a: network.segmentFromCm[segment], b: network.segmentToCm[segment], duty, sides: bothSides, reason,
      by: staff.people[by].id,
    })),
  )
  const secretary = (community: number): string => staff.people[told.duties.find((_, k) => told.plans[k].community === community)!.by].id
  await insertRows(
    db,
    `insert into public.patrol_checkpoints (id, land_id, community_id, name, note, geom, radius_m, dwell_s, every_days, set_by, set_at)
     select r.id, ${ids.land}, r.community, r.name, r.note, extensions.st_setsrid(extensions.st_makepoint(r.lng, r.lat), 4326), ${RADIUS_M}, 0, r.days, r.by,
       to_timestamp(${at})`,
    'id int, community int, name text, note text, lng float8, lat float8, days int, by uuid',
    told.checkpoints.map((checkpoint: CheckpointData, k) => {
      const [lng, lat] = degreesOf(street, checkpoint.point)
      const { community, name, note, everyDays } = checkpoint
      return { id: checkpointId + k, community: ids.communities[community], name, note, lng, lat, days: everyDays, by: secretary(community) }
    }),
  )
}

async function writePlans(db: SeedDatabase, street: StreetData, staff: Staff, told: ToldPatrols, ids: PatrolIds, checkpointId: number): Promise<void> {
  const { network, scope } = told.ground
  const { plans, planIds } = told
  const by = (community: number): string => staff.people[told.duties[told.plans.findIndex((plan) => plan.community === community)].by].id
  await insertRows(
    db,
    `insert into public.patrol_plans (id, land_id, community_id, number, title, kind, occasion, state, aim, weekdays, valid_from, start_minute, shift_s,
       serve_m_per_s, walk_m_per_s, bound_s, saved_by, saved_at, published_by, published_at)
     select r.id, ${ids.land}, r.community, r.number, r.title, r.kind::public.patrol_kind, r.occasion::public.patrol_occasion,
       r.state::public.patrol_state, 'min_max', r.weekdays, r.day::date, r.minute, ${PATROL_SETTINGS.shiftMinutes * 60},
       ${PATROL_SETTINGS.serveMPerS}, ${PATROL_SETTINGS.walkMPerS}, r.bound, r.by, to_timestamp(r.at), r.publisher, to_timestamp(r.published)`,
    'id uuid, community int, number int, title text, kind text, occasion text, state text, weekdays boolean[], day text, minute int, bound float8, by uuid, at int8, publisher uuid, published int8',
    plans.map((plan, k) => {
      const at = plan.isDraft ? momentOf(told.today, 0) : momentOf(told.firstDay, 8 * 3600)
      return {
        id: planIds[k], community: ids.communities[plan.community], number: k + 1, title: plan.title, kind: plan.occasion === 'duty' ? 'daily' : 'special',
        occasion: plan.occasion, state: plan.isDraft ? 'draft' : 'published', weekdays: plan.weekdays, day: isoDay(plan.isDraft ? told.today : told.firstDay),
        minute: plan.startMinute, bound: plan.boundS, by: by(plan.community), at,
        publisher: plan.isDraft ? null : by(plan.community), published: plan.isDraft ? null : at,
      }
    }),
  )
  await insertRows(
    db,
    `insert into public.patrol_routes (plan_id, number, person_id, start_geom, end_geom, seconds, metres, served_m, step_street, step_from_cm, step_to_cm, step_flags, checkpoints)
     select r.plan, r.number, r.person, g.at, g.at, r.seconds, r.metres, r.served, r.street, r.a, r.b, r.flags, r.checkpoints`,
    'plan uuid, number int, person uuid, lng float8, lat float8, seconds float8, metres float8, served float8, street int[], a int[], b int[], flags smallint[], checkpoints int[]',
    plans.flatMap(({ routes, start }, k) => {
      const [lng, lat] = degreesOf(street, start)
      return routes.map((route, number) => {
        const segments = [...route.segment]
        return {
          plan: planIds[k], number: number + 1, person: staff.people[route.person].id, lng, lat, seconds: route.seconds, metres: route.lengthM, served: route.servedM,
          street: segments.map((segment) => scope.streets[network.segmentLine[segment]]?.id ?? 0),
          a: segments.map((segment) => network.segmentFromCm[segment]), b: segments.map((segment) => network.segmentToCm[segment]),
          flags: segments.map((_, step) => route.reversed[step] + 2 * route.served[step]), checkpoints: route.checkpointIndex.map((index) => checkpointId + index),
        }
      })
    }),
    'cross join lateral (select extensions.st_setsrid(extensions.st_makepoint(r.lng, r.lat), 4326) as at) g',
  )
}
