import type { LngLat } from '@/core/units'
import { toMetres, toPixel, type PlaceFrame, type PlaceView } from './place-view'
import type { VisitorMap } from './repository'

/** Outlines of a street, made once, in metres about its middle. */
export interface PlacePaths {
  readonly compounds: Path2D
  readonly buildings: Path2D
  readonly streets: Path2D
  readonly roads: Path2D
  readonly borders: Path2D
}

/** A disc with a number, as of slips on the board. */
export interface PlaceMark {
  readonly key: string
  readonly centre: LngLat
  readonly count: number
}

const COLOURS = {
  ground: '#f4f6f6', compound: '#e9eeee', building: '#d3dadb', buildingLine: '#b4bfc2', street: '#ffffff', streetLine: '#d9dede', border: '#5f7379',
  ink: '#1b2529', halo: '#ffffff', pin: '#b3261e', mark: '#0e7c7b', chosen: '#0a5f5e',
}
const MAIN_ROADS: readonly string[] = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary']
/** Metres across a street as it is drawn; never thinner than a pixel. */
const STREET_M = 5
const ROAD_M = 10
/** Pixels a metre from which names of compounds, and outlines of houses, are drawn. */
const NAMES_FROM = 0.35
const HOUSES_FROM = 0.25
const LABEL_GAP_PX = 6

export function makePlacePaths(map: VisitorMap, frame: PlaceFrame): PlacePaths {
  const add = (path: Path2D, flat: readonly number[], isClosed: boolean): void => {
    for (let k = 0; k < flat.length; k += 2) {
      const [x, y] = toMetres(frame, [flat[k], flat[k + 1]])
      if (k === 0) path.moveTo(x, y)
      else path.lineTo(x, y)
    }
    if (isClosed) path.closePath()
  }
  const paths: PlacePaths = { compounds: new Path2D(), buildings: new Path2D(), streets: new Path2D(), roads: new Path2D(), borders: new Path2D() }
  for (const { ring } of map.compounds) add(paths.compounds, ring, true)
  for (const { ring } of map.buildings) add(paths.buildings, ring, true)
  for (const street of map.streets) add(MAIN_ROADS.includes(street.class) ? paths.roads : paths.streets, street.line, false)
  for (const border of map.borders) add(paths.borders, border, false)
  return paths
}

export interface PlaceScene {
  readonly map: VisitorMap
  readonly frame: PlaceFrame
  readonly paths: PlacePaths
  readonly view: PlaceView
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  readonly pin: LngLat | null
  readonly marks: readonly PlaceMark[]
  readonly chosenMark: string | null
  readonly font: string
}

/** Draw the street as it is looked at. The context is scaled to CSS pixels. */
export function drawPlaceMap(context: CanvasRenderingContext2D, scene: PlaceScene): void {
  const { frame, paths, view, width, height } = scene
  context.fillStyle = COLOURS.ground
  context.fillRect(0, 0, width, height)
  context.save()
  context.translate(width / 2, height / 2)
  context.scale(view.scale, -view.scale)
  context.translate(-view.x, -view.y)
  const px = 1 / view.scale
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.fillStyle = COLOURS.compound
  context.fill(paths.compounds)
  for (const [path, metres] of [[paths.streets, STREET_M], [paths.roads, ROAD_M]] as const) {
    context.strokeStyle = COLOURS.streetLine
    context.lineWidth = Math.max(metres, px) + px * 2
    context.stroke(path)
    context.strokeStyle = COLOURS.street
    context.lineWidth = Math.max(metres, px)
    context.stroke(path)
  }
  context.fillStyle = COLOURS.building
  context.fill(paths.buildings)
  if (view.scale > HOUSES_FROM) {
    context.strokeStyle = COLOURS.buildingLine
    context.lineWidth = px
    context.stroke(paths.buildings)
  }
  context.strokeStyle = COLOURS.border
  context.lineWidth = px * 1.5
  context.setLineDash([6 * px, 4 * px])
  context.stroke(paths.borders)
  context.restore()
  drawNames(context, scene)
  for (const mark of scene.marks) drawMark(context, scene, mark)
  if (scene.pin) drawPin(context, toPixel(frame, view, width, height, scene.pin))
}

/** Names where there is room for them, those of communities first. */
function drawNames(context: CanvasRenderingContext2D, { map, frame, view, width, height, font, marks }: PlaceScene): void {
  const taken: [number, number, number, number][] = marks.map(({ centre, count }) => {
    const [x, y] = toPixel(frame, view, width, height, centre)
    const radius = markRadius(count)
    return [x - radius, y - radius, x + radius, y + radius]
  })
  const put = (name: string, centre: LngLat, style: string): void => {
    const [x, y] = toPixel(frame, view, width, height, centre)
    if (x < 0 || y < 0 || x > width || y > height) return
    context.font = `${style} ${font}`
    const half = context.measureText(name).width / 2 + LABEL_GAP_PX
    const box: [number, number, number, number] = [x - half, y - 9, x + half, y + 9]
    if (taken.some(([left, top, right, bottom]) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1])) return
    taken.push(box)
    context.strokeStyle = COLOURS.halo
    context.lineWidth = 3
    context.strokeText(name, x, y)
    context.fillStyle = COLOURS.ink
    context.fillText(name, x, y)
  }
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  for (const { name, centre } of map.communities) put(name, centre, '600 13px')
  if (view.scale > NAMES_FROM) for (const { name, centre } of map.compounds) put(name, centre, '400 12px')
}

export const markRadius = (count: number): number => 11 + Math.min(9, Math.sqrt(count) * 1.5)

function drawMark(context: CanvasRenderingContext2D, { frame, view, width, height, chosenMark, font }: PlaceScene, { key, centre, count }: PlaceMark): void {
  const [x, y] = toPixel(frame, view, width, height, centre)
  context.beginPath()
  context.arc(x, y, markRadius(count), 0, Math.PI * 2)
  context.fillStyle = key === chosenMark ? COLOURS.chosen : COLOURS.mark
  context.fill()
  context.strokeStyle = COLOURS.halo
  context.lineWidth = key === chosenMark ? 4 : 2
  context.stroke()
  context.font = `600 12px ${font}`
  context.fillStyle = '#fff'
  context.fillText(String(count), x, y)
}

function drawPin(context: CanvasRenderingContext2D, [x, y]: readonly [number, number]): void {
  context.beginPath()
  context.moveTo(x, y)
  context.bezierCurveTo(x - 4, y - 10, x - 12, y - 14, x - 12, y - 23)
  context.arc(x, y - 23, 12, Math.PI, 0)
  context.bezierCurveTo(x + 12, y - 14, x + 4, y - 10, x, y)
  context.fillStyle = COLOURS.pin
  context.fill()
  context.strokeStyle = COLOURS.halo
  context.lineWidth = 2
  context.stroke()
  context.beginPath()
  context.arc(x, y - 23, 4.5, 0, Math.PI * 2)
  context.fillStyle = '#fff'
  context.fill()
}
