import { toMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'
import { LIGHT } from '@/map/palette'
import { SAMPLE_M, type RouteProgress } from '../operations/follow-route'
import type { RouteLine } from '../operations/route-line'

/** Outlines of a street, made once, in metres of the frame of its land. */
export interface GroundPaths {
  readonly water: Path2D
  readonly green: Path2D
  readonly buildings: Path2D
  readonly paths: Path2D
  readonly streets: Path2D
  readonly roads: Path2D
}

const MAIN_ROADS: readonly string[] = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary']
const FOOTWAYS: readonly string[] = ['footway', 'path', 'steps', 'cycleway', 'track', 'pedestrian']
/** Metres across as drawn; never thinner than a pixel. */
const STREET_M = 6
const ROAD_M = 12

export function makeGroundPaths({ land, streets, buildings, features }: Pick<Scope, 'land' | 'streets' | 'buildings' | 'features'>): GroundPaths {
  const made: GroundPaths = { water: new Path2D(), green: new Path2D(), buildings: new Path2D(), paths: new Path2D(), streets: new Path2D(), roads: new Path2D() }
  const add = (path: Path2D, line: readonly (readonly [number, number])[]): void =>
    line.forEach((position, k) => {
      const [x, y] = toMetres(land.frame, position)
      if (k === 0) path.moveTo(x, y)
      else path.lineTo(x, y)
    })
  for (const { kind, line } of features) if (kind !== 'railway') add(kind === 'water' ? made.water : made.green, line)
  for (const { line, class: kind } of streets) add(MAIN_ROADS.some((road) => kind.startsWith(road)) ? made.roads : FOOTWAYS.includes(kind) ? made.paths : made.streets, line)
  const { count, outlineStart, outline } = buildings
  for (let building = 0; building < count; building++) {
    add(made.buildings, Array.from({ length: outlineStart[building + 1] - outlineStart[building] }, (_, k) => {
      const corner = outlineStart[building] + k
      return [outline[2 * corner], outline[2 * corner + 1]] as const
    }))
  }
  return made
}

/** Where the small map looks: metres at its middle, pixels a metre. */
export interface RouteView {
  readonly x: number
  readonly y: number
  readonly scale: number
}

const MARGIN_PX = 34
const CLOSEST = 1.6

/** The whole of some places on so many pixels; one place alone is seen with what is around it. */
export function viewOf([west, south, east, north]: readonly [number, number, number, number], width: number, height: number): RouteView {
  const scale = Math.min(CLOSEST, (width - 2 * MARGIN_PX) / Math.max(1, east - west), (height - 2 * MARGIN_PX) / Math.max(1, north - south))
  return { x: (west + east) / 2, y: (south + north) / 2, scale: Math.max(scale, 1e-4) }
}

export interface RouteScene {
  readonly ground: GroundPaths | null
  readonly view: RouteView
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  readonly line: RouteLine | null
  readonly progress: RouteProgress | null
  /** Way of the walk in hand, x and y by turns. */
  readonly trailXYM: readonly number[]
  /** Checkpoints: metres, and how they stand. */
  readonly stops: readonly { readonly x: number; readonly y: number; readonly look: 'done' | 'next' | 'later' }[]
  readonly here: { readonly x: number; readonly y: number; readonly accuracyM: number } | null
  readonly font: string
}

const COLOURS = { done: LIGHT.accent, later: '#7a8a90', trail: '#2a66ab', here: '#2a66ab', hereTint: 'rgba(42, 102, 171, 0.18)', ink: LIGHT.inkSecond }
const STOP_PX = 12
const NEXT_PX = 16

/** Draw the route as far as it was come by in full, the rest dotted, checkpoints by number, and where one is. The context is scaled to CSS pixels. */
export function drawRouteMap(context: CanvasRenderingContext2D, scene: RouteScene): void {
  const { view, width, height, ground } = scene
  context.fillStyle = LIGHT.land
  context.fillRect(0, 0, width, height)
  context.save()
  context.translate(width / 2, height / 2)
  context.scale(view.scale, -view.scale)
  context.translate(-view.x, -view.y)
  context.lineJoin = context.lineCap = 'round'
  const px = 1 / view.scale
  if (ground) drawGround(context, ground, px)
  drawLine(context, scene, px)
  context.restore()
  scene.stops.forEach((stop, k) => drawStop(context, scene, stop, k + 1))
  drawHere(context, scene)
}

function drawGround(context: CanvasRenderingContext2D, ground: GroundPaths, px: number): void {
  for (const [path, colour] of [[ground.green, LIGHT.green], [ground.water, LIGHT.water], [ground.buildings, LIGHT.building]] as const) {
    context.fillStyle = colour
    context.fill(path)
  }
  context.strokeStyle = LIGHT.path
  context.lineWidth = Math.max(2, px)
  context.stroke(ground.paths)
  for (const [path, metres] of [[ground.streets, STREET_M], [ground.roads, ROAD_M]] as const) {
    context.strokeStyle = LIGHT.casing
    context.lineWidth = Math.max(metres, px) + 2 * px
    context.stroke(path)
    context.strokeStyle = LIGHT.street
    context.lineWidth = Math.max(metres, px)
    context.stroke(path)
  }
}

function drawLine(context: CanvasRenderingContext2D, { line, progress, trailXYM }: RouteScene, px: number): void {
  if (line) {
    const [done, later] = [new Path2D(), new Path2D()]
    const { xyM, alongM } = line
    for (let k = 1; k < alongM.length; k++) {
      const steps = Math.max(1, Math.round((alongM[k] - alongM[k - 1]) / SAMPLE_M))
      for (let step = 0; step < steps; step++) {
        const [from, to] = [step / steps, (step + 1) / steps]
        const sample = Math.floor((alongM[k - 1] + ((from + to) / 2) * (alongM[k] - alongM[k - 1])) / SAMPLE_M)
        const path = progress?.done[sample] ? done : later
        const [ax, ay, bx, by] = xyM.subarray(2 * k - 2, 2 * k + 2)
        path.moveTo(ax + from * (bx - ax), ay + from * (by - ay))
        path.lineTo(ax + to * (bx - ax), ay + to * (by - ay))
      }
    }
    context.strokeStyle = LIGHT.halo
    context.lineWidth = 8 * px
    context.stroke(later)
    context.stroke(done)
    context.strokeStyle = COLOURS.later
    context.lineWidth = 4 * px
    context.setLineDash([0.1 * px, 7 * px])
    context.stroke(later)
    context.setLineDash([])
    context.strokeStyle = COLOURS.done
    context.lineWidth = 5 * px
    context.stroke(done)
  }
  if (trailXYM.length < 4) return
  context.beginPath()
  for (let k = 0; k < trailXYM.length; k += 2) context[k === 0 ? 'moveTo' : 'lineTo'](trailXYM[k], trailXYM[k + 1])
  context.strokeStyle = COLOURS.trail
  context.lineWidth = 1.5 * px
  context.stroke()
}

const toPixel = ({ view, width, height }: RouteScene, x: number, y: number): [number, number] => [width / 2 + (x - view.x) * view.scale, height / 2 - (y - view.y) * view.scale]

function drawStop(context: CanvasRenderingContext2D, scene: RouteScene, { x, y, look }: RouteScene['stops'][number], number: number): void {
  const [left, top] = toPixel(scene, x, y)
  context.beginPath()
  context.arc(left, top, look === 'next' ? NEXT_PX : STOP_PX, 0, Math.PI * 2)
  context.fillStyle = look === 'done' ? COLOURS.done : '#ffffff'
  context.fill()
  context.strokeStyle = look === 'done' ? '#ffffff' : look === 'next' ? COLOURS.done : COLOURS.later
  context.lineWidth = look === 'next' ? 3 : 2
  context.stroke()
  context.font = `600 ${look === 'next' ? 15 : 12}px ${scene.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = look === 'done' ? '#ffffff' : COLOURS.ink
  context.fillText(String(number), left, top + 0.5)
}

function drawHere(context: CanvasRenderingContext2D, scene: RouteScene): void {
  if (!scene.here) return
  const [left, top] = toPixel(scene, scene.here.x, scene.here.y)
  context.beginPath()
  context.arc(left, top, Math.max(14, scene.here.accuracyM * scene.view.scale), 0, Math.PI * 2)
  context.fillStyle = COLOURS.hereTint
  context.fill()
  context.beginPath()
  context.arc(left, top, 7, 0, Math.PI * 2)
  context.fillStyle = COLOURS.here
  context.fill()
  context.strokeStyle = '#ffffff'
  context.lineWidth = 2.5
  context.stroke()
}
