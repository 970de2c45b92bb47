/** Rules of patrols, English. */
export const settingsEn = {
  settings: {
    open: 'Rules of patrols', title: 'Rules of patrols', save: 'Save the rules', leave: 'Leave as it was', saved: 'The rules of patrols are saved',
    hint: 'They hold for the whole street. Hours and days kept are a promise to those who walk: shorter ones take effect at once, longer ones for walks to come.',
    hours: 'Walks are recorded between', from: 'From', to: 'To', onDaysOff: 'Recorded on days off too',
    rawDays: 'Raw positions are kept, days', nameDays: 'Walks keep the name, days', shiftMinutes: 'Longest shift, minutes', serveMPerS: 'Pace when looking, m/s', walkMPerS: 'Pace when passing, m/s',
    coveredPercent: 'Walked so much is covered, %', partialPercent: 'Walked so much is partial, %', passM: 'A building so near was passed, m',
    asksAnew: 'Ask for consent anew before the next walk', duties: 'How often streets are patrolled', otherwise: 'Other streets',
    stale: 'Somebody saved the rules first. What you typed is still here; saving again replaces what they saved.',
    unfit: { number: '“{rule}” must be {least} to {most}', hours: 'The hours must begin before they end', days: 'Raw positions cannot be kept longer than names', shares: '“Partial” cannot be above “covered”' },
  },
}
