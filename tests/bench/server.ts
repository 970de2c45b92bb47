import pg from 'pg'
import { seededRandom } from '../../src/algorithms/shared/seeded-random'
import { openDemoOffice, quantile, type Ask, type DemoOffice } from './office-harness'
import { onEngines } from './on-engines'
import { benchRow, type BenchContext, type Row } from './row'

const USERS = [20, 50]
const SECONDS = 15
const SEED = 20261122
/** Queries of one kind that the cost of row-level security is the median of. */
const RLS_ROUNDS = 15

/** What one caller sees and asks about. */
interface Ground {
  landId: number
  unitId: number
  /** Buildings with households. */
  buildingIds: number[]
  /** `null` for those who see no plans. */
  planId: string | null
}

interface Kind {
  name: string
  /** How often it is asked among the others. */
  weight: number
  /** Asked by nobody who sees no plans: the page offers them none. */
  needsPlan?: true
  ask: (ask: Ask, ground: Ground, random: () => number) => ReturnType<Ask>
}

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!
const QUERIES = ['王', 'zhang', '3号楼', '李', '201', 'wj', '文昌']

/** What a page asks for, by how often it does. */
const KINDS: readonly Kind[] = [
  { name: 'whoami', weight: 10, ask: (ask) => ask('/rest/v1/rpc/whoami', {}) },
  { name: 'households of a building', weight: 25, ask: (ask, { buildingIds }, random) =>
    ask(`/rest/v1/households?select=id,room,address,head_name_masked,category,resident_count&building_id=eq.${pick(buildingIds, random)}&order=sort_key`) },
  { name: 'residents of a building', weight: 10, ask: (ask, { buildingIds }, random) =>
    ask(`/rest/v1/residents?select=id,household_id,name_masked,relation,birth_year,sex&building_id=eq.${pick(buildingIds, random)}`) },
  { name: 'search', weight: 20, ask: (ask, _, random) => ask('/rest/v1/rpc/search_people', { p_query: pick(QUERIES, random), p_limit: 20 }) },
  { name: 'totals of units', weight: 10, ask: (ask, { unitId }) => ask('/rest/v1/rpc/org_totals', { p_parent: unitId }) },
  { name: 'plans of a land', weight: 8, ask: (ask, { landId }) => ask(`/rest/v1/plans?select=id,number,title,status,revision,updated_at&land_id=eq.${landId}&order=number.desc`) },
  { name: 'plan document', weight: 5, needsPlan: true, ask: (ask, { planId }) => ask('/rest/v1/rpc/plan_document', { p_plan: planId }) },
  { name: 'history', weight: 5, ask: (ask, { landId }) => ask('/rest/v1/rpc/plan_history', { p_land: landId }) },
  { name: 'settings of grids', weight: 5, ask: (ask, { unitId }) => ask('/rest/v1/rpc/grid_settings', { p_org_unit: unitId }) },
  { name: 'scope snapshot', weight: 2, ask: (ask, { landId }) => ask('/rest/v1/rpc/scope_snapshot', { p_land: landId }) },
]

/**
 * Suite `server`: the ten commonest requests mixed by how often a page asks for them, by 20 and by 50 users without a
 * pause between, each about what he or she sees, on the demo street. `size` is users, `value` requests a second of the kind
 * (or of all), `ms` p95, and `bestKnown`, `bound` are p50 and p99. Then what row-level security costs: `ms` as the street
 * officer, `peerMs` the same query as the owner, `ratio` one over the other.
 */
export default async function benchServer({ secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  await onEngines(['embedded', 'native'], say, async (engine) => {
    const office = await openDemoOffice(engine, say)
    try {
      for (const users of USERS) rows.push(...(await load(engine, office, users, secondsPerInstance ?? SECONDS, say)))
      if (office.cluster) rows.push(...(await costOfRowSecurity(office)))
    } finally {
      await office.close()
    }
  })
  return rows
}

async function load(engine: string, office: DemoOffice, users: number, seconds: number, say: (line: string) => void): Promise<Row[]> {
  const callers: { ask: Ask; ground: Ground; deck: Kind[] }[] = []
  for (const role of ['street_officer', 'district_admin', 'community_secretary']) {
    const ask = await office.signIn(role)
    const ground = await groundOf(ask, role !== 'community_secretary')
    const kinds = KINDS.filter(({ needsPlan }) => !needsPlan || ground.planId !== null)
    callers.push({ ask, ground, deck: kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind)) })
  }
  const times = new Map(KINDS.map(({ name }) => [name, [] as number[]]))
  const refused = new Map<string, number>()
  const until = performance.now() + seconds * 1000
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: users }, async (_, user) => {
    const random = seededRandom(SEED + user)
    // Officers for the most part: they redraw; one in five of each other kind looks on.
    const { ask, ground, deck } = callers[user % 5 < 3 ? 0 : (user % 5) - 2]!
    while (performance.now() < until) {
      const kind = pick(deck, random)
      const { status, body, ms } = await kind.ask(ask, ground, random)
      times.get(kind.name)!.push(ms)
      if (status === 200) continue
      const what = `${kind.name}: ${status} ${(body as { message?: string } | null)?.message ?? ''}`
      refused.set(what, (refused.get(what) ?? 0) + 1)
    }
  }))
  const tookS = (performance.now() - startedAt) / 1000
  const figures = (instance: string, list: number[]): Row => {
    const sorted = list.sort((a, b) => a - b)
    return benchRow({
      suite: 'server', instance: `${engine}, ${instance}`, size: users, value: sorted.length / tookS,
      bestKnown: quantile(sorted, 0.5), ms: quantile(sorted, 0.95), bound: quantile(sorted, 0.99),
    })
  }
  const all = [...times.values()].flat()
  const refusals = [...refused].map(([what, count]) => `${count} × ${what}`).join(', ')
  say(`${engine}, ${users} users: ${all.length} requests in ${tookS.toFixed(1)} s${refusals ? `, refused ${refusals}` : ', none refused'}`)
  return [figures('all', all), ...[...times].map(([name, list]) => figures(name, list))]
}

/** Households between two samples of those whose buildings are asked about. */
const SAMPLE_EVERY = 2_000

async function groundOf(ask: Ask, seesPlans: boolean): Promise<Ground> {
  const list = async <T>(path: string) => (await ask(path)).body as T[]
  const [land] = await list<{ id: number; org_unit_id: number }>('/rest/v1/lands?select=id,org_unit_id&order=id&limit=1')
  const buildingIds = new Set<number>()
  for (let offset = 0; ; offset += SAMPLE_EVERY) {
    const households = await list<{ building_id: number }>(`/rest/v1/households?select=building_id&order=id&limit=400&offset=${offset}`)
    if (households.length === 0) break
    for (const { building_id } of households) buildingIds.add(building_id)
  }
  const opened = seesPlans ? await ask('/rest/v1/rpc/open_plan_draft', { p_land: land!.id, p_title: '负载' }) : null
  return {
    landId: land!.id, unitId: land!.org_unit_id, buildingIds: [...buildingIds],
    planId: (opened?.body as { planId: string } | undefined)?.planId ?? null,
  }
}

/** Queries whose rows row-level security sifts, of a few rows and of very many. */
const SIFTED: readonly [name: string, sql: (fullest: number) => string][] = [
  ['households of a building', (fullest) => `select id, room, category from public.households where building_id = ${fullest} order by sort_key`],
  ['households, counted', () => 'select category, count(*) from public.households group by category'],
  ['residents, counted', () => 'select sex, count(*) from public.residents group by sex'],
  ['buildings, all columns', () => 'select * from public.buildings'],
  ['cells in force', () => 'select id, area_m2 from public.cells where to_edition is null'],
]

async function costOfRowSecurity(office: DemoOffice): Promise<Row[]> {
  const client = new pg.Client({ connectionString: office.cluster!.url('postgres') })
  await client.connect()
  try {
    const { rows: [officer] } = await client.query<{ sub: string; session: string }>(
      `select p.user_id::text as sub, s.id::text as session from public.people p
       join public.posts o on o.person_id = p.id and o.role = 'street_officer' join auth.sessions s on s.user_id = p.user_id
       order by s.created_at desc limit 1`)
    const claims = JSON.stringify({ sub: officer!.sub, role: 'authenticated', session_id: officer!.session })
    const median = async (role: 'owner' | 'officer', sql: string) => {
      const times: number[] = []
      let found = 0
      for (let round = 0; round < RLS_ROUNDS + 2; round += 1) {
        await client.query('begin')
        if (role === 'officer') {
          await client.query(`select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)`, [officer!.sub, claims])
          await client.query('set local role authenticated')
        }
        const startedAt = performance.now()
        found = (await client.query(sql)).rows.length
        // The first two fill caches.
        if (round > 1) times.push(performance.now() - startedAt)
        await client.query('rollback')
      }
      return { ms: quantile(times.sort((a, b) => a - b), 0.5), found }
    }
    const rows: Row[] = []
    const { rows: [fullest] } = await client.query<{ building: number }>(
      'select building_id as building from public.households group by 1 order by count(*) desc, 1 limit 1')
    for (const [name, query] of SIFTED) {
      const sql = query(fullest!.building)
      const [officerTime, ownerTime] = [await median('officer', sql), await median('owner', sql)]
      rows.push(benchRow({
        suite: 'server', instance: `row-level security: ${name}`, size: officerTime.found, ms: officerTime.ms,
        peer: `owner, ${ownerTime.found} rows`, peerMs: ownerTime.ms, ratio: officerTime.ms / ownerTime.ms,
      }))
    }
    return rows
  } finally {
    await client.end()
  }
}
