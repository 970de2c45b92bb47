import type { XY } from '@/core/units'
import { LineKind, type PlannedGround } from './land/land-model'
import type { LandPlan } from './land/plan-land'

/** Window of a drawing, metres, and its width in pixels. */
export interface DrawingWindow {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  readonly widthPx: number
}

const STROKE: Partial<Record<LineKind, readonly [widthM: number, colour: string]>> = {
  [LineKind.track]: [1.6, '#dcd3bd'], [LineKind.lane]: [2.6, '#ffffff'], [LineKind.village]: [6, '#ffffff'],
  [LineKind.county]: [11, '#ffffff'], [LineKind.minor]: [9, '#ffffff'], [LineKind.main]: [17, '#ffffff'],
  [LineKind.arterial]: [26, '#fdf1c9'], [LineKind.railway]: [5, '#8d8d8d'],
}
const FILL: Readonly<Record<string, string>> = {
  apartments: '#d9c7ad', tower: '#c8a887', courtyard: '#cdbfa8', farmstead: '#cfc3ad', shop: '#e3c4b4', school: '#b8c9df',
  hospital: '#e0b6b6', public: '#c0b8d8', industrial: '#b9b9b9', station: '#b9b9b9',
}

/** Draw planned land as SVG, to look at what the generator makes. */
export function drawLand(plan: LandPlan, window: DrawingWindow, borders: readonly (readonly XY[])[] = []): string {
  const scale = window.widthPx / (window.east - window.west)
  const at = ([x, y]: XY): string => `${((x - window.west) * scale).toFixed(1)},${((window.north - y) * scale).toFixed(1)}`
  const path = (line: readonly XY[], closed: boolean): string => `M${line.map(at).join('L')}${closed ? 'Z' : ''}`
  const parts: string[] = []
  const area = (ring: readonly XY[], style: string): void => void parts.push(`<path d="${path(ring, true)}" ${style}/>`)
  area(plan.outline.ring, 'fill="#f6f4ef" stroke="#2b3a42" stroke-width="2"')
  const grounds: PlannedGround[] = [...plan.townGround.values(), ...plan.villages.map(({ ground }) => ground)]
  for (const { green } of grounds) for (const { ring } of green) area(ring, 'fill="#dbe8cb"')
  for (const { ring } of plan.woods) area(ring, 'fill="#dfe9d2"')
  area(plan.backbone.river.band, 'fill="#bcd8e8"')
  for (const { water } of grounds) for (const { ring } of water) area(ring, 'fill="#bcd8e8"')
  for (const kind of [LineKind.track, LineKind.lane, LineKind.village, LineKind.county, LineKind.minor, LineKind.main, LineKind.arterial, LineKind.railway]) {
    const [widthM, colour] = STROKE[kind]!
    const ofKind = plan.lines.filter((line) => line.kind === kind)
    for (const casing of kind === LineKind.track ? [false] : [true, false]) {
      for (const { line } of ofKind) {
        const width = Math.max(0.5, widthM * scale) + (casing ? 1.2 : 0)
        parts.push(`<path d="${path(line, false)}" fill="none" stroke="${casing ? '#c9c2b4' : colour}" stroke-width="${width.toFixed(2)}" stroke-linejoin="round"/>`)
      }
    }
  }
  for (const { compounds } of grounds) {
    for (const { ring, status } of compounds) area(ring, `fill="${status === 'unmanaged' ? '#f3d9b8' : '#efe9dc'}" stroke="#8a8272" stroke-dasharray="4 2" stroke-width="0.8"`)
  }
  for (const ground of grounds) {
    for (const { line, kind } of ground.lines) if (kind === LineKind.lane) parts.push(`<path d="${path(line, false)}" fill="none" stroke="#fff" stroke-width="${(3.4 * scale).toFixed(2)}"/>`)
    for (const { ring, kind } of ground.buildings) area(ring, `fill="${FILL[kind]}" stroke="#8f8371" stroke-width="0.4"`)
  }
  for (const ring of borders) area(ring, 'fill="none" stroke="#0e7c7b" stroke-width="2.2"')
  const heightPx = Math.round((window.north - window.south) * scale)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${window.widthPx}" height="${heightPx}" viewBox="0 0 ${window.widthPx} ${heightPx}"><rect width="100%" height="100%" fill="#e9e6df"/>${parts.join('')}</svg>`
}
