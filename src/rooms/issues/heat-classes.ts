/** What the colours of the map mean. */
export const HEAT_MEASURES = ['counts', 'rates', 'density', 'hotspots', 'trend', 'streets', 'none'] as const
export type HeatMeasure = (typeof HEAT_MEASURES)[number]
/** Measures whose classes are shares of an amount: light to dark. */
export const AMOUNTS = ['counts', 'rates', 'density', 'streets'] as const
export type AmountMeasure = (typeof AMOUNTS)[number]
export const isAmount = (measure: HeatMeasure): measure is AmountMeasure => (AMOUNTS as readonly string[]).includes(measure)

/** Five classes of an amount, light to dark. */
export const AMOUNT_COLOURS: readonly string[] = ['#FBE8D4', '#F6C99B', '#EBA160', '#CF7230', '#9B4713']
/** Cells whose number would tell of few households: grey, hatched in the legend. */
export const MASKED_COLOUR = '#DDE1E3'
/** Differences: far fewer, fewer, as before, more, far more. */
export const DIFFERENCE_COLOURS: readonly string[] = ['#2A66AB', '#8DB4DD', '#F1F1EC', '#EBA160', '#B4500F']
/** Hot at three levels of confidence, and cold. */
export const SPOT_COLOURS = { hot3: '#8F2D0C', hot2: '#D9733F', hot1: '#F6C99B', none: '#EDEEEA', cold: '#8DB4DD' } as const
export type SpotClass = keyof typeof SPOT_COLOURS

/** q up to these is hot at 99, 95 and 90 %. */
const CONFIDENCE = [0.01, 0.05, 0.1] as const

/** Class of a cell by its q and the side its neighbours lie on; the sign of Gi* may be another, since it counts the cell itself. */
export function spotClass(q: number, side: number): SpotClass {
  const level = CONFIDENCE.findIndex((most) => q <= most)
  if (level < 0 || side === 0) return 'none'
  return side < 0 ? 'cold' : (['hot3', 'hot2', 'hot1'] as const)[level]
}

/** The sign says which; the colour only helps. */
export const TREND_COLOURS = { new: '#C2187A', growing: '#CF7230', steady: '#F6C99B', fading: '#8DB4DD', none: '#EDEEEA' } as const
export const TREND_SIGNS = { new: '✚', growing: '▲', steady: '■', fading: '▼', none: '' } as const
export type TrendClass = keyof typeof TREND_COLOURS

/** A class of whole numbers as it is written: 3–4, or 7 and more. */
export function classRange(edges: readonly number[], k: number, whole: boolean, write: (value: number) => string): { readonly words: string; readonly isOpen: boolean } {
  if (k === edges.length - 1) return { words: write(edges[k]), isOpen: true }
  const to = whole ? edges[k + 1] - 1 : edges[k + 1]
  return { words: whole && to === edges[k] ? write(to) : `${write(edges[k])}–${write(to)}`, isOpen: false }
}
