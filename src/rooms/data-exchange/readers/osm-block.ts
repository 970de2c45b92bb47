import { PbfReader } from 'pbf'
import type { OsmNodes, OsmRelation, OsmWay } from './osm-columns'
import { ReadRefusal } from '@/formats/read-refusal'
import { storedText } from '@/formats/stored-text'

/** Keys by which an object can matter to a land. */
const KEYS = new Set([
  'building', 'highway', 'waterway', 'natural', 'railway', 'leisure', 'landuse', 'barrier', 'boundary', 'water',
])

/** Where a decoded block puts what it holds. */
export interface OsmSink {
  readonly nodes: OsmNodes
  readonly ways: OsmWay[]
  readonly relations: OsmRelation[]
}

interface Block {
  strings: Uint8Array[]
  groups: [from: number, to: number][]
  granularity: number
  latOffset: number
  lngOffset: number
}

const decoder = new TextDecoder()

/** Decode one primitive block (osmformat.proto) into the sink. Throws `pbf_broken` where lists disagree. */
export function readOsmBlock(data: Uint8Array, sink: OsmSink): void {
  const pbf = new PbfReader(data)
  const block = pbf.readFields(
    (tag, result: Block, reader) => {
      if (tag === 1) reader.readMessage((inner, strings: Uint8Array[], table) => {
        if (inner === 1) strings.push(table.readBytes())
      }, result.strings)
      else if (tag === 2) {
        const length = reader.readVarint()
        result.groups.push([reader.pos, reader.pos + length])
        reader.pos += length
      } else if (tag === 17) result.granularity = reader.readVarint()
      else if (tag === 19) result.latOffset = reader.readVarint(true)
      else if (tag === 20) result.lngOffset = reader.readVarint(true)
    },
    { strings: [], groups: [], granularity: 100, latOffset: 0, lngOffset: 0 },
  )
  // Strings and offsets may come after the groups, so groups are read when both are known.
  for (const [from, to] of block.groups) {
    if (to > data.length) throw new ReadRefusal('pbf_broken', { at: from })
    pbf.pos = from
    pbf.readFields((tag, _, reader) => {
      if (tag === 1) reader.readMessage((inner, node, r) => readNode(inner, node, r), startNode(block, sink))
      else if (tag === 2) readDense(reader, block, sink)
      else if (tag === 3) readWay(reader, block, sink)
      else if (tag === 4) readRelation(reader, block, sink)
    }, null, to)
  }
}

interface PlainNode {
  id: number
  lat: number
  put(lng: number): void
}

function startNode(block: Block, sink: OsmSink): PlainNode {
  return {
    id: 0,
    lat: 0,
    put(lng) {
      sink.nodes.add(this.id, degrees(block.lngOffset, block, lng), degrees(block.latOffset, block, this.lat))
    },
  }
}

/** Longitude is the last field of a node, so it completes one. */
function readNode(tag: number, node: PlainNode, pbf: PbfReader): void {
  if (tag === 1) node.id = pbf.readSVarint()
  else if (tag === 8) node.lat = pbf.readSVarint()
  else if (tag === 9) node.put(pbf.readSVarint())
}

const degrees = (offset: number, block: Block, value: number): number => 1e-9 * (offset + block.granularity * value)

function readDense(pbf: PbfReader, block: Block, sink: OsmSink): void {
  const dense = pbf.readMessage(
    (tag, result: { ids: number[]; lats: number[]; lngs: number[] }, reader) => {
      if (tag === 1) reader.readPackedSVarint(result.ids)
      else if (tag === 8) reader.readPackedSVarint(result.lats)
      else if (tag === 9) reader.readPackedSVarint(result.lngs)
    },
    { ids: [], lats: [], lngs: [] },
  )
  if (dense.ids.length !== dense.lats.length || dense.ids.length !== dense.lngs.length) {
    throw new ReadRefusal('pbf_broken', { at: pbf.pos })
  }
  let id = 0
  let lat = 0
  let lng = 0
  for (let k = 0; k < dense.ids.length; k++) {
    id += dense.ids[k]
    lat += dense.lats[k]
    lng += dense.lngs[k]
    sink.nodes.add(id, degrees(block.lngOffset, block, lng), degrees(block.latOffset, block, lat))
  }
}

function readWay(pbf: PbfReader, block: Block, sink: OsmSink): void {
  const way = pbf.readMessage(
    (tag, result: { id: number; keys: number[]; values: number[]; refs: number[] }, reader) => {
      if (tag === 1) result.id = reader.readVarint(true)
      else if (tag === 2) reader.readPackedVarint(result.keys)
      else if (tag === 3) reader.readPackedVarint(result.values)
      else if (tag === 8) reader.readPackedSVarint(result.refs)
    },
    { id: 0, keys: [], values: [], refs: [] },
  )
  let ref = 0
  const refs = way.refs.map((step) => (ref += step))
  sink.ways.push({ id: way.id, refs, tags: readTags(way.keys, way.values, block) })
}

function readRelation(pbf: PbfReader, block: Block, sink: OsmSink): void {
  const relation = pbf.readMessage(
    (tag, result: { id: number; keys: number[]; values: number[]; roles: number[]; ids: number[]; types: number[] }, reader) => {
      if (tag === 1) result.id = reader.readVarint(true)
      else if (tag === 2) reader.readPackedVarint(result.keys)
      else if (tag === 3) reader.readPackedVarint(result.values)
      else if (tag === 8) reader.readPackedVarint(result.roles)
      else if (tag === 9) reader.readPackedSVarint(result.ids)
      else if (tag === 10) reader.readPackedVarint(result.types)
    },
    { id: 0, keys: [], values: [], roles: [], ids: [], types: [] },
  )
  const tags = readTags(relation.keys, relation.values, block)
  if (tags === null || (tags['type'] !== 'multipolygon' && tags['type'] !== 'boundary')) return
  let id = 0
  const members = relation.ids.flatMap((step, k) => {
    id += step
    return relation.types[k] === 1 ? [{ way: id, inner: stringAt(block, relation.roles[k]) === 'inner' }] : []
  })
  sink.relations.push({ id: relation.id, tags, members })
}

/** Tags, or null where none of the keys of interest is among them. */
function readTags(keys: readonly number[], values: readonly number[], block: Block): Record<string, string> | null {
  if (!keys.some((key) => KEYS.has(stringAt(block, key)))) return null
  const tags: Record<string, string> = {}
  keys.forEach((key, k) => {
    const name = stringAt(block, key)
    if (name !== '__proto__') tags[storedText(name, 200)] = storedText(stringAt(block, values[k]), 200)
  })
  return tags
}

function stringAt(block: Block, index: number | undefined): string {
  const bytes = index === undefined ? undefined : block.strings[index]
  if (bytes === undefined) throw new ReadRefusal('pbf_broken', { at: 0 })
  return decoder.decode(bytes)
}
