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

/** An edit as the history of a plan tells it. */
interface Edit {
  revision: number
  delta: { cells: Change[] }
  by: string
}

/** What a refused save must name: the revision to rebase on, whose it is, and since when. */
interface Stale {
  serverRevision?: number
  by?: string
  at?: string
}

/**
 * Suite `editors`: fifty editors of one plan for a minute, each with its own view of it, who read what came between and
 * rebase when they are refused. `size` is editors, `value` updates lost (confirmed ones that the plan's history lacks, and
 * cells that are not where the last confirmed edit put them) and refusals that do not name their choices, `ms` p95 of a
 * save, `bestKnown` saves confirmed, `peerValue` refusals.
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
  const editsSince = async (revision: number) =>
    (await ask('/rest/v1/rpc/plan_edits_since', { p_plan: planId, p_revision: revision })).body as Edit[]
  const first = await read()
  const communityOf = new Map(((await ask(`/rest/v1/cells?select=id,community_id&land_id=eq.${land!.id}&to_edition=is.null&limit=1000`)).body as
    { id: number; community_id: number }[]).map(({ id, community_id }) => [id, community_id]))

  const confirmed: { revision: number; change: Change }[] = []
  const refusals = new Map<string, number>()
  let unnamed = 0
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(Array.from({ length: EDITORS }, async (_, editor) => {
    const random = seededRandom(SEED + editor)
    const document: Document = { ...first, cellGrid: [...first.cellGrid] }
    const place = new Map(document.cellIds.map((cell, index) => [cell, index]))
    const slot = new Map(document.grids.map(({ id }, index) => [id, index]))
    const apply = ({ cell, to }: Change) => (document.cellGrid[place.get(cell)!] = slot.get(to)!)
    while (performance.now() < until) {
      const change = someChange(document, communityOf, random)
      const { status, body, ms } = await ask('/rest/v1/rpc/save_plan_draft', {
        p_plan: planId, p_base_revision: document.revision, p_edits: [{ delta: { cells: [change], grids: [] }, note: { key: 'bench' } }],
      })
      times.push(ms)
      if (status === 200) {
        const { revision } = body as { revision: number }
        confirmed.push({ revision, change })
        document.revision = revision
        apply(change)
        continue
      }
      const { message, details } = body as { message: string; details: string | null }
      const { serverRevision, by, at } = JSON.parse(details ?? '{}') as Stale
      // Rebase mine: what came between, applied to one's own view.
      const between = await editsSince(document.revision)
      const isNamed = message === 'plan_stale' && serverRevision! > document.revision && Boolean(by) && Boolean(at) &&
        between.length >= serverRevision! - document.revision && between.every((edit) => edit.by && edit.delta.cells.length === 1)
      if (!isNamed) unnamed += 1
      const key = isNamed ? 'plan_stale with the revision, who, when, and what came between' : `${status} ${message} ${details}`
      refusals.set(key, (refusals.get(key) ?? 0) + 1)
      for (const edit of between) edit.delta.cells.forEach(apply)
      document.revision = between.at(-1)?.revision ?? document.revision
    }
  }))

  const history = await editsSince(0)
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
  // A revision nobody was told of would be an edit that came from nowhere.
  const unasked = history.length - confirmed.length
  const lost = missing.length + twice + misplaced.length + Math.abs(unasked) + unnamed
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0)
  say(`${engine}: ${confirmed.length} saves confirmed, revision ${last.revision}, ${missing.length} missing, ${twice} confirmed twice, ` +
    `${unasked} more in the history than confirmed, ${misplaced.length} of ${last.cellIds.length} cells misplaced; ` +
    `${refused} refused, ${unnamed} of them without revision, who or what`)
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
