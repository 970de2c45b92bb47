/** Words of the map, of heat and of time, in English. */
export const heatEn = {
  waiting: 'Issues by week are shown here once they are read.',
  measure: {
    counts: 'Issues', rates: 'Issues per 1,000 households', density: 'Density', hotspots: 'Hot spots', trend: 'Trend', streets: 'Along streets', none: 'No heat',
  },
  measureHint: {
    counts: 'How many came from each cell',
    rates: 'Issues over households; cells with few issues are not shown',
    density: 'Smooth, without cell borders',
    hotspots: 'Which cells have clearly more or fewer than chance',
    trend: 'Week by week: new, growing, steady or fading',
    streets: 'Along streets, by walking distance',
    none: 'Only the issues themselves',
  },
  unit: {
    counts: 'Issues a cell', rates: 'Per 1,000 households', density: 'Issues a hectare', hotspots: 'Against chance', trend: 'Weekly trend', streets: 'Issues per 100 m', none: 'Issues', difference: 'Difference in issues (B − A)',
  },
  legend: {
    title: 'Legend', states: 'State', overdue: 'Ring: overdue', cluster: 'Several, parted by state', from: '{n} and more',
    masked: 'Fewer than {n} issues, not shown', hot: 'Hot spot', measure: 'What the colours of the map mean',
  },
  spot: { hot3: 'Hot, 99% sure', hot2: 'Hot, 95% sure', hot1: 'Hot, 90% sure', none: 'As by chance', cold: 'Cold, 90% sure or more' },
  trend: { new: 'New', growing: 'Growing', steady: 'Steady', fading: 'Fading', none: 'No trend' },
  note: {
    counts: 'Classes fixed over the whole street, {period}; hexagon side {side} m, whatever is in view. Duplicates count once.',
    rates: 'Issues ÷ households in the cell × 1,000; cells with fewer than {min} are not shown. Classes fixed over the whole street, {period}; side {side} m.',
    density: 'Quartic kernel, bandwidth {radius} m. Classes fixed over the whole street, {period}, whatever is in view.',
    hotspots: 'Gi*, neighbourhood {reach} m, {runs} conditional permutations (seed {seed}), two-sided, {correction} correction.',
    trend: 'Weekly Gi* and Mann–Kendall, {weeks} weeks, one step a week.',
    streets: 'Network kernel density, bandwidth {radius} m, pieces of {lixel} m. Classes fixed over the whole street, {period}, whatever is in view.',
    none: '{n} shown; duplicates are not counted into heat.',
    spots: '{n} Gi* hot cells (dark outline: q ≤ {level}, {correction} correction, neighbourhood {reach} m). ',
    difference: 'B ({b}) less A ({a}): blue is fewer, orange more; fixed classes, whatever is in view.',
    period: { span: '{from} to {to}', days: { 7: 'last 7 days', 30: 'last 30 days', 90: 'last 90 days', 365: 'last year' } },
    about: 'How this map was computed',
  },
  pane: {
    measure: 'What to see', period: 'Period', side: 'Cell side', sideM: '{n} m', outline: 'Hot spot outlines', pins: 'Issues', category: 'Category', allCategories: 'All categories',
    computing: 'Computing hot spots', passes: { permutations: 'permutations', trend: 'weekly trend', density: 'density', streets: 'along streets', held: 'checking predictions' },
    cancel: 'Cancel', failed: 'Not computed: {reason}', again: 'Compute again', needsMore: 'Too few issues in this period for hot spots. Choose a longer one.',
    spots: 'Hot spots', spotsNone: 'No significant hot spots.', spot: 'Near {place}', spotFigures: '{cells} cells · {n} issues · highest z {z}', open: 'Show these issues',
    trends: 'Trends', trendCells: '{n} cells',
    held: 'Does it predict?', heldText: 'Cells covering {area} are picked from the first {train} weeks; how many issues of the following {test} weeks fall inside? PAI is hit rate over share of area; PEI is PAI against the best possible pick.',
    heldMethod: { hotspots: 'Gi* hot spots', density: 'Density', counts: 'Counts' }, heldHit: 'Hit', heldNone: 'Too short a period to hold weeks out. At least {n} weeks are needed.',
    method: 'Method', pai: 'PAI', pei: 'PEI',
  },
  tool: {
    label: 'Choose on the map', cells: 'Cells', lasso: 'Lasso', hint: { cells: 'Press or drag over hexagons to choose their issues', lasso: 'Draw round issues on the map', add: 'Hold Shift to add' },
    chosen: '{n} chosen', clear: 'Clear', none: 'No issues inside the ring', cellsOff: 'Show heat by cell first',
    export: 'Export', reason: 'Purpose (4 letters at least)', needsReason: 'Say what for, in 4 letters at least', xlsx: 'Excel', geojson: 'GeoJSON', done: '{n} issues exported',
  },
  export: {
    file: 'issues', sheet: 'Issues', watermark: 'Watermark', rows: 'Rows', columns: {
      number: 'Number', title: 'Title', category: 'Category', state: 'State', level: 'Level', outcome: 'Outcome', community: 'Community', grid: 'Grid', reported: 'Reported',
      due: 'Deadline', closed: 'Closed', overdue: 'Overdue', satisfaction: 'Satisfaction', handler: 'Handler', lng: 'Longitude', lat: 'Latitude',
    },
    yes: 'yes', no: 'no',
  },
  hover: { cell: '{n} in this cell', rate: '{households} households, {rate} per 1,000', z: 'z = {z}, {words}', trend: 'Trend: {words}', slip: '{state} · {category}', overdue: 'overdue', difference: 'A {a}, B {b}' },
  time: {
    play: 'Play', pause: 'Pause', rewind: 'Show the whole period', speed: 'Speed', cumulative: 'Cumulative', walk: 'Play through time', bars: 'Issues by time', from: 'From', to: 'To',
    span: '{from} to {to}', unit: { day: 'By day, a day a step', week: 'By week, a week a step' }, open: 'Not published', published: 'Published',
    sum: { day: '{steps} days: {n} = {published} published + {open} not published', week: '{steps} weeks: {n} = {published} published + {open} not published' },
    bar: '{from} to {to}: {n}, {open} not published, {published} published',
  },
  compare: {
    by: 'Compare', periods: 'Two periods', categories: 'Two categories', a: 'A', b: 'B', sum: '{n} issues', difference: 'Show the difference on the map', cells: '{up} cells more, {down} fewer, {same} as before',
    most: 'Cells that changed most', change: '{a} → {b}', none: 'No issues on either side.',
  },
  heatKeys: { group: 'Issues: map', cells: 'Choose issues by cell', lasso: 'Draw round issues', play: 'Play through time, or pause', shift: 'Add to what is chosen', esc: 'Give the choice up; once more, put the tool down' },
}
