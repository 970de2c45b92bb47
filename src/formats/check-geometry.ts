import type { Pair, SourceGeometry } from './source-geometry'

/** Outcome of looking at a geometry that someone else wrote. */
export type GeometryCheck =
  | { readonly ok: true; readonly geometry: SourceGeometry; readonly vertices: number }
  | { readonly ok: false; readonly code: string; readonly values: Readonly<Record<string, string | number>> }

const DEPTH: Readonly<Record<string, number>> = { Point: 0, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }

class NotAPosition extends Error {
  constructor(readonly shown: string) {
    super(shown)
  }
}

/**
 * A GeoJSON geometry with every position checked to be two finite numbers; heights are left off. Numbers are not judged here:
 * their system is not known yet.
 */
export function checkGeometry(raw: unknown): GeometryCheck {
  if (raw === null || raw === undefined) return { ok: false, code: 'geometry_missing', values: {} }
  const { type, coordinates } = raw as { type?: unknown; coordinates?: unknown }
  if (typeof type !== 'string' || !Object.hasOwn(DEPTH, type)) {
    return { ok: false, code: 'geometry_unknown', values: { type: String(type).slice(0, 40) } }
  }
  let vertices = 0
  const walk = (value: unknown, depth: number): unknown => {
    if (!Array.isArray(value)) throw new NotAPosition(show(value))
    if (depth > 0) return value.map((item) => walk(item, depth - 1))
    vertices++
    const [x, y] = value as unknown[]
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) {
      throw new NotAPosition(show(value))
    }
    return [x, y] satisfies Pair
  }
  try {
    const checked = walk(coordinates, DEPTH[type])
    if (vertices === 0) return { ok: false, code: 'geometry_missing', values: {} }
    return { ok: true, geometry: { type, coordinates: checked } as SourceGeometry, vertices }
  } catch (error) {
    if (!(error instanceof NotAPosition)) throw error
    return { ok: false, code: 'coordinates_invalid', values: { shown: error.shown } }
  }
}

const show = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60)
