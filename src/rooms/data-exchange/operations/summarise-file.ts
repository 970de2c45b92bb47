import { suggestSystem } from '../coordinates/suggest-system'
import { isDatav, isOsmTagged, layerOfRow } from '../layers/layer-of-row'
import { matchFields } from '../layers/match-fields'
import type { FileSummary, LayerName, Pair, SourceFeature } from '../model'
import type { ReadOutcome } from '../readers/read-file'
import { pairExtent } from './pair-extent'

/** Fields kept for matching, fields listed of them, and administrative polygons listed for choosing. */
const MOST_FIELDS = 20_000
const LISTED_FIELDS = 300
const MOST_NAMED = 3_000

/** What a file holds, in figures: enough to say which system and layers, without its rows. */
export function summariseFile(name: string, sizeBytes: number, outcome: ReadOutcome): FileSummary {
  const layers: Partial<Record<LayerName | 'unknown', number>> = {}
  const fields = new Set<string>()
  const named: { name: string; code: string; row: number }[] = []
  let osm = outcome.kind === 'osm_pbf'
  let datav = false
  for (const feature of outcome.features) {
    const layer = layerOfRow(feature, name) ?? 'unknown'
    layers[layer] = (layers[layer] ?? 0) + 1
    if (fields.size < MOST_FIELDS) for (const field of Object.keys(feature.properties)) fields.add(field)
    osm ||= isOsmTagged(feature.properties)
    datav ||= isDatav(feature.properties)
  }
  const mapping = matchFields([...fields])
  for (const feature of outcome.features) {
    const type = feature.geometry?.type
    const choosable = feature.geometry === null || layerOfRow(feature, name) === 'boundary'
    const title = mapping.name === null ? undefined : feature.properties[mapping.name]
    if (!choosable || title === undefined || named.length >= MOST_NAMED || type === 'LineString') continue
    named.push({ name: title, code: mapping.code === null ? '' : (feature.properties[mapping.code] ?? ''), row: feature.row })
  }
  const extent = pairExtent(outcome.features)
  const hint = extent === null ? null : suggestSystem(extent, { osm, datav, projection: outcome.projection })
  return {
    name,
    sizeBytes,
    kind: outcome.kind,
    encoding: outcome.encoding,
    rows: outcome.features.length,
    layers,
    fields: [...fields].slice(0, LISTED_FIELDS),
    mapping,
    extent,
    sample: sampleOf(outcome.features, mapping.name),
    suggestedSystem: hint?.system ?? null,
    suggestedBecause: hint?.because ?? null,
    named,
    findings: outcome.findings,
    findingCounts: outcome.findingCounts,
  }
}

/** First pair of the first row that has a name, else of the first row: something a person can look up. */
function sampleOf(features: readonly SourceFeature[], nameField: string | null): FileSummary['sample'] {
  const titleOf = (feature: SourceFeature) => (nameField === null ? undefined : feature.properties[nameField])
  const placed = features.filter((feature) => feature.geometry !== null)
  const chosen = placed.find((feature) => titleOf(feature) !== undefined) ?? placed[0]
  if (chosen === undefined) return null
  let value: unknown = chosen.geometry!.coordinates
  while (Array.isArray(value) && typeof value[0] !== 'number') value = value[0]
  return { name: titleOf(chosen) ?? chosen.sourceId, pair: value as Pair, row: chosen.row }
}
