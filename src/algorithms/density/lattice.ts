/**
 * A fixed tiling of the plane: the same for every period, filter and view, so that a cell keeps its place, its count and its
 * colour. Square cells in columns and rows, or hexagons standing on a corner with every odd row half a cell to the right.
 */
export interface Lattice {
  readonly shape: 'square' | 'hexagon'
  /** Length of a side, metres. */
  readonly sideM: number
  /** Centre of the cell in column 0, row 0: a place of the scope, never of the view; metres. */
  readonly anchorXM: number
  readonly anchorYM: number
}

const ROOT_3 = Math.sqrt(3)

/** Centre of a cell, metres. */
export function cellCentre({ shape, sideM, anchorXM, anchorYM }: Lattice, column: number, row: number): [xM: number, yM: number] {
  if (shape === 'square') return [anchorXM + column * sideM, anchorYM + row * sideM]
  return [anchorXM + (column + (row & 1) / 2) * ROOT_3 * sideM, anchorYM + row * 1.5 * sideM]
}

/** Column and row of the cell that holds a point; of a shared border the same side on every machine. */
export function cellAt({ shape, sideM, anchorXM, anchorYM }: Lattice, xM: number, yM: number): [column: number, row: number] {
  const x = (xM - anchorXM) / sideM
  const y = (yM - anchorYM) / sideM
  if (shape === 'square') return [Math.floor(x + 0.5), Math.floor(y + 0.5)]
  // Axial coordinates, rounded so that the three of them still add up to nothing: the nearest centre.
  const r = y / 1.5
  const q = x / ROOT_3 - r / 2
  let [roundedQ, roundedR] = [Math.round(q), Math.round(r)]
  const roundedS = Math.round(-q - r)
  const [offQ, offR, offS] = [Math.abs(roundedQ - q), Math.abs(roundedR - r), Math.abs(roundedS + q + r)]
  if (offQ > offR && offQ > offS) roundedQ = -roundedR - roundedS
  else if (offR > offS) roundedR = -roundedQ - roundedS
  return [roundedQ + ((roundedR - (roundedR & 1)) >> 1), roundedR]
}

/** Corners of a cell, x, y by turns, counter-clockwise, the first not repeated; metres. */
export function cellCorners(lattice: Lattice, column: number, row: number): Float64Array {
  const [x, y] = cellCentre(lattice, column, row)
  const { sideM } = lattice
  const corners = lattice.shape === 'square' ? SQUARE : HEXAGON
  return corners.map((step, k) => (k % 2 === 0 ? x : y) + step * sideM)
}

const SQUARE = Float64Array.of(-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5)
const HEXAGON = Float64Array.of(0, -1, ROOT_3 / 2, -0.5, ROOT_3 / 2, 0.5, 0, 1, -ROOT_3 / 2, 0.5, -ROOT_3 / 2, -0.5)
