/** A pair of numbers as it stands in a file, in whatever system. */
export type Pair = [number, number]

/** Geometry as read: what GeoJSON calls it, positions in the file's own system, two numbers each. */
export type SourceGeometry =
  | { readonly type: 'Point'; readonly coordinates: Pair }
  | { readonly type: 'LineString'; readonly coordinates: Pair[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: Pair[][] }
  | { readonly type: 'Polygon'; readonly coordinates: Pair[][] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: Pair[][][] }
