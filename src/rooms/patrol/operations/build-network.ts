import { buildPatrolNetwork } from '@/algorithms/arc-routing/build-patrol-network'
import type { PatrolNetwork } from '@/algorithms/arc-routing/patrol-problem'
import { buildStreetGraph } from '@/algorithms/routing/build-street-graph'
import type { DutyPiece } from '@/core/patrol/duty-pieces'
import type { ClosedGate } from '@/core/patrol/patrol-scope'
import { streetsInMetres, toMetres, wallsInMetres } from '@/core/places-in-metres'
import type { Scope } from '@/core/scope'

/**
 * The ways of a street as patrols see them: line k is street k of the scope; cut where gates are shut, parted where a duty begins,
 * so that what is due is whole segments. O(points log points).
 */
export function buildNetwork(
  { streets, compounds, features, land }: Pick<Scope, 'streets' | 'compounds' | 'features' | 'land'>,
  gates: readonly ClosedGate[],
  pieces: ReadonlyMap<number, readonly DutyPiece[]>,
): PatrolNetwork {
  const columns = streetsInMetres(land.frame, streets)
  const walls = wallsInMetres({ land, compounds, features })
  const closedXYM = Float64Array.from(gates.flatMap(({ lngLat }) => toMetres(land.frame, lngLat)))
  const breaks = streets.flatMap(({ id }, line) => (pieces.get(id) ?? []).slice(1).map(({ fromCm }) => ({ line, atCm: fromCm })))
  return buildPatrolNetwork(buildStreetGraph(columns, { lines: walls, closedXYM }), columns, { line: breaks.map(({ line }) => line), atCm: breaks.map(({ atCm }) => atCm) })
}
