import { nestRings } from '@/formats/ring-shapes'
import type { Pair, SourceGeometry } from '../model'
import { readOsmBlobs } from './osm-blobs'
import { readOsmBlock } from './osm-block'
import type { OsmSink } from './osm-block'
import { OsmNodes } from './osm-columns'
import type { OsmRelation } from './osm-columns'
import { joinRings } from './join-rings'
import type { ReadContext } from './read-context'
import { ReadRefusal } from '@/formats/read-refusal'

const BLOCK = 2_000
/** Keys that make a closed way an area; with the others it stays a line (a wall, a lane in a circle). */
const AREA_KEYS = ['building', 'leisure', 'landuse', 'natural', 'water', 'boundary']

/**
 * Read an OSM PBF file: ways and multipolygon relations that can matter to a land. Objects come in the order of the file; the
 * source id is way/… or relation/…, which is what one looks up.
 *
 * Source: OSM wiki "PBF Format". Blobs are inflated one by one; nodes are held as columns (16 bytes each).
 */
export async function readOsmPbf(bytes: Uint8Array, context: ReadContext): Promise<void> {
  const sink: OsmSink = { nodes: new OsmNodes(context.limits), ways: [], relations: [] }
  let soundTo = 0
  try {
    for (const { data, end } of readOsmBlobs(bytes, context.limits)) {
      readOsmBlock(data, sink)
      soundTo = end
      await context.pause((0.7 * end) / bytes.length)
    }
  } catch (error) {
    if ((error as { code?: unknown }).code === 'aborted' || (error instanceof ReadRefusal && error.code !== 'pbf_broken')) throw error
    // The protobuf reader throws plain errors where bytes make no sense; what tells a person is where the sound part ends.
    throw new ReadRefusal('pbf_broken', { at: soundTo })
  }
  if (sink.nodes.count === 0) throw new ReadRefusal('no_features')
  sink.nodes.seal()
  const row = await emitRelations(sink, context)
  await emitWays(sink, row, context)
}

/** Relations first: their outer ways are then not emitted a second time for the same thing. */
async function emitRelations(sink: OsmSink, context: ReadContext): Promise<EmitState> {
  const wayById = new Map(sink.ways.map((way) => [way.id, way]))
  const state: EmitState = { row: 0, told: new Map() }
  for (const relation of sink.relations) {
    state.row++
    const key = AREA_KEYS.find((name) => relation.tags[name] !== undefined)
    if (key === undefined) continue
    const geometry = assemble(relation, state.row, sink, wayById, context)
    if (geometry === null) continue
    for (const member of relation.members) if (!member.inner) state.told.set(member.way, key)
    context.emit({ row: state.row, sourceId: `relation/${relation.id}`, geometry, properties: relation.tags })
  }
  await context.pause(0.75)
  return state
}

interface EmitState {
  row: number
  /** Key of the relation that already tells of a way, by way id. */
  told: Map<number, string>
}

function assemble(
  relation: OsmRelation,
  row: number,
  sink: OsmSink,
  wayById: ReadonlyMap<number, { readonly refs: readonly number[] }>,
  context: ReadContext,
): SourceGeometry | null {
  let missing = 0
  const refsOf = (inner: boolean) =>
    relation.members.flatMap((member) => {
      if (member.inner !== inner) return []
      const way = wayById.get(member.way)
      if (way === undefined) missing++
      return way === undefined ? [] : [way.refs]
    })
  const outer = joinRings(refsOf(false))
  const inner = joinRings(refsOf(true))
  const place = (rings: readonly (readonly number[])[]) =>
    rings.flatMap((ring) => {
      const pairs = positions(ring, sink)
      return pairs.length === ring.length ? [pairs] : []
    })
  const outers = place(outer.rings)
  if (missing > 0 || outer.open > 0 || inner.open > 0) {
    // Usual at the edge of an extract: large lakes and districts run out of it.
    const values = { id: `relation/${relation.id}`, name: relation.tags['name'] ?? '', missing, open: outer.open + inner.open }
    context.find(outers.length === 0 ? 'relation_unclosed' : 'relation_partial', 'warning', row, values)
  }
  if (outers.length === 0) return null
  return { type: 'MultiPolygon', coordinates: nestRings(outers, place(inner.rings)).polygons }
}

const positions = (refs: readonly number[], sink: OsmSink): Pair[] =>
  refs.flatMap((ref) => {
    const at = sink.nodes.find(ref)
    return at === null ? [] : [at]
  })

async function emitWays(sink: OsmSink, state: EmitState, context: ReadContext): Promise<void> {
  for (let index = 0; index < sink.ways.length; index++) {
    const way = sink.ways[index]
    if (index % BLOCK === BLOCK - 1) await context.pause(0.75 + (0.25 * index) / sink.ways.length)
    if (way.tags === null) continue
    state.row++
    const told = state.told.get(way.id)
    if (told !== undefined && way.tags[told] !== undefined) continue
    const pairs = positions(way.refs, sink)
    if (pairs.length < way.refs.length) {
      context.find('way_nodes_missing', 'warning', state.row, { id: `way/${way.id}`, missing: way.refs.length - pairs.length })
      if (pairs.length < 2) continue
    }
    const closed = way.refs.length > 3 && way.refs[0] === way.refs[way.refs.length - 1]
    const area = closed && isArea(way.tags)
    context.emit({
      row: state.row,
      sourceId: `way/${way.id}`,
      geometry: area ? { type: 'Polygon', coordinates: [pairs] } : { type: 'LineString', coordinates: pairs },
      properties: way.tags,
    })
  }
}

const isArea = (tags: Readonly<Record<string, string>>): boolean =>
  tags['area'] === 'yes' ||
  (tags['natural'] !== 'coastline' && tags['highway'] === undefined && AREA_KEYS.some((key) => tags[key] !== undefined)) ||
  tags['waterway'] === 'riverbank' ||
  tags['waterway'] === 'dock'
