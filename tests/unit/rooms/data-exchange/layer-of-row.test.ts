import { describe, expect, it } from 'vitest'
import { layerOfRow } from '@/rooms/data-exchange/layers/layer-of-row'
import type { SourceFeature } from '@/rooms/data-exchange/model'

const way = (tags: Record<string, string>): SourceFeature => ({
  row: 1, sourceId: 'way/1', properties: tags, geometry: { type: 'LineString', coordinates: [[117, 36], [117.01, 36.01]] },
})

describe('water given as a line', () => {
  it('is water where it is a river, a canal or a stream', () => {
    for (const waterway of ['river', 'canal', 'stream']) expect(layerOfRow(way({ waterway }), 'x.osm')).toBe('water')
  })

  it('is nothing where it is a ditch or a drain: those divide nobody', () => {
    for (const waterway of ['ditch', 'drain']) expect(layerOfRow(way({ waterway }), 'x.osm')).toBeNull()
  })
})
