/**
 * Classes of OpenStreetMap's `highway` that people walk on, pavements of big roads among them. Motorways and their ramps,
 * tracks for racing or buses alone, and what is not built yet are not.
 */
export const WALKABLE_CLASSES: ReadonlySet<string> = new Set([
  'trunk', 'trunk_link', 'primary', 'primary_link', 'secondary', 'secondary_link', 'tertiary', 'tertiary_link',
  'unclassified', 'residential', 'living_street', 'service', 'road', 'track',
  'pedestrian', 'footway', 'path', 'steps', 'corridor', 'platform', 'cycleway', 'bridleway',
])
