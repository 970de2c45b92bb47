/** Sheets of paper, mm; each is a page size of its own when printed (`PaperSheet.vue`). */
export const PAPERS = {
  a4: { width: 210, height: 297 },
  a3: { width: 297, height: 420 },
  'a4-landscape': { width: 297, height: 210 },
  'a3-landscape': { width: 420, height: 297 },
} as const
export type PaperSize = keyof typeof PAPERS
