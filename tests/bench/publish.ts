import type { Finding } from '../../src/core/plan'
import { killEmbeddedPublications, killNativePublications } from '../sql/engines/kill-publication'
import type { TestDatabase } from '../sql/engines/test-database'
import { becomePost, onDemoDatabases, timed } from './database-harness'
import { benchAssignmentPublication } from './publish-assignment-harness'
import { benchRow, type BenchContext, type Row } from './row'

/** Target of the demo street, ms. */
const BOUND_MS = { native: 2000, embedded: 10_000 }
const KILLS = 20
const KILL_SEED = 20261121

/**
 * A draft of the demo street, painted and published: polygons derived, proved to tile, written. `size` is cells, `ms` the
 * slower of two publications, `value` the area in m² by which the union of the published polygons differs from their sum.
 * Then publications are killed, process or server: `size` is how many, `value` how many left neither edition whole.
 */
export default async function benchPublish({ say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  await onDemoDatabases(['native', 'embedded'], say, async (db) => {
    const first = await publishOnce(db, 1)
    const second = await publishOnce(db, 2)
    const ms = Math.max(first.ms, second.ms)
    say(`${db.engine}: open ${second.openMs.toFixed(0)} ms, save ${second.saveMs.toFixed(0)} ms, check ${second.checkMs.toFixed(0)} ms, publish ${first.ms.toFixed(0)} and ${second.ms.toFixed(0)} ms, ${second.grids} grids`)
    rows.push(benchRow({ suite: 'publish', instance: `demo street, ${db.engine}`, size: second.cells, value: await overlapM2(db), bestKnown: 0, bound: BOUND_MS[db.engine], ms }))
    rows.push(await benchAssignmentPublication(db, say))
  })
  for (const [engine, kill] of [['native', killNativePublications], ['embedded', killEmbeddedPublications]] as const) {
    say(`${engine}: killing ${KILLS} publications`)
    const { old, new: renewed, torn } = await kill(KILLS, KILL_SEED)
    say(`${engine}: ${old} left the old edition whole, ${renewed} the new one, ${torn.length} neither (seed ${KILL_SEED})`)
    for (const words of torn) say(words)
    rows.push(benchRow({ suite: 'publish', instance: `killed at random moments, ${engine}`, size: KILLS, value: torn.length, bestKnown: 0 }))
  }
  return rows
}

async function publishOnce(db: TestDatabase, round: number) {
  const [land] = await db.query<{ id: number }>('select id from public.lands order by id limit 1')
  await db.query('begin')
  await becomePost(db, 'street_officer')
  const open = await timed(() => db.query<{ plan: { planId: string } }>(`select public.open_plan_draft($1, $2) as plan`, [land.id, `方案 ${round}`]))
  const planId = open.value[0].plan.planId
  const [{ document }] = await db.query<{ document: { cellIds: number[]; cellGrid: number[]; grids: { id: string; communityId: number }[] } }>(
    'select public.plan_document($1) as document', [planId])
  const edits = await neighbouringFlips(db, land.id, planId, 40)
  const save = await timed(() => db.query('select public.save_plan_draft($1, 0, $2::jsonb)', [planId, JSON.stringify(edits)]))
  const check = await timed(() => db.query<{ findings: Finding[] }>('select public.check_plan($1) as findings', [planId]))
  const waivers = check.value[0].findings
    .filter((finding) => finding.severity === 'error')
    .map(({ code, gridIds, values }) => ({
      code, gridId: code === 'compound_split' ? null : gridIds[0], compoundId: values.compoundId ?? null, reason: '现状如此，待重划',
    }))
  const publication = await timed(() => db.query<{ answer: { published: boolean; findings: Finding[] } }>(
    'select public.publish_plan($1, $2, $3::jsonb) as answer', [planId, edits.length > 0 ? 1 : 0, JSON.stringify(waivers)]))
  const { published, findings } = publication.value[0].answer
  if (!published) throw new Error(`expected a publication, got ${JSON.stringify(findings.filter((f) => f.severity === 'error' && !f.waived).slice(0, 3))}`)
  await db.query('commit')
  return { ms: publication.ms, openMs: open.ms, saveMs: save.ms, checkMs: check.ms, cells: document.cellIds.length, grids: document.grids.length }
}

/** One-cell edits that leave no grid in pieces: a cell goes to a neighbour's grid where its own still hangs together. */
async function neighbouringFlips(db: TestDatabase, landId: number, planId: string, count: number) {
  const candidates = await db.query<{ cell: number; from: string; to: string }>(
    `select distinct on (p.grid_id) p.cell_id as cell, p.grid_id::text as from, q.grid_id::text as to
     from public.land_arcs a
     join public.plan_cells p on p.plan_id = $2 and p.cell_id = a.left_cell
     join public.plan_cells q on q.plan_id = $2 and q.cell_id = a.right_cell
     join public.cells c on c.id = p.cell_id
     join public.cells d on d.id = q.cell_id and d.community_id = c.community_id
     where a.land_id = $1 and a.to_edition is null and p.grid_id <> q.grid_id
       and not exists (select from public.compounds k where k.community_id = c.community_id)
     order by p.grid_id, p.cell_id limit $3`, [landId, planId, count * 4])
  const touched = new Set<string>()
  const edits: unknown[] = []
  for (const { cell, from, to } of candidates) {
    if (edits.length === count || touched.has(from) || touched.has(to)) continue
    const edit = { delta: { cells: [{ cell, from, to }], grids: [] }, note: { key: 'bench' } }
    await db.query('savepoint flip')
    await db.query('select public.save_plan_draft($1, 0, $2::jsonb)', [planId, JSON.stringify([edit])])
    const [{ n }] = await db.query<{ n: number }>(
      `select count(*)::int as n from jsonb_array_elements(public.check_plan($1)) f where f ->> 'code' in ('grid_in_pieces', 'grid_empty')`, [planId])
    await db.query('rollback to flip')
    if (n > 0) continue
    touched.add(from).add(to)
    edits.push(edit)
    if (edits.length >= 6) break
  }
  return edits
}

async function overlapM2(db: TestDatabase): Promise<number> {
  const [row] = await db.query<{ m2: number }>(
    `select abs(sum(extensions.st_area(g.geom)) - extensions.st_area(extensions.st_union(g.geom))) * l.m_per_deg_lng * l.m_per_deg_lat as m2
     from public.grids g join public.grid_editions e on e.id = g.edition_id and e.valid_to is null join public.lands l on l.id = e.land_id
     where l.id = (select min(id) from public.lands) group by l.id, l.m_per_deg_lng, l.m_per_deg_lat`)
  return row.m2 < 1e-6 ? 0 : row.m2
}
