import type { StyleSpecification } from 'maplibre-gl'
import { LAYER_BANDS } from './contracts'
import { anchorId } from './map-updater'
import type { MapPalette } from './palette'

/**
 * The empty style: paper and the anchors of the bands. No glyphs and no sprite: text is drawn from local fonts and
 * icons are made on a canvas, so that nothing is fetched.
 */
export function baseStyle(palette: MapPalette): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': palette.outside } },
      ...LAYER_BANDS.map((band) => ({
        id: anchorId(band),
        type: 'background' as const,
        layout: { visibility: 'none' as const },
      })),
    ],
  }
}

