import { makeIcon, type MapIcon } from './map-icons'

/** How a checkpoint stands: not due; due and not come by; probably come by; come by. The shape of the sign says which. */
export const CHECKPOINT_STANDS = ['idle', 'due', 'probable', 'visited'] as const
export type CheckpointStand = (typeof CHECKPOINT_STANDS)[number]

const INK = '#1B2529'
const ACCENT = '#0E7C7B'
const DANGER = '#B3261E'
const GREY = '#67747A'

/** Name of the picture of a checkpoint. */
export const checkpointIcon = (stand: CheckpointStand): string => `checkpoint:${stand}`
export const GATE_ICON = 'patrol:gate'

/**
 * Pictures of patrols by name: `route:3/0072B2`, the number of a route on its colour; `checkpoint:due` and its like, a flag in a
 * square; `patrol:gate`, a shut gate; `island:2`. Null for any other name.
 */
export function drawPatrolIcon(name: string): MapIcon | null {
  const route = /^route:(\d+)\/([0-9A-F]{6})$/i.exec(name)
  if (route) return makeIcon(name, 24, (context) => numbered(context, route[1], `#${route[2]}`))
  const island = /^island:(\d+)$/.exec(name)
  if (island) return makeIcon(name, 24, (context) => boxed(context, island[1]))
  const stand = CHECKPOINT_STANDS.find((one) => name === checkpointIcon(one))
  if (stand) return makeIcon(name, 26, (context) => checkpoint(context, stand))
  return name === GATE_ICON ? makeIcon(name, 24, gate) : null
}

function numbered(context: CanvasRenderingContext2D, number: string, colour: string): void {
  context.beginPath()
  context.arc(12, 12, 9, 0, 2 * Math.PI)
  context.lineWidth = 4
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.fillStyle = colour
  context.fill()
  write(context, number, 12, '#FFFFFF')
}

function boxed(context: CanvasRenderingContext2D, number: string): void {
  context.beginPath()
  context.roundRect(3, 3, 18, 18, 3)
  context.fillStyle = '#FFFFFF'
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = DANGER
  context.stroke()
  write(context, number, 12, DANGER)
}

function write(context: CanvasRenderingContext2D, text: string, middle: number, colour: string): void {
  context.fillStyle = colour
  context.font = `600 ${text.length > 2 ? 9 : 12}px Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(text, middle, middle + 0.5)
}

/** A square on its corner: hollow where due, half where probable, full with a tick where come by; grey where not due. */
function checkpoint(context: CanvasRenderingContext2D, stand: CheckpointStand): void {
  const colour = stand === 'idle' ? GREY : stand === 'due' ? DANGER : ACCENT
  const corner = (): void => {
    context.beginPath()
    for (const [x, y] of [[13, 3], [23, 13], [13, 23], [3, 13]]) context.lineTo(x, y)
    context.closePath()
  }
  corner()
  context.lineJoin = 'round'
  context.lineWidth = 5
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.fillStyle = stand === 'visited' ? colour : '#FFFFFF'
  context.fill()
  if (stand === 'probable') {
    context.save()
    corner()
    context.clip()
    context.fillStyle = colour
    context.fillRect(0, 13, 26, 13)
    context.restore()
  }
  corner()
  context.lineWidth = 2.2
  context.strokeStyle = colour
  context.stroke()
  context.beginPath()
  context.lineWidth = 2
  if (stand === 'visited') {
    context.strokeStyle = '#FFFFFF'
    context.moveTo(9, 13)
    context.lineTo(12, 16)
    context.lineTo(17, 10)
  } else {
    context.strokeStyle = stand === 'idle' ? GREY : INK
    context.moveTo(11, 18)
    context.lineTo(11, 9)
    context.lineTo(16, 11)
    context.lineTo(11, 13)
  }
  context.stroke()
}

/** A disc with a bar: nobody goes through. */
function gate(context: CanvasRenderingContext2D): void {
  context.beginPath()
  context.arc(12, 12, 8.5, 0, 2 * Math.PI)
  context.lineWidth = 4
  context.strokeStyle = '#FFFFFF'
  context.stroke()
  context.fillStyle = DANGER
  context.fill()
  context.fillStyle = '#FFFFFF'
  context.fillRect(6.5, 10.2, 11, 3.6)
}
