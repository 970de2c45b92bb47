import type { NoticeBlock } from './notice-blocks'
import { emWidth, wrapEm } from './text-width'

/**
 * Measures of the notice, mm. Chinese signs of 6.4 mm (18 point) are seen under 11 minutes of arc at two metres; strokes of a
 * common sign are told apart from about 10 on.
 */
export const NOTICE = {
  margin: 12, head: 34, foot: 9, gap: 9, columns: 3,
  /** Size of type (em) and height of the line: households, addresses of buildings, members. */
  em: 6.35, line: 8.2, headEm: 8.2, headLine: 12, blockGap: 4,
} as const

/** A line of a block: the address of a building, or households side by side in so many cells. */
export type NoticeLine = { readonly kind: 'place'; readonly text: string } | { readonly kind: 'cells'; readonly cells: readonly string[]; readonly across: number }

export interface PlacedBlock {
  readonly block: NoticeBlock
  readonly lines: readonly NoticeLine[]
  /** The block began on an earlier page: it has more households than a page holds. */
  readonly isContinued: boolean
}

/** A page of the list: columns of whole blocks, or one block over the whole width. */
export interface NoticePage {
  readonly columns: readonly (readonly PlacedBlock[])[]
  readonly isWide: boolean
}

export interface NoticeFrame {
  /** Room for the list on a page, mm. */
  readonly width: number
  readonly height: number
}

const CELL_GAP_EM = 0.9
const MOST_CELLS = 8

/** Lines of a block in a column of a width (mm): households aligned in cells as wide as the widest of their building. */
export function blockLines(block: NoticeBlock, widthMm: number): NoticeLine[] {
  const most = widthMm / NOTICE.em
  return block.places.flatMap(({ place, entries }) => {
    const widest = Math.max(...entries.map(emWidth)) + CELL_GAP_EM
    const across = Math.min(MOST_CELLS, Math.max(1, Math.floor((most + CELL_GAP_EM) / widest)))
    const lines: NoticeLine[] = place === '' ? [] : wrapEm(place, most).map((text) => ({ kind: 'place', text }))
    // Where a single entry is longer than the column it takes lines of its own.
    const cells = across === 1 ? entries.flatMap((entry) => wrapEm(entry, most)) : entries
    for (let at = 0; at < cells.length; at += across) lines.push({ kind: 'cells', cells: cells.slice(at, at + across), across })
    return lines
  })
}

const heightOf = (lines: readonly NoticeLine[]): number => NOTICE.headLine + lines.length * NOTICE.line + NOTICE.blockGap

/**
 * Pages of the list. A block is never broken over columns or pages; one too long for a column has a page of its own, over its
 * whole width, and only one too long for that goes on with its name repeated. O(households).
 */
export function pageNotice(blocks: readonly NoticeBlock[], { width, height }: NoticeFrame): NoticePage[] {
  const columnWidth = (width - NOTICE.gap * (NOTICE.columns - 1)) / NOTICE.columns
  const pages: NoticePage[] = []
  let columns: PlacedBlock[][] = []
  let used = Infinity
  const close = () => {
    if (columns.length > 0) pages.push({ columns, isWide: false })
    columns = []
    used = Infinity
  }
  for (const block of blocks) {
    const lines = blockLines(block, columnWidth)
    const tall = heightOf(lines)
    if (tall > height + NOTICE.blockGap) {
      close()
      pages.push(...widePages(block, width, height))
      continue
    }
    if (used + tall > height + NOTICE.blockGap) {
      if (columns.length === NOTICE.columns) close()
      columns.push([])
      used = 0
    }
    columns.at(-1)!.push({ block, lines, isContinued: false })
    used += tall
  }
  close()
  return pages
}

function widePages(block: NoticeBlock, width: number, height: number): NoticePage[] {
  const lines = blockLines(block, width)
  const perPage = Math.max(1, Math.floor((height - NOTICE.headLine) / NOTICE.line))
  const pages: NoticePage[] = []
  for (let at = 0; at < lines.length; at += perPage) {
    pages.push({ isWide: true, columns: [[{ block, lines: lines.slice(at, at + perPage), isContinued: at > 0 }]] })
  }
  return pages
}
