/** The import matrix of the house (src/README.md). A floor may import what stands in its `to`, and nothing else of src. */
const floor = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
})

const packageOnlyIn = (name, pkg, places, typesToo = false) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: places },
  to: { path: `^node_modules/${pkg}(/|$)`, ...(typesToo ? {} : { dependencyTypesNot: ['type-only'] }) },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    floor('core-imports-nothing', '^src/core/', ['^src/core/']),
    floor('algorithms-know-types-of-core', '^src/algorithms/', ['^src/algorithms/', '^src/core/']),
    floor('jobs', '^src/jobs/', ['^src/jobs/', '^src/algorithms/', '^src/core/']),
    floor('data', '^src/data/', ['^src/data/', '^src/core/']),
    floor('map', '^src/map/', ['^src/map/', '^src/core/']),
    floor('ui', '^src/ui/', ['^src/ui/', '^src/core/']),
    floor('formats-import-nothing', '^src/formats/', ['^src/formats/']),
    {
      name: 'rooms-stay-apart',
      severity: 'error',
      from: { path: '^src/rooms/([^/]+)/' },
      to: { path: '^src/rooms/([^/]+)/', pathNot: '^src/rooms/$1/' },
    },
    floor('rooms', '^src/rooms/', [
      '^src/rooms/', '^src/core/', '^src/algorithms/', '^src/jobs/', '^src/data/', '^src/map/', '^src/ui/', '^src/formats/',
    ]),
    packageOnlyIn('supabase-js-only-in-data', '@supabase/supabase-js', ['^src/data/']),
    packageOnlyIn('maplibre-only-in-map', 'maplibre-gl', ['^src/map/']),
    {
      name: 'core-and-algorithms-without-interface',
      severity: 'error',
      from: { path: '^src/(core|algorithms)/' },
      to: { path: '^node_modules/(vue|pinia|vue-router|vue-i18n|element-plus|maplibre-gl|@supabase|@turf)(/|$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.mjs'], conditionNames: ['import', 'browser', 'default'] },
    doNotFollow: { path: 'node_modules' },
  },
}
