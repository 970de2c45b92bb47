import type { Scope } from '@/core/scope'
import { splitFootprint } from '@/map/footprint'
import { extentOf, PAPER_AROUND_M, paperGround, paperMetres, type PaperExtent, type PaperGround } from '@/map/paper-ground'
import { scaleBar, type ScaleBar } from '@/ui/scale-bar'

/** A map on paper: paths in millimetres, y downwards, to be clipped to its size. */
export interface NoticeMap extends Pick<PaperGround, 'width' | 'height' | 'streets' | 'water' | 'border' | 'streetNames' | 'metresPerMm'> {
  /** Buildings with households, each cut into shares of its members; `NOBODY`: households without a member. */
  readonly houses: readonly { readonly path: string; readonly colour: number }[]
  /** Every other building. */
  readonly others: string
  readonly labels: readonly NoticeLabel[]
  readonly bar: ScaleBar
}

export interface NoticeLabel {
  /** Number of the member on the notice. */
  readonly number: number
  readonly x: number
  readonly y: number
  readonly size: number
  /** Where the building is, when the number had to stand beside it. */
  readonly from: { readonly x: number; readonly y: number } | null
}

/** Members of a building by building index: number on the notice (0: nobody) and households there. */
export type HousesByBuilding = ReadonlyMap<number, readonly { readonly number: number; readonly households: number }[]>

/** Colours on paper: light enough for dark numbers, told apart by neighbours, never the only sign. */
export const NOTICE_COLOURS: readonly string[] = ['#A9C5E2', '#F2C894', '#BBD69A', '#D9B8DD', '#EBDD87', '#F0B2A8', '#A5D8D1', '#D8C7B0']
/** Of buildings whose households nobody has: hatched. */
export const NOBODY = -1

/** Digits a member's number is at least high, mm: seen at two metres. */
const LEAST_SIZE = 4.6
const SMALL_SIZE = 3.4
const MOST_SIZE = 9
const NEAR_M = 45
const DIGIT_EM = 0.62

/** Part of a footprint, metres. */
interface Share {
  readonly number: number
  readonly ring: readonly (readonly [number, number])[]
}

/** A sheet is drawn at this scale or larger: at 1:2000 a row of houses 12 m deep holds digits 5 mm high. */
const LEAST_METRES_PER_MM = 2
const MOST_SHEETS_ACROSS = 4

interface PaperFrame {
  readonly width: number
  readonly height: number
}

/**
 * Maps of the buildings of an area, each with the numbers of the members whose households live there; as many sheets, west to
 * east and north to south, as keep them readable. Every number stands at least once a sheet it has houses on. O(buildings²)
 * for the colours of neighbours.
 */
export function makeNoticeMaps(scope: Scope, community: number, houses: HousesByBuilding, { width, height }: PaperFrame): NoticeMap[] {
  const { buildings, land } = scope
  const metres = paperMetres(scope)
  const shares = [...houses].flatMap(([k, list]) => {
    const outline = buildings.outline.subarray(2 * buildings.outlineStart[k], 2 * buildings.outlineStart[k + 1])
    const parts = splitFootprint(outline, list.map(({ households }) => households), land.frame)
    return list.map(({ number }, at): Share => ({ number, ring: parts[at].map(([lng, lat]) => metres(lng, lat)) }))
  })
  const colours = colourNumbers(shares)
  const box = extentOf(shares.flatMap(({ ring }) => ring))
  const [wide, high] = [box.x1 - box.x0, box.y1 - box.y0]
  const sheetsOf = (lengthM: number, paperMm: number) => Math.min(MOST_SHEETS_ACROSS, Math.max(1, Math.ceil(lengthM / (paperMm * LEAST_METRES_PER_MM - 2 * PAPER_AROUND_M))))
  const [across, down] = [sheetsOf(wide, width), sheetsOf(high, height)]
  const sheets: NoticeMap[] = []
  for (let row = down - 1; row >= 0; row--) {
    for (let column = 0; column < across; column++) {
      const [x0, y0] = [box.x0 + (column * wide) / across, box.y0 + (row * high) / down]
      const sheet = { x0, y0, x1: x0 + wide / across, y1: y0 + high / down }
      const isOn = ({ ring }: Share) => {
        const { x0: a, x1: c, y0: b, y1: d } = extentOf(ring)
        const [x, y] = [(a + c) / 2, (b + d) / 2]
        return x >= sheet.x0 && y >= sheet.y0 && (x < sheet.x1 || column === across - 1) && (y < sheet.y1 || row === down - 1)
      }
      const own = shares.filter(isOn)
      if (own.length > 0) sheets.push(drawSheet(scope, community, own, shares, colours, houses, sheet, { width, height }))
    }
  }
  return sheets
}

function drawSheet(
  scope: Scope,
  community: number,
  own: readonly Share[],
  shares: readonly Share[],
  colours: ReadonlyMap<number, number>,
  houses: HousesByBuilding,
  box: PaperExtent,
  paper: PaperFrame,
): NoticeMap {
  const { width, height, streets, water, border, streetNames, metresPerMm, buildings: others, toPaper, isNear, pathOf } = paperGround(scope, community, box, paper, houses)
  return {
    width, height, streets, water, border, streetNames, metresPerMm, others,
    bar: scaleBar(metresPerMm, width / 2),
    houses: shares.filter(({ ring }) => ring.some(isNear)).map(({ number, ring }) => ({ path: pathOf(ring, true), colour: colours.get(number) ?? NOBODY })),
    labels: placeLabels(own.map(({ number, ring }) => ({ number, box: extentOf(ring.map(toPaper)) })), width, height),
  }
}

/** Colour by number: none shares one with a number whose buildings are near, as long as there are colours. */
function colourNumbers(shares: readonly Share[]): Map<number, number> {
  const centres = shares.map(({ number, ring }) => {
    const { x0, y0, x1, y1 } = extentOf(ring)
    return { number, x: (x0 + x1) / 2, y: (y0 + y1) / 2 }
  })
  const near = new Map<number, Set<number>>()
  for (const a of centres) {
    const set = near.get(a.number) ?? new Set<number>()
    near.set(a.number, set)
    for (const b of centres) if (b.number !== a.number && Math.hypot(a.x - b.x, a.y - b.y) < NEAR_M) set.add(b.number)
  }
  const colours = new Map<number, number>()
  for (const number of [...near.keys()].filter((one) => one > 0).sort((a, b) => a - b)) {
    const used = NOTICE_COLOURS.map((_, colour) => [...near.get(number)!].filter((other) => colours.get(other) === colour).length)
    // Colours take turns, so that a village is not painted in the first two.
    const turn = (colour: number) => (colour - (number % NOTICE_COLOURS.length) + NOTICE_COLOURS.length) % NOTICE_COLOURS.length
    colours.set(number, used.map((_, colour) => colour).sort((a, b) => used[a] - used[b] || turn(a) - turn(b))[0])
  }
  return colours
}

const OFFSETS = [[0, 0], [0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1], [0, -2], [0, 2], [-2, 0], [2, 0], [-2, -2], [2, 2]] as const

/** Numbers at their houses: each number once for certain, then wherever there is room. */
function placeLabels(shares: readonly { readonly number: number; readonly box: PaperExtent }[], width: number, height: number): NoticeLabel[] {
  const labels: NoticeLabel[] = []
  const taken: PaperExtent[] = []
  const stands = new Set<number>()
  const isFree = (box: PaperExtent) =>
    box.x0 >= 0 && box.y0 >= 0 && box.x1 <= width && box.y1 <= height &&
    taken.every((one) => one.x0 >= box.x1 || one.x1 <= box.x0 || one.y0 >= box.y1 || one.y1 <= box.y0)
  const put = (at: number, least: number, mustStand: boolean): void => {
    const { number, box: { x0, y0, x1, y1 } } = shares[at]
    const letters = String(number).length * DIGIT_EM
    const size = Math.min(MOST_SIZE, Math.max(least, Math.min((y1 - y0) * 0.9, ((x1 - x0) * 0.9) / letters)))
    const [cx, cy, w, h] = [(x0 + x1) / 2, (y0 + y1) / 2, letters * size, size * 0.8]
    const boxAt = ([dx, dy]: readonly [number, number]) => {
      const [x, y] = [cx + dx * (w / 2 + (x1 - x0) / 2), cy + dy * (h / 2 + (y1 - y0) / 2)]
      return { x0: x - w / 2, y0: y - h / 2, x1: x + w / 2, y1: y + h / 2 }
    }
    const free = (mustStand ? OFFSETS : OFFSETS.slice(0, 1)).find((offset) => isFree(boxAt(offset)))
    if (!free && !mustStand) return
    const box = boxAt(free ?? [0, 0])
    taken.push(box)
    stands.add(at)
    const isBeside = free !== undefined && (free[0] !== 0 || free[1] !== 0)
    labels.push({ number, x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, size, from: isBeside ? { x: cx, y: cy } : null })
  }
  const areaOf = (at: number) => (shares[at].box.x1 - shares[at].box.x0) * (shares[at].box.y1 - shares[at].box.y0)
  const bySize = shares.map((_, at) => at).filter((at) => shares[at].number > 0).sort((a, b) => areaOf(b) - areaOf(a) || a - b)
  const first = new Set<number>()
  for (const at of bySize) {
    if (first.has(shares[at].number)) continue
    first.add(shares[at].number)
    put(at, LEAST_SIZE, true)
  }
  for (const at of bySize) if (!stands.has(at)) put(at, SMALL_SIZE, false)
  return labels
}
