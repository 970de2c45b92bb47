import { classOf } from '@/algorithms/density/class-bounds'
import type { LandFrame } from '@/core/land-frame'
import { toDegrees } from '@/core/places-in-metres'
import type { MapEngine } from '@/map/contracts'
import { AMOUNT_COLOURS, type HeatMeasure } from './heat-classes'
import type { KernelRaster } from '@/algorithms/density/raster-kernel'
import type { Hotspots } from './jobs/hotspots/hotspots-model'
import { draw, ISSUES_SOURCE } from './layers'

const OPACITY = 0.75

/** Density as a picture over the street, and along its streets: in the classes of the legend, the same at every zoom. */
export function createHeatPicture(map: MapEngine) {
  let drawn: KernelRaster | null = null
  let takeAway: (() => void) | null = null
  /** A source keeps its picture and its corners: another raster is another source. */
  let made = 0

  function showDensity(frame: LandFrame, raster: KernelRaster, bounds: readonly number[]): void {
    if (drawn === raster && takeAway) return
    hideDensity()
    drawn = raster
    const canvas = document.createElement('canvas')
    canvas.width = raster.width
    canvas.height = raster.height
    canvas.getContext('2d')?.putImageData(paintRaster(raster, bounds), 0, 0)
    const id = `${ISSUES_SOURCE.density}:${++made}`
    const [west, south] = toDegrees(frame, raster.originXM - raster.pixelM / 2, raster.originYM - raster.pixelM / 2)
    const [east, north] = toDegrees(frame, raster.originXM + (raster.width - 0.5) * raster.pixelM, raster.originYM + (raster.height - 0.5) * raster.pixelM)
    map.putSource(id, { type: 'canvas', canvas, animate: false, coordinates: [[west, north], [east, north], [east, south], [west, south]] })
    const removeLayer = map.addLayers('theme', [{ id: `${id}:raster`, type: 'raster', source: id, paint: { 'raster-opacity': OPACITY, 'raster-fade-duration': 0, 'raster-resampling': 'nearest' } }])
    takeAway = () => {
      removeLayer()
      map.dropSource(id)
    }
  }

  function hideDensity(): void {
    takeAway?.()
    takeAway = null
  }

  function showStreets(frame: LandFrame, { streets, streetBounds }: Hotspots): void {
    const features: GeoJSON.Feature[] = []
    streets?.per100M.forEach((value, piece) => {
      const step = classOf(streetBounds, value)
      if (step < 0) return
      const [x0, y0, x1, y1] = streets.endsXYM.subarray(4 * piece, 4 * piece + 4)
      features.push({ type: 'Feature', properties: { colour: AMOUNT_COLOURS[step] }, geometry: { type: 'LineString', coordinates: [[...toDegrees(frame, x0, y0)], [...toDegrees(frame, x1, y1)]] } })
    })
    draw(map, ISSUES_SOURCE.streets, features)
  }

  return {
    show(frame: LandFrame, result: Hotspots | null, measure: HeatMeasure): void {
      if (result && measure === 'density') showDensity(frame, result.density, result.densityBounds)
      else hideDensity()
      if (result && measure === 'streets') showStreets(frame, result)
      else draw(map, ISSUES_SOURCE.streets, [])
    },
    end: hideDensity,
  }
}

/** Pixels of a raster in the colours of their classes, from the north; nothing below the lowest class. */
function paintRaster({ width, height, perHa }: KernelRaster, bounds: readonly number[]): ImageData {
  const image = new ImageData(width, height)
  const colours = AMOUNT_COLOURS.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)))
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const step = classOf(bounds, perHa[row * width + column])
      if (step < 0) continue
      image.data.set([...colours[step], 255], 4 * ((height - 1 - row) * width + column))
    }
  }
  return image
}
