/** Words of the slips themselves and of working them, in English. */
export const workEn = {
  retry: 'Retry',
  readFailed: 'The issues could not be read.',
  due: {
    overdue_days: '{n} d overdue', overdue_hours: '{n} h overdue', left: '{n} d left', today: 'Today {time}', tomorrow: 'Tomorrow', published: 'Published {date}',
    to_close: 'To be closed', to_publish: 'To be published',
  },
  list: {
    label: 'List of issues', pending: '{n} to work or publish', order: 'By deadline', nobody: 'Unclaimed', none: 'No issue matches', noneHint: 'Widen the period or clear the filter; a new one begins with “Report an issue”.',
    older: '{n} older open issues lie before this period.', showOlder: 'Show them',
  },
  filter: {
    title: 'Filter', states: 'States', overdue: 'Overdue {n}', period: 'Period', category: 'Category', level: 'Level', place: 'Community or grid', allCategories: 'All categories', allLevels: 'All levels', allPlaces: 'All grids',
    wholeCommunity: '{name} (all)', several: '{n} chosen', mine: 'My turn', mineHint: 'Handled by me and open; unclaimed at my level; waiting for me to close or publish', chosen: '{n} selected', from: 'From', to: 'To', search: 'Number or title',
    clear: 'Clear', due: { on_time: 'Settled in time', late: 'Settled late' },
  },
  state: { reported: 'Reported', claimed: 'Claimed', supervised: 'Supervised', published: 'Published' },
  level: { grid: 'Grid', community: 'Community', street: 'Street', district: 'District' },
  outcome: { solved: 'Solved', explained: 'Explained', duplicate: 'Duplicate', withdrawn: 'Withdrawn' },
  source: { public: 'By a resident', worker: 'By a grid worker', member: 'By a member', reception: 'On reception day' },
  category: {
    sanitation: 'Sanitation', property: 'Property management', facilities: 'Public facilities', noise: 'Noise', safety: 'Safety hazard', fire: 'Fire safety',
    parking: 'Parking', greening: 'Greenery', dispute: 'Neighbours', welfare: 'Welfare', policy: 'Policy question', other: 'Other',
  },
  act: {
    claim: 'Claim', assign: 'Assign', progress: 'Note progress', supervise: 'Supervise', remind: 'Remind', finish: 'Hand in result', return: 'Return', close: 'Close',
    explain: 'Explain', mark_duplicate: 'Merge as duplicate', escalate: 'Escalate', hand_down: 'Hand down', reopen: 'Reopen', rate: 'Rate', publish: 'Publish',
    unpublish: 'Take off the board', withdraw: 'Withdraw',
  },
}
