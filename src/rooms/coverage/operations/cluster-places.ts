import type { GapPlace } from './gap-places'

/** Signs of places that would lie over each other, as one. */
export interface GapCluster {
  readonly xM: number
  readonly yM: number
  /** The one it stands at first. */
  readonly places: readonly GapPlace[]
  readonly byMain: Int32Array
  readonly inGap: number
}

/** Nearest that two signs may stand, CSS pixels: as far apart in one direction as a sign with four digits is wide or high. */
export const APART_PX: readonly [across: number, down: number] = [64, 28]

/**
 * Gather places whose signs would overlap: the one with most households stays where it is and takes in those beneath its sign. Each place
 * stands in one cluster, so the sums stay exact, and no two signs overlap; the same places give the same clusters wherever the map looks.
 *
 * @param metresPerPx of one CSS pixel at the zoom shown
 * Complexity: O(places log places).
 */
export function clusterPlaces(places: readonly GapPlace[], metresPerPx: number): GapCluster[] {
  const [acrossM, downM] = [APART_PX[0] * metresPerPx, APART_PX[1] * metresPerPx]
  const kept = new Map<string, GapPlace[][]>()
  const clusters: GapPlace[][] = []
  for (const place of [...places].sort((a, b) => b.inGap - a.inGap || (a.key < b.key ? -1 : 1))) {
    const [column, row] = [Math.floor(place.xM / acrossM), Math.floor(place.yM / downM)]
    const under = near(column, row).filter(([{ xM, yM }]) => Math.abs(xM - place.xM) < acrossM && Math.abs(yM - place.yM) < downM)
    if (under.length > 0) {
      const awayOf = ([{ xM, yM }]: GapPlace[]): number => Math.hypot((xM - place.xM) / acrossM, (yM - place.yM) / downM)
      under.reduce((best, one) => (awayOf(one) < awayOf(best) ? one : best)).push(place)
      continue
    }
    const cluster = [place]
    clusters.push(cluster)
    kept.set(`${column},${row}`, [...(kept.get(`${column},${row}`) ?? []), cluster])
  }
  return clusters.map((own) => ({
    xM: own[0].xM,
    yM: own[0].yM,
    places: own,
    byMain: own[0].byMain.map((_, reason) => own.reduce((sum, { byMain }) => sum + byMain[reason], 0)),
    inGap: own.reduce((sum, { inGap }) => sum + inGap, 0),
  }))

  function near(column: number, row: number): GapPlace[][] {
    return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => kept.get(`${column + dx},${row + dy}`) ?? []))
  }
}
