import gcoord from 'gcoord'
import type { Place } from '@/core/places-in-metres'

/** Addresses that open a map application at a place. None names a person. */
export interface RouteLinks {
  /** Amap's page, which hands over to its application: on foot to the place, in the coordinates it expects (GCJ-02). */
  readonly amap: string
  /** What the phone itself opens for a position (RFC 5870), WGS84. */
  readonly geo: string
}

/** Links to a place. Source of the first: Amap URI API, navigation. */
export function routeLinks({ lng, lat }: Place, address: string): RouteLinks {
  const [x, y] = gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02)
  const to = `${x.toFixed(6)},${y.toFixed(6)},${address.replace(/,/g, ' ')}`
  const at = `${lat.toFixed(6)},${lng.toFixed(6)}`
  return {
    amap: `https://uri.amap.com/navigation?${new URLSearchParams({ to, mode: 'walk', src: 'gewu', callnative: '1' })}`,
    geo: `geo:${at}?${new URLSearchParams({ q: `${at}(${address})` })}`,
  }
}
