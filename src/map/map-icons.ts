import { CATEGORY_COLOURS, type MapPalette } from './palette'

const PIXEL_RATIO = 2

type Draw = (context: CanvasRenderingContext2D, size: number) => void

export interface MapIcon {
  readonly id: string
  readonly image: ImageData
  readonly pixelRatio: number
}

/** All pictures of the map, drawn on a canvas: patterns, glyphs of household categories, signs of stations. */
export function drawMapIcons(palette: MapPalette): MapIcon[] {
  const icons: MapIcon[] = [
    makeIcon('hatch', 8, (context, size) => hatch(context, size, palette.unmanaged, 0.55, 1)),
    makeIcon('flip', 8, (context, size) => hatch(context, size, palette.accentDark, 0.75, 2)),
    makeIcon('no-grid', 10, (context, size) => hatch(context, size, palette.danger, 0.6, 1.6)),
  ]
  CATEGORY_GLYPHS.forEach((glyph, code) => icons.push(makeIcon(`category-${code}`, 14, (context) => glyph(context, CATEGORY_COLOURS[code]))))
  for (const [level, sign] of Object.entries(STATION_SIGNS)) {
    icons.push(makeIcon(`station-${level}`, 26, (context, size) => station(context, size, level === 'street_centre', sign, palette)))
  }
  return icons
}

/** One character on the sign of each level of station. */
export const STATION_SIGNS: Readonly<Record<string, string>> = {
  street_centre: '中',
  community_station: '社',
  grid_home: '网',
  compound_point: '驿',
  stairwell_contact: '单',
}

/** Few when far, all when near: a station must not take the room of a community's name. */
export const STATION_ZOOMS: Readonly<Record<string, number>> = {
  street_centre: 12,
  community_station: 14,
  grid_home: 15,
  compound_point: 16,
  stairwell_contact: 16,
}

/** A picture on a field of so many CSS pixels; a square unless a width is given. */
export function makeIcon(id: string, size: number, draw: Draw, width = size): MapIcon {
  const canvas = document.createElement('canvas')
  canvas.width = width * PIXEL_RATIO
  canvas.height = size * PIXEL_RATIO
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('Expected a 2D canvas, got none')
  context.scale(PIXEL_RATIO, PIXEL_RATIO)
  draw(context, size)
  return { id, image: context.getImageData(0, 0, canvas.width, canvas.height), pixelRatio: PIXEL_RATIO }
}

function hatch(context: CanvasRenderingContext2D, size: number, colour: string, opacity: number, width: number): void {
  context.strokeStyle = colour
  context.globalAlpha = opacity
  context.lineWidth = width
  context.beginPath()
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 2, size + 2)
    context.lineTo(shift + size + 2, -2)
  }
  context.stroke()
}

type Glyph = (context: CanvasRenderingContext2D, colour: string) => void

/** Shapes by category code on a 14 px field with centre 7, 7. Shape first, colour second. */
const CATEGORY_GLYPHS: readonly Glyph[] = [
  disc(3),
  polygon([[7, 1.6], [12.6, 11.6], [1.4, 11.6]]),
  polygon([[2.4, 2.4], [11.6, 2.4], [11.6, 11.6], [2.4, 11.6]]),
  polygon([[7, 1], [13, 7], [7, 13], [1, 7]], '#4A4200'),
  polygon([[5, 1.4], [9, 1.4], [9, 5], [12.6, 5], [12.6, 9], [9, 9], [9, 12.6], [5, 12.6], [5, 9], [1.4, 9], [1.4, 5], [5, 5]]),
  polygon(
    Array.from({ length: 10 }, (_, k): [number, number] => {
      const radius = k % 2 ? 2.6 : 6.2
      const angle = -Math.PI / 2 + (k * Math.PI) / 5
      return [7 + radius * Math.cos(angle), 7.4 + radius * Math.sin(angle)]
    }),
  ),
  disc(4.8),
  split,
]

function disc(radius: number): Glyph {
  return (context, colour) => {
    context.beginPath()
    context.arc(7, 7, radius, 0, 2 * Math.PI)
    fill(context, colour)
  }
}

function polygon(points: readonly (readonly [number, number])[], line = '#FFFFFF'): Glyph {
  return (context, colour) => {
    context.beginPath()
    points.forEach(([x, y], k) => (k ? context.lineTo(x, y) : context.moveTo(x, y)))
    context.closePath()
    fill(context, colour, line)
  }
}

function fill(context: CanvasRenderingContext2D, colour: string, line = '#FFFFFF'): void {
  context.lineJoin = 'round'
  context.lineWidth = line === '#FFFFFF' ? 2 : 1.2
  context.strokeStyle = line
  context.stroke()
  context.fillStyle = colour
  context.fill()
}

/** Two or more tags: a disc of two halves. */
function split(context: CanvasRenderingContext2D): void {
  disc(5.2)(context, '#FFFFFF')
  context.fillStyle = CATEGORY_COLOURS[1]
  context.beginPath()
  context.arc(7, 7, 5.2, Math.PI / 2, (3 * Math.PI) / 2)
  context.fill()
  context.fillStyle = CATEGORY_COLOURS[5]
  context.beginPath()
  context.arc(7, 7, 5.2, -Math.PI / 2, Math.PI / 2)
  context.fill()
  context.strokeStyle = '#FFFFFF'
  context.lineWidth = 1.2
  context.beginPath()
  context.moveTo(7, 1)
  context.lineTo(7, 13)
  context.stroke()
}

function station(context: CanvasRenderingContext2D, size: number, square: boolean, sign: string, palette: MapPalette): void {
  context.fillStyle = square ? palette.accentDark : palette.accent
  context.strokeStyle = '#FFFFFF'
  context.lineWidth = 2
  context.beginPath()
  if (square) context.roundRect(2, 2, size - 4, size - 4, 4)
  else context.arc(size / 2, size / 2, 10.5, 0, 2 * Math.PI)
  context.stroke()
  context.fill()
  context.fillStyle = '#FFFFFF'
  context.font = '600 12px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(sign, size / 2, size / 2 + 0.5)
}
