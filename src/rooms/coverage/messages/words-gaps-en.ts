/** Gaps and their reasons, English. */
export const gapsEn = {
  reason: {
    no_grid: 'In no grid', no_worker: 'Grid without a worker', compound_unmanaged: 'Compound unmanaged', no_member: 'No contact member',
    member_overloaded: 'Member overloaded', visit_overdue: 'Visit overdue', station_too_far: 'Station too far on foot', not_patrolled: 'Not patrolled',
  },
  reasonHead: {
    no_grid: 'No grid', no_worker: 'No worker', compound_unmanaged: 'Unmanaged', no_member: 'No member',
    member_overloaded: 'Overloaded', visit_overdue: 'Visit overdue', station_too_far: 'Too far', not_patrolled: 'Not patrolled',
  },
  inspect: { close: 'Close' },
  gaps: {
    households: 'households', served: 'served', inGap: 'in gap, {share}', byMain: 'By main reason', once: 'each household once', unit: 'households', total: 'Total',
    several: '{n} of them have another reason too', none: 'No gaps here.', noneHint: 'By the rules in force every household has its contact, is visited in time and reaches a station.',
    unjudged: '{n} more have something that cannot be judged (the walk is not known)', all: 'Show all reasons',
  },
  table: { community: 'Community', inGap: 'In gap', households: 'Households', share: 'Share', total: 'Total', note: 'Rows and columns add up to the {n} households of the list' },
}
