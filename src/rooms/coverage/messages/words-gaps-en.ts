/** Gaps and their reasons, English. */
export const gapsEn = {
  reason: {
    no_grid: 'In no grid', no_worker: 'Grid without a worker', compound_unmanaged: 'Compound unmanaged', no_member: 'No contact member',
    member_overloaded: 'Member overloaded', visit_overdue: 'Visit overdue', station_too_far: 'Station too far on foot', not_patrolled: 'Not patrolled',
    station_beyond: 'Station beyond {m} m on foot',
  },
  reasonHead: {
    no_grid: 'No grid', no_worker: 'No worker', compound_unmanaged: 'Unmanaged', no_member: 'No member',
    member_overloaded: 'Overloaded', visit_overdue: 'Visit overdue', station_too_far: 'Too far', not_patrolled: 'Not patrolled',
  },
  today: 'today', dayAndAge: '{day} ({age})', metres: '{m} m', join: ', ', undo: 'Undo', leave: 'Leave it', back: 'Back',
  noPermission: 'You may not do this',
  gaps: {
    households: 'households', served: 'served', inGap: 'in gap, {share}', byMain: 'By main reason', once: 'each household once', unit: 'households', total: 'Total',
    several: '{n} of them have another reason too', none: 'No gaps here', noneHint: 'By the rules in force every household has its contact, is visited in time and reaches a station.',
    unjudged: '{n} households have something that cannot be judged (the walk is not known); that is no gap', all: 'Show all reasons', anyTitle: 'With other main reasons, {n} households have this reason', anyShown: '{reason}: {n} in all, whatever their main reason.',
  },
  table: {
    community: 'Community', inGap: 'In gap', households: 'Households', share: 'Share', total: 'Total', note: 'Rows and columns add up to the {n} households in gap of the street',
    open: '{community}, {reason}, {n} households: show the list', openAll: '{community}, {n} households in gap: show the list',
  },
  list: {
    sum: '{n} households', any: ', whatever their main reason', filter: 'Filter by address or room', all: 'Show all', noMatch: 'No household matches', days: '{n} days', nobody: 'none', someMember: 'yes', never: 'never',
    columns: { reason: 'Main reason', door: 'Household', community: 'Community', category: 'Category', others: 'Other reasons', member: 'Member', lastVisit: 'Last visit', overdue: 'Overdue', walk: 'Walk to station' },
  },
  walk: { unmeasured: 'not measured', off_streets: 'not on a street', none: 'none reached' },
  export: {
    open: 'Export list', reason: 'Reason for the export', needsReason: 'Say why, in at least {n} letters', save: 'Export {n} households', done: '{n} households exported', file: 'Service gaps', sheet: 'Service gaps',
    watermark: 'Watermark', rows: 'Households',
    columns: {
      community: 'Community', building: 'Building', room: 'Room', address: 'Address', category: 'Category', main: 'Main reason', others: 'Other reasons', lastVisit: 'Last visit', visitDue: 'Visit due by',
      lastPass: 'Last patrol', station: 'Nearest station', walkM: 'Walk, m',
    },
  },
  trend: {
    all: 'Households in gap', none: 'No days on record yet', noneHint: 'What each day comes to is kept by itself; from tomorrow on changes show here.', day: 'Day', oneDay: 'One day on record; from tomorrow on it can be compared',
    change: 'since {from} {sign}{n} households', figure: '{title}, {from} to {to}', households: '{n} households',
  },
  inspect: {
    close: 'Close', failed: 'Could not read how the street is served; try again at the left.', noHouseholds: 'No household here that you may see.', inGap: '{n} of {all} households in gap', served: 'All {n} households are served',
    unjudged: '{n} households cannot be judged in full',
  },
  facts: {
    nearest: 'Nearest station', station: '{name}, {walk} on foot', someStation: 'a station', farthest: 'farthest building {walk}', unreached: '{n} buildings reach none', unmeasured: 'walk not known of {n} buildings',
    lastPass: 'Last patrol', neverPassed: 'No patrol on record', responsible: 'Responsible', worker: 'worker {names}', leader: 'grid leader {names}', member: 'member {name} ({n} households)',
    members: '{n} members in all', noMember: 'no contact member', special: 'Special groups',
  },
  households: { title: 'Households in gap', late: '{n} days overdue', asked: 'asked for', more: 'Show {n} more' },
  suggest: {
    title: 'Proposals', helps: '{n} households', manyCompounds: 'Select one compound first',
    no_grid: 'Put the land into a grid', no_worker: 'Staff the grid with a worker', compound_unmanaged: 'Settle who manages the compound', no_member: 'Name a contact member', member_overloaded: 'Pass households on to other members',
    visit_overdue: 'Ask the members to visit by a day', station_too_far: 'Site a station near by', not_patrolled: 'Plan a patrol that comes by',
    act: {
      no_grid: 'Redraw', no_worker: 'Staff', compound_unmanaged: 'Settle', no_member: 'Assign', member_overloaded: 'Reassign', visit_overdue: 'Plan visits', station_too_far: 'Site',
      not_patrolled: 'Plan patrol',
    },
  },
  task: {
    open: 'Plan visits ({n})', ask: 'Ask the members of {n} households to visit them.', planned: '{n} more are asked for already and are left as they are.', without: '{n} more have no contact member; assign one first.', due: 'At the latest', save: 'Plan visits',
    done: 'Visits to {n} households planned', nobody: 'No overdue household to ask for', days: 'A day from today to a year from now',
  },
  compound: {
    status: { managed: 'managed', self_managed: 'self-managed', unmanaged: 'unmanaged' }, who: 'Managed from now on as', note: 'Note', noteHint: 'Such as: kept by the community, with a contact point', save: 'Save', done: '{name}: {status}',
  },
  visits: {
    title: 'Visits', late: '{n} days overdue', due: 'Due by {day}', notAsked: 'No visit is asked for: nobody keeps contact, and nobody has called yet', task: 'Visit planned by {day}', none: 'No visits on record', loading: 'Reading visits…', log: 'Log a visit',
    residents: 'Residents and names',
  },
  visit: {
    save: 'Log it', done: 'Visit logged: {door}', doneUnmet: 'Logged: {door}, nobody was met; a visit is still due', days: 'A day of the last {n}',
  },
  settings: {
    open: 'Rules', title: 'Rules of gaps', save: 'Save rules', leave: 'Back', saved: 'Rules saved', hint: 'For the whole street but communities with rules of their own; judged by them at once.', hintCommunity: 'For {community} alone; without rules of its own it goes by those of the street.', mayNot: 'Set by the street office or the district',
    reasons: 'Reasons that are judged', visitDays: 'Days between visits', visitSpecialDays: 'Days between visits, special groups', stationLimitM: 'Farthest walk to a station, m', patrolDays: 'Days between patrols of a building', accessLimitM: 'Door to street at most, m',
    stationLevels: 'Levels of stations that count', specialCategories: 'Special groups',
    stale: 'Somebody saved first. What you entered is still here; saving again replaces theirs.',
    unfit: { number: '“{rule}” must be a whole number from {least} to {most}', special: 'Special groups cannot be visited less often than others', reasons: 'At least one reason is judged', levels: 'To judge walks, at least one level must count' },
  },
  measuring: { now: 'Measuring walks anew…', failed: 'Could not measure walks anew: {reason}', notMeasured: 'the streets cannot be measured' },
  error: { station_invalid: 'The station does not conform; check it and save again ({field})', work_unit_invalid: 'The unit does not conform; check it and save again ({field})', place_outside: 'The place is not within the street; choose another', land_unknown: 'There is no such street, or you may not see it', access_invalid: 'The walks measured do not fit the street; enter the room anew', access_stale: 'Stations, streets or gates have just changed and were read anew; try once more', siting_invalid: 'Something in the scenario does not conform ({field})', siting_state: 'This scenario is published or given up and cannot be changed' },
}
