/** Streets, gates, checkpoints, and what the map shows, English. */
export const streetsEn = {
  duty: { daily: 'Daily', weekly: 'Weekly', none: 'Not patrolled' },
  cover: { covered: 'Covered', partial: 'Partly walked', missed: 'Missed', none: 'Not patrolled' },
  theme: { duty: 'What is asked', coverage: 'Coverage', recency: 'Since last walked', none: 'No colours' },
  look: {
    daily: 'Daily', weekly: 'Weekly', off: 'Not patrolled', covered: 'Covered', partial: 'Partly walked', missed: 'Missed',
    age0: 'Today', age1: '1–3 days', age2: '4–7 days', age3: '8–14 days', age4: 'Over 14 days', never: 'Not in this time',
  },
  stand: { idle: 'Not due', due: 'Due', probable: 'Probably visited', visited: 'Visited' },
  legend: {
    routes: 'Routes', walk: 'Walk', title: 'Legend', theme: 'Colours show', hand: 'Set by hand', gap: 'Gap, taken as walkable', served: 'To patrol, arrow ahead', passed: 'Only passed', matched: 'Matched street', yard: 'Yards and stairs', raw: 'Raw track', gate: 'Shut gate',
  },
  class: {
    residential: 'Residential', living_street: 'Living street', pedestrian: 'Pedestrian', service: 'Service way', unclassified: 'Minor', road: 'Unclassed', footway: 'Footway', path: 'Path', steps: 'Steps',
    tertiary: 'Tertiary', secondary: 'Secondary', primary: 'Primary', trunk: 'Trunk', motorway: 'Motorway', track: 'Track', cycleway: 'Cycleway', construction: 'Under works',
  },
  mapKeys: { group: 'Patrol: map', segments: 'Choose stretches', street: 'Choose a whole street', lasso: 'Choose stretches by a ring', gate: 'Shut a way', checkpoint: 'New checkpoint', shift: 'Add to or take from what is chosen', esc: 'Put the tool down' },
  streets: {
    undo: 'Undo', unnamed: 'unnamed way', bothSides: 'Both sides', bothHint: '(each side counts once)', chosen: '{n} chosen', clear: 'Clear', manyNames: '{names} and others, {n} in all',
    chooseHint: 'Press a stretch on the map, or choose several with the tools above it, then say how often it is patrolled.', lookHint: 'Press a stretch on the map to see what is asked of it.',
    duty: 'How often', asClass: 'As its class', reason: 'Note (optional)', reasonNeeded: 'Why it is not patrolled', set: 'Set {n}', planOf: 'Make a plan', notAllYours: '{n} of them are not in your community and stay as they are.',
    why: { notYours: 'None of these is in your community', reason: 'Not to patrol needs a reason', gateReason: 'Say why it is shut', name: 'Give the checkpoint a name' },
    classes: 'Streets by class', class: 'Class', total: 'Total', inKm: 'length, km', chooseClass: 'Choose this class on the map',
    checkpoints: 'Checkpoints', newCheckpoint: 'New checkpoint', noCheckpoints: 'None yet. Routes come by a checkpoint, and it marks itself when somebody does.', every: 'every {n} d', lastBy: 'visited {age}', neverBy: 'never visited',
    edit: 'Change checkpoint', editOf: 'Change {name}', remove: 'Remove', removeOf: 'Remove {name}', name: 'Name', what: 'What to look at', radius: 'Counts within (m)', dwell: 'Time there (min)', everyDays: 'Every (days)', keep: 'Save checkpoint',
    gates: 'Shut gates', newGate: 'Shut a way', noGates: 'None. No route goes through a shut gate.', gate: 'Gate {n}', gateReason: 'Reason', gateHint: 'The way is cut here: neither routes nor matched walks go through.', shut: 'Shut', open: 'Open', openOf: 'Open gate {n}',
    breaks: 'Broken streets', breaksAside: '{islands} islands, {gaps} gaps', breaksHint: 'An island hangs together with nothing else, and no route gets there from outside; gaps under 60 m are taken as walkable.', island: '{n} stretches, {length}', gaps: 'Gaps', gap: '{length} apart',
    moreIslands: '{n} more islands', moreGaps: '{n} more gaps', fewer: 'Fewer',
    done: { duty: '{n} stretches set', gate: 'Gate shut, the network follows', gateOpened: 'Gate open', checkpoint: 'Checkpoint “{name}” saved', checkpointGone: 'Checkpoint “{name}” removed' },
    tool: {
      label: 'Map tools', segments: 'Stretches', street: 'Whole street', lasso: 'Lasso', gate: 'Shut a way', checkpoint: 'Checkpoint', tooFar: 'No street within 30 m: a gate stands on a street',
      hint: { segments: 'Press a stretch, or drag along; Shift adds and removes', street: 'Press to choose the whole street of that name; Shift adds and removes', lasso: 'Draw a ring round stretches; Shift adds', gate: 'Press a street: it is cut there', checkpoint: 'Press where the checkpoint is' },
    },
    hover: { street: '{name}, {length}', set: '{duty} ({reason})', share: '{share}% walked', days: 'Last walked {n} d ago', today: 'Walked today', never: 'Not walked in this time', served: 'Patrolled by route {routes}', passed: 'Passed by route {routes}' },
    note: {
      about: 'How the map was computed',
      duty: 'As its class asks, unless set by hand (yellow edge); stretches go from crossing to crossing, lengths in the local plane.',
      coverage: '{from} to {to}: of a matched walk, ≥ {covered}% of the length is covered, ≥ {partial}% partly; walked twice counts once.',
      recency: 'Up to {to}, by the day a stretch was covered last; five fixed classes, the same in every view.',
      none: 'Ground: own streets and buildings.',
      routes: '{title}: {n} routes; patrol {serve} m/s, pass {walk} m/s. Full line: to patrol; dashes: only passed.',
      walk: 'Full line: matched street, standing still adds no length; the raw track is shown for a reason only.',
    },
  },
}
