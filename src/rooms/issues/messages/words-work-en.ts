/** Words of the slips themselves and of working them, in English. */
export const workEn = {
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
