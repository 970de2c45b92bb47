import { makeIcon, type MapIcon } from './map-icons'

/** States of a slip in their order; the shape of the sign says which: ○ ◐ ◕ ●. */
export const SLIP_STATES = ['reported', 'claimed', 'supervised', 'published'] as const
/** Part of the disc that is filled, by state. */
export const SLIP_FILLED: readonly number[] = [0, 1 / 2, 3 / 4, 1]
/** Shades of the parts of a cluster's ring, light to dark as a slip goes its way; no hue is needed to tell them apart. */
export const SLIP_SHADES: readonly string[] = ['#FFFFFF', '#C3CDD1', '#74848B', '#1B2529']

const INK = '#1B2529'
const OVERDUE = '#B3261E'
const SIZE = 26
const RADIUS = 6.6
const OVERDUE_RADIUS = RADIUS + 3.4
const CLUSTER_SIZE = 40
const CLUSTER_RADIUS = 15
const RING = 6
/** Parts that a cluster's ring is rounded to: few enough pictures, fine enough for the eye. */
export const RING_PARTS = 12

/** Name of the picture of a slip. */
export const slipIcon = (state: number, isOverdue: boolean): string => `slip:${SLIP_STATES[state]}${isOverdue ? ':overdue' : ''}`

/** Pictures of slips by state, with and without the ring of those overdue. */
export function drawSlipIcons(): MapIcon[] {
  return SLIP_STATES.flatMap((_, state) => [false, true].map((isOverdue) => makeIcon(slipIcon(state, isOverdue), SIZE, (context) => slip(context, state, isOverdue))))
}

/**
 * The picture of a cluster named `slips:3/0/7/2` or `slips:3/0/7/2:overdue`: a ring parted as the numbers are, by state,
 * round a white disc for the count. Null for any other name.
 */
export function drawClusterIcon(name: string): MapIcon | null {
  const found = /^slips:(\d+)\/(\d+)\/(\d+)\/(\d+)(:overdue)?$/.exec(name)
  if (!found) return null
  const parts = found.slice(1, 5).map(Number)
  return makeIcon(name, CLUSTER_SIZE, (context) => cluster(context, parts, found[5] !== undefined))
}

function slip(context: CanvasRenderingContext2D, state: number, isOverdue: boolean): void {
  const middle = SIZE / 2
  if (isOverdue) {
    disc(context, middle, OVERDUE_RADIUS + 1, '#FFFFFF')
    circle(context, middle, OVERDUE_RADIUS, OVERDUE, 2)
  }
  disc(context, middle, RADIUS + 1.6, '#FFFFFF')
  if (SLIP_FILLED[state] > 0) sector(context, middle, RADIUS, 0, SLIP_FILLED[state], INK)
  circle(context, middle, RADIUS, INK, 1.6)
}

function cluster(context: CanvasRenderingContext2D, parts: readonly number[], isOverdue: boolean): void {
  const middle = CLUSTER_SIZE / 2
  const total = parts.reduce((sum, part) => sum + part, 0)
  disc(context, middle, CLUSTER_RADIUS + 2, '#FFFFFF')
  if (isOverdue) circle(context, middle, CLUSTER_RADIUS + 3, OVERDUE, 2)
  let from = 0
  parts.forEach((part, state) => {
    const to = from + part / Math.max(1, total)
    if (part > 0) sector(context, middle, CLUSTER_RADIUS, from, to, SLIP_SHADES[state])
    from = to
  })
  circle(context, middle, CLUSTER_RADIUS, INK, 1.2)
  disc(context, middle, CLUSTER_RADIUS - RING, '#FFFFFF')
  circle(context, middle, CLUSTER_RADIUS - RING, INK, 1)
}

/** Part of a disc, clockwise from the top; from and to in turns. */
function sector(context: CanvasRenderingContext2D, middle: number, radius: number, from: number, to: number, colour: string): void {
  context.fillStyle = colour
  context.beginPath()
  context.moveTo(middle, middle)
  context.arc(middle, middle, radius, (from - 0.25) * 2 * Math.PI, (to - 0.25) * 2 * Math.PI)
  context.closePath()
  context.fill()
}

function disc(context: CanvasRenderingContext2D, middle: number, radius: number, colour: string): void {
  context.fillStyle = colour
  context.beginPath()
  context.arc(middle, middle, radius, 0, 2 * Math.PI)
  context.fill()
}

function circle(context: CanvasRenderingContext2D, middle: number, radius: number, colour: string, width: number): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  context.arc(middle, middle, radius, 0, 2 * Math.PI)
  context.stroke()
}
