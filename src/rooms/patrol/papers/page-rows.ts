/** Rows of a list on the first page, under its map, and on each further page. */
export const ROWS = { first: 15, further: 38 } as const

/** Rows by page; a list without rows is one page. */
export function pageRows<Row>(rows: readonly Row[], { first, further }: { readonly first: number; readonly further: number } = ROWS): Row[][] {
  const pages = [rows.slice(0, first)]
  for (let at = first; at < rows.length; at += further) pages.push(rows.slice(at, at + further))
  return pages
}
