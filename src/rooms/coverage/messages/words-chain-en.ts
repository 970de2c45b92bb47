/** The five-level chain of stations and the blind spots, English. */
export const chainEn = {
  chain: {
    levels: 'Five-level chain', street: 'This street', missing: 'Without {level}', complete: 'Nothing is missing at this level.', stairwells: '{wanted} stairwells, {had} with a contact', more: '{n} more',
    per: { street_centre: 'One a street', community_station: 'One a community', grid_home: 'One a grid', compound_point: 'One a compound', stairwell_contact: 'One a stairwell' },
    add: 'Open one here', addFor: 'Open a station in {place}', new: 'New station', stations: '{level}', noStations: 'No station of this level.',
    hoursNone: 'No opening hours', hoursUnknown: 'Hours not understood: {hours}', openNow: 'Open now', shutNow: 'Shut now', capacity: 'Serves {n} households', activityCount: '{n} activities',
    edit: 'Change station', editOf: 'Change {name}', close: 'Close station', closeOf: 'Close {name}', closeReason: 'Why it is closed', closeHint: 'At least four characters. Walks and gaps are reckoned anew; this can be undone.',
    opened: '{name} is open; walks are being measured.', changed: '{name} was changed.', closed: '{name} was closed.',
    closedStations: 'Closed stations', reopen: 'Open again', reopenOf: 'Open {name} again',
    unmanaged: 'Unmanaged compounds', unmanagedAside: '{n} with {households} households', noUnmanaged: 'No unmanaged compound.', households: '{n} households', hasPoint: 'Contact point', noPoint: 'No contact point', unitsThere: 'Units without a branch: {names}', manage: 'Set management',
    units: 'Units', unitsAside: '{without} without a branch of {all}',
    form: {
      name: 'Name', level: 'Level', capacity: 'Households it serves (0: no limit)', community: 'Community', hours: 'Opening hours', hoursExample: 'Mon–Fri 8:30–12:00, 13:30–17:30',
      hoursHint: 'As one writes them: “Mon–Fri 8:30–17:30”, “At all hours”.', hoursRead: 'Read as: {hours}', hoursUnread: 'These hours are not understood; write them as in the example.', never: 'never open',
      place: 'Place', noPlace: 'No place yet', press: 'Press the map', pressing: 'Press the map…', save: 'Save', activitiesLater: 'Activities can be added once it is saved.',
      stale: 'Somebody has just changed this; it was read anew and what you typed is still here. Save again to have it your way.',
      why: { name: 'A name is needed', capacity: 'A whole number from 0 to {most}', hours: 'The hours are not understood', community: 'A community is needed', place: 'Press the map to say the place' },
    },
    activity: {
      title: 'Activities and bookings', new: 'Add activity', none: 'No activity.', daily: 'Daily', and: ', ', seats: '{n} seats', seatsField: 'Seats (0: no limit)', name: 'Activity', days: 'Days', from: 'From', to: 'To', place: 'Room', save: 'Add',
      removeOf: 'Remove activity {title}', removed: 'Activity {title} was removed.',
      why: { title: 'A name is needed', days: 'Choose a day', time: 'The end is not after the beginning', seats: 'Seats are a whole number' },
    },
    unit: {
      new: 'New unit', edit: 'Change unit', remove: 'Remove unit', removeOf: 'Remove {name}', removed: '{name} was removed.', saved: '{name} was saved.',
      without: 'Without a branch', all: 'All', none: 'No unit.', noneWithout: 'Every unit has a branch.',
      kindField: 'Kind', statusField: 'Standing', branchField: 'Branch', compound: 'Compound', noCompound: 'In no compound', note: 'Note', noPlace: 'No place',
      kind: { enterprise: 'Enterprise', institution: 'Institution', agency: 'Agency', social: 'Social organisation', market: 'Shops, market' },
      status: { active: 'Active', bankrupt: 'Bankrupt', closed: 'Closed' },
      branch: { none: 'No branch', direct: 'Direct branch', joint: 'Joint branch', combined: 'Combined branch' },
      why: { name: 'A name is needed' },
    },
  },
}
