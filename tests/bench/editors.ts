import { seededRandom } from '../../src/algorithms/shared/seeded-random'
import { openDemoOffice, quantile, type Ask } from './office-harness'
import { onEngines } from './on-engines'
import { benchRow, type BenchContext, type Row } from './row'

const EDITORS = 50
const SECONDS = 60
const SEED = 20261122

interface Document {
  revision: number
  cellIds: number[]
  cellGrid: number[]
  grids: { id: string; communityId: number }[]
}

interface Change {
  cell: number
  from: string
  to: string
}

/**
 * Suite `editors`: fifty editors of one plan for a minute, each with its own view of it, who rebase when they are refused.
 * `size` is editors, `value` updates lost (confirmed ones that the plan's history lacks, and cells that are not where the
 * last confirmed edit put them), `ms` p95 of a save, `bestKnown` saves confirmed, `peerValue` refusals.
 */
export default async function benchEditors({ secondsPerInstance, say }: BenchContext): Promise<Row[]> {
  const rows: Row[] = []
  await onEngines(['embedded', 'native'], say, async (engine) => {
    const office = await openDemoOffice(engine, say)
    try {
      rows.push(await editTogether(engine, await office.signIn('street_officer'), secondsPerInstance ?? SECONDS, say))
    } finally {
      await office.close()
    }
  })
  return rows
}

async function editTogether(engine: string, ask: Ask, seconds: number, say: (line: string) => void): Promise<Row> {
  const [land] = (await ask('/rest/v1/lands?select=id&order=id&limit=1')).body as { id: number }[]
  const opened = await ask('/rest/v1/rpc/open_plan_draft', { p_land: land!.id, p_title: '五十人' })
  const { planId } = opened.body as { planId: string }
  const read = async () => (await ask('/rest/v1/rpc/plan_document', { p_plan: planId })).body as Document
  const first = await read()
  const communityOf = new Map(((await ask(`/rest/v1/cells?select=id,community_id&land_id=eq.${land!.id}&to_edition=is.null&limit=1000`)).body as
    { id: number; community_id: number }[]).map(({ id, community_id }) => [id, community_id]))

  const confirmed: { revision: number; change: Change }[] = []
  const refusals = new Map<string, number>()
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(Array.from({ length: EDITORS }, async (_, editor) => {
    const random = seededRandom(SEED + editor)
    let document = first
    while (performance.now() < until) {
      const change = someChange(document, communityOf, random)
      const { status, body, ms } = await ask('/rest/v1/rpc/save_plan_draft', {
        p_plan: planId, p_base_revision: document.revision, p_edits: [{ delta: { cells: [change], grids: [] }, note: { key: 'bench' } }],
      })
      times.push(ms)
      if (status === 200) {
        const { revision } = body as { revision: number }
        confirmed.push({ revision, change })
        document = withChange({ ...document, revision }, change)
        continue
      }
      const { message, details } = body as { message: string; details: string | null }
      const named = message === 'plan_stale' && 'serverRevision' in (JSON.parse(details ?? '{}') as object)
      const key = named ? 'plan_stale with the revision to rebase on' : `${status} ${message}`
      refusals.set(key, (refusals.get(key) ?? 0) + 1)
      // Rebase mine: what came between, applied to one's own view.
      document = await read()
    }
  }))

  const history = (await ask('/rest/v1/rpc/plan_edits_since', { p_plan: planId, p_revision: 0 })).body as
    { revision: number; delta: { cells: Change[] } }[]
  const last = await read()
  const kept = new Map(history.map(({ revision, delta }) => [revision, JSON.stringify(delta.cells)]))
  const missing = confirmed.filter(({ revision, change }) => {
    const cells = JSON.parse(kept.get(revision) ?? '[]') as Change[]
    return !(cells.length === 1 && cells[0]!.cell === change.cell && cells[0]!.to === change.to)
  })
  const twice = confirmed.length - new Set(confirmed.map(({ revision }) => revision)).size
  const where = new Map(first.cellIds.map((cell, index) => [cell, first.grids[first.cellGrid[index]!]?.id ?? null]))
  for (const { change } of confirmed.sort((a, b) => a.revision - b.revision)) where.set(change.cell, change.to)
  const misplaced = last.cellIds.filter((cell, index) => (last.grids[last.cellGrid[index]!]?.id ?? null) !== where.get(cell))
  const lost = missing.length + twice + misplaced.length
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0)
  say(`${engine}: ${confirmed.length} saves confirmed, revision ${last.revision}, ${missing.length} missing, ${twice} confirmed twice, ${misplaced.length} cells misplaced`)
  for (const [key, count] of refusals) say(`  refused ${count} × ${key}`)
  return benchRow({
    suite: 'editors', instance: `one plan of the demo street, ${engine}`, size: EDITORS, value: lost, bound: 0,
    bestKnown: confirmed.length, ms: quantile(times.sort((a, b) => a - b), 0.95), peer: 'refusals', peerValue: refused,
  })
}

/** Any cell of a grid goes to another grid of its community. */
function someChange(document: Document, communityOf: ReadonlyMap<number, number>, random: () => number): Change {
  for (;;) {
    const index = Math.floor(random() * document.cellIds.length)
    const cell = document.cellIds[index]!
    const from = document.grids[document.cellGrid[index]!]
    const others = document.grids.filter((grid) => grid.communityId === communityOf.get(cell) && grid !== from)
    const to = others[Math.floor(random() * others.length)]
    if (from && to) return { cell, from: from.id, to: to.id }
  }
}

function withChange(document: Document, { cell, to }: Change): Document {
  const cellGrid = [...document.cellGrid]
  cellGrid[document.cellIds.indexOf(cell)] = document.grids.findIndex(({ id }) => id === to)
  return { ...document, cellGrid }
}
