/** Words of the page of figures, the wall screen and the monthly report, English. */
export const pageEn = {
  trail: 'Where you are', periods: 'Period', told: 'As of {at}', gridFigures: 'Grids and stock', failed: 'The figures could not be read', retry: 'Try again',
  period: { week: 'This week', month: 'This month', quarter: 'This quarter', year: 'This year' },
  former: { week: 'vs last week', month: 'vs last month', quarter: 'vs last quarter', year: 'vs last year' },
  since_former: '{former} {change}',
  measure: { tied: 'With a member', visited: 'Visited in time', gap: 'Unserved households', settled: 'Issues settled', band: 'Grids in band' },
  share: { tied: 'Households with a member', visited: 'Households visited in time', gap: 'Share unserved', settled: 'Issues settled', band: 'Grids in band' },
  shareShort: { tied: 'Member', visited: 'In time', gap: 'Unserved', settled: 'Settled', band: 'In band' },
  about: {
    tied: 'Households a member keeps contact with, of all', visited: 'Of the households to be visited, those not overdue', gap: 'Households for which something is not served by the rules in force, each once',
    settled: 'Of the issues received in the period, those settled; without duplicates and withdrawn ones', band: 'Grids with as many households as their limits allow, of all',
  },
  below: {
    tied: '{n} without', visited: '{n} overdue', visitedNone: 'Nobody is to be visited yet', visitedUnknown: 'Records of visits begin later', gap: '{reason}: {n}', gapNone: 'Each household once', settled: '{n}, {late} overdue',
    band: '{n} grids, {out} out of it',
  },
  reason: {
    no_grid: 'In no grid', no_worker: 'No worker', compound_unmanaged: 'Compound unmanaged', no_member: 'No contact member', member_overloaded: 'Member overloaded',
    visit_overdue: 'Visit overdue', station_too_far: 'Station too far', not_patrolled: 'Not patrolled',
  },
  openRows: '{name}: open the rows', compareRows: '{name}: compare the streets', visitsSince: '; visits are on record since {day}',
  area: { street: 'Street', community: 'Community', grid: 'Grid' },
  mapTitle: '{measure}, coloured by area', mapAlt: '{n} areas coloured by: {measure}; the list beside it has the same numbers',
  legendBelow: 'below {n}%', legendBetween: '{from}–{to}%', legendFrom: '{n}% and above', noOutlines: 'These areas have no outline to draw; see the list.',
  rankTitle: '{area} ranking', whole: 'All', total: 'Total', outside: 'In no grid', elsewhere: 'Not by grid',
  rank: { place: 'Place', gap: 'Unserved', same: 'same', up: 'up {n}', down: 'down {n}', lessFirst: 'The fewer unserved, the higher the place' },
  todo: {
    gap: '{n} household unserved | {n} households unserved', late: '{n} visit overdue | {n} visits overdue', overdue: '{n} issue overdue | {n} issues overdue', above: '{n} grid above its limit | {n} grids above their limit',
    vacant: '{n} grid without a worker | {n} grids without a worker', unjudged: '{n} household whose walk is not known | {n} households whose walk is not known', most: 'most in {name}, {n}', none: 'Nothing needs doing.',
  },
  todoAct: { gap: 'See gaps', late: 'See the list', overdue: 'Supervise', above: 'See grids', vacant: 'See posts', unjudged: 'See walks' },
  slipsTitle: 'Four slips', slipsOf: '{period} {n}', slip: { reported: 'Reported', claimed: 'Claimed', supervised: 'Supervised', published: 'Published' },
  levelsTitle: 'Settled on which level', stayed: '{share} stayed in the grid', noneSettled: 'None settled in this period yet', level: { grid: 'In the grid', community: 'Community', street: 'Street', district: 'District' },
  wall: { open: 'Wall screen', title: 'Wall screen', subtitle: '{period}', told: 'As of {at}; renewed every minute', stale: 'No new figures could be read; these are of {at}', close: 'Leave (Esc)', others: '{n} more' },
  report: {
    open: 'Print report', title: 'Monthly report', which: 'Month', pages: '{m} pages', print: 'Print', close: 'Close', head: '{unit}: report of {month}', partial: 'month in progress',
    slips: 'Issues: {n}', settledAt: 'Settled: {level}', gaps: 'Unserved households: {n}, by main reason',
    visits: '{n} visits this month, somebody met on {met}; {late} households overdue at its end; satisfaction {mean} of 5 on average.',
    late: 'Visits overdue', overdue: 'Issues overdue', visitsMade: 'Visits', page: 'Page {n} of {m}', foot: 'Added up by the system at {at}; no personal data',
    terms: 'Member: households a member keeps contact with, of all. In time: of the households to be visited, those not overdue. Unserved: households for which something is not served, each once. Settled: of the issues of the month, without duplicates and withdrawn ones. In band: grids within their limits. Issues overdue: open and overdue at the end of the month, whenever reported. Households are those of now; unserved ones by the last record of each month, “—” where there is none.',
  },
}
