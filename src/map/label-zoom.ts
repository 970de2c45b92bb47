/** Width on the screen, CSS pixels, that a grid and a community need before they carry their own label. */
export const GRID_LABEL_PX = 62
export const COMMUNITY_LABEL_PX = 46

/** Zoom from which an area is as wide on the screen as a label needs, were it a square; 512 px tiles. */
export const labelZoom = (areaM2: number, widthPx: number, latitude: number): number =>
  Math.log2((widthPx * Math.cos((latitude * Math.PI) / 180) * 40075016.686) / (512 * Math.sqrt(Math.max(1, areaM2))))
