/** Colours of the map, by theme. Widths and opacities are the style's; a palette is colours only. */
export interface MapPalette {
  readonly land: string
  readonly water: string
  readonly green: string
  readonly street: string
  readonly casing: string
  readonly casingMajor: string
  readonly path: string
  readonly railway: string
  readonly building: string
  readonly buildingLine: string
  readonly wall: string
  readonly unmanaged: string
  readonly gridLine: string
  readonly communityLine: string
  readonly outside: string
  readonly ink: string
  readonly inkSecond: string
  readonly halo: string
  readonly accent: string
  readonly accentDark: string
  readonly danger: string
}

export const LIGHT: MapPalette = {
  land: '#F6F4EF',
  water: '#CFE3EE',
  green: '#E3EBD8',
  street: '#FFFFFF',
  casing: '#D8D2C6',
  casingMajor: '#CFC7B8',
  path: '#DDD7CB',
  railway: '#A9A294',
  building: '#E4DFD5',
  buildingLine: '#CFC8BA',
  wall: '#6B5F4D',
  unmanaged: '#6B5F4D',
  gridLine: '#2B3A42',
  communityLine: '#2B3A42',
  outside: '#FAFAF8',
  ink: '#1B2529',
  inkSecond: '#46545A',
  halo: '#FFFFFF',
  accent: '#0E7C7B',
  accentDark: '#0A5F5E',
  danger: '#B3261E',
}

/** Fills of grids; neighbours never share one (see the colouring in `algorithms/partition`). */
export const GRID_FILLS: readonly string[] = ['#5B84B1', '#C98A3C', '#7A9A4E', '#A37BA8', '#B9A03A', '#C4706A']

/** Household categories in the order of their codes, safe for colour-blind eyes; each has its own glyph too. */
export const CATEGORY_COLOURS: readonly string[] = [
  '#8A8F94',
  '#D55E00',
  '#E69F00',
  '#F0E442',
  '#009E73',
  '#0072B2',
  '#CC79A7',
  '#1B2529',
]
