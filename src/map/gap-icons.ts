import type { GapReason } from '@/core/coverage/gap'
import type { Station } from '@/core/scope'
import { makeIcon, STATION_SIGNS, type MapIcon } from './map-icons'

/** Path of the sign of each reason on a 24 px field, drawn with round lines; the shape says which, whatever the colour. */
export const GAP_SHAPES: Readonly<Record<GapReason, string>> = {
  no_grid: 'M4 8V4h4M10.500 4h3M16 4h4v4M20 10.500v3M20 16v4h-4M13.500 20h-3M8 20H4v-4M4 13.500v-3',
  no_worker: 'M5 4h14v16H5zM9.500 10a2.500 2.500 0 1 0 5 0a2.500 2.500 0 1 0 -5 0M8 17.500a4 4 0 0 1 8 0',
  compound_unmanaged: 'M3.500 12 12 4.500l8.500 7.500M6 10v10h12v-10M9 17.500l6-5.500',
  no_member: 'M8.500 7.500a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0 -7 0M5 20.500a7 7 0 0 1 14 0M4 4l16 16',
  member_overloaded: 'M3.500 20h17M6 15.500h12M8.500 11h7M12 7.500v-4M9.500 5.500 12 3l2.500 2.500',
  visit_overdue: 'M3.500 12a8.500 8.500 0 1 0 17 0a8.500 8.500 0 1 0 -17 0M12 7v5.500l3.500 2',
  station_too_far: 'M3 12h18M7 7.500 2.500 12 7 16.500M17 7.500l4.500 4.500-4.500 4.500',
  not_patrolled: 'M4 20h.1M7.500 16.500l2-2M11.500 12.500l2-2M15.500 8.500l2-2M20 4h.1M3.500 16.500V20.500h4M16.500 3.500h4v4',
}
const REASONS = Object.keys(GAP_SHAPES) as GapReason[]

/** How a station stands in what is asked: as usual, shut at the hour, or reached by more than it has room for. */
export const STATION_STANDS = ['usual', 'shut', 'full'] as const
export type StationStand = (typeof STATION_STANDS)[number]

const INK = '#1B2529'
const DANGER = '#B3261E'
const ACCENT = '#0E7C7B'
const ACCENT_DARK = '#0A5F5E'
const FONT = 'Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

const SIGN_HEIGHT = 34
const DIGIT = 7.6
const LEFT = 5
const STATION_SIZE = 28

/** Name of the picture of households in gap. `several`: there are other main reasons too. */
export const gapIcon = (reason: GapReason, count: number, several: boolean, isOn: boolean): string => `gap:${reason}${several ? '+' : ''}/${count}${isOn ? '!' : ''}`
/** Name of the picture of a station. */
export const stationIcon = (level: Station['level'], stand: StationStand): string => (stand === 'usual' ? `station-${level}` : `station-${level}:${stand}`)
/** A door that could not be brought onto the streets. */
export const UNSNAPPED_ICON = 'gap:unsnapped'

/**
 * Pictures of the unserved by name: `gap:visit_overdue/38`, a white sign with the reason and the number, `gap:visit_overdue+/38` where there
 * are other reasons, with `!` where it is chosen; `station-grid_home:shut` and the like; `gap:unsnapped`. Null for any other name.
 */
export function drawGapIcon(name: string): MapIcon | null {
  const gap = /^gap:([a-z_]+)(\+?)\/(\d+)(!?)$/.exec(name)
  const reason = REASONS.find((one) => one === gap?.[1])
  if (gap && reason) {
    const text = Number(gap[3]).toLocaleString('en-US')
    return makeIcon(name, SIGN_HEIGHT, (context) => sign(context, reason, text, gap[2] !== '', gap[4] !== ''), signWidth(text))
  }
  const station = /^station-([a-z_]+):(shut|full)$/.exec(name)
  if (station && STATION_SIGNS[station[1]]) return makeIcon(name, STATION_SIZE, (context) => (station[2] === 'shut' ? shut : full)(context, station[1]))
  return name === UNSNAPPED_ICON ? makeIcon(name, 20, unsnapped) : null
}

const signWidth = (text: string): number => Math.ceil(2 * LEFT + 33 + DIGIT * text.length)

/** A white sign with a red outline: what is wrong, and for how many households. */
function sign(context: CanvasRenderingContext2D, reason: GapReason, text: string, several: boolean, isOn: boolean): void {
  const width = signWidth(text)
  const box = (inset: number, radius: number): void => {
    context.beginPath()
    context.roundRect(LEFT + inset, 5 + inset, width - 2 * LEFT - 2 * inset, SIGN_HEIGHT - 10 - 2 * inset, radius)
  }
  if (isOn) {
    box(-2.5, 7)
    context.lineWidth = 5
    context.strokeStyle = '#FFFFFF'
    context.stroke()
    context.lineWidth = 3
    context.strokeStyle = ACCENT
    context.stroke()
  }
  box(0, 5)
  context.fillStyle = '#FFFFFF'
  context.fill()
  context.lineWidth = 1.6
  context.strokeStyle = DANGER
  context.stroke()
  context.save()
  context.translate(LEFT + 5, 9)
  context.scale(16 / 24, 16 / 24)
  context.lineWidth = 2.3
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.stroke(new Path2D(GAP_SHAPES[reason]))
  context.restore()
  if (several) {
    // Beneath the number: there is more than the sign tells.
    context.fillStyle = DANGER
    for (const k of [0, 1, 2]) {
      context.beginPath()
      context.arc(width - LEFT - 12 + 3.6 * k, SIGN_HEIGHT - 8.4, 1.05, 0, 2 * Math.PI)
      context.fill()
    }
  }
  context.fillStyle = INK
  context.font = `600 13px ${FONT}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(text, LEFT + 25, SIGN_HEIGHT / 2 + (several ? -1.2 : 0.5))
}

/** The outline of a station's sign: a square for the centre of the street, else a disc. */
function outline(context: CanvasRenderingContext2D, level: string): void {
  const middle = STATION_SIZE / 2
  context.beginPath()
  if (level === 'street_centre') context.roundRect(middle - 10.5, middle - 10.5, 21, 21, 4)
  else context.arc(middle, middle, 10.5, 0, 2 * Math.PI)
}

function write(context: CanvasRenderingContext2D, level: string, colour: string): void {
  context.fillStyle = colour
  context.font = `600 12px ${FONT}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(STATION_SIGNS[level], STATION_SIZE / 2, STATION_SIZE / 2 + 0.5)
}

/** Hollow, with a bar across. */
function shut(context: CanvasRenderingContext2D, level: string): void {
  outline(context, level)
  context.fillStyle = '#FFFFFF'
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = '#67747A'
  context.stroke()
  write(context, level, '#67747A')
  context.beginPath()
  context.moveTo(6, STATION_SIZE - 6)
  context.lineTo(STATION_SIZE - 6, 6)
  context.lineWidth = 2
  context.stroke()
}

/** With a ring of the colour of danger, broken on both sides so that it is a shape too. */
function full(context: CanvasRenderingContext2D, level: string): void {
  outline(context, level)
  context.lineWidth = 2
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.fillStyle = level === 'street_centre' ? ACCENT_DARK : ACCENT
  context.fill()
  write(context, level, '#FFFFFF')
  context.lineWidth = 2.4
  context.strokeStyle = DANGER
  for (const from of [0.1, 1.1]) {
    context.beginPath()
    context.arc(STATION_SIZE / 2, STATION_SIZE / 2, 12.6, from * Math.PI, (from + 0.8) * Math.PI)
    context.stroke()
  }
}

/** A dashed ring with a question mark. */
function unsnapped(context: CanvasRenderingContext2D): void {
  context.beginPath()
  context.arc(10, 10, 7.6, 0, 2 * Math.PI)
  context.fillStyle = '#FFFFFF'
  context.fill()
  context.lineWidth = 1.8
  context.strokeStyle = '#67747A'
  context.setLineDash([3, 2.4])
  context.stroke()
  context.fillStyle = INK
  context.font = `700 11px ${FONT}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText('?', 10, 10.8)
}
