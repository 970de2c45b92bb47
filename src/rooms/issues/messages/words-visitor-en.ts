/** Words of the pages for residents and of a member's or worker's own slips, in English. */
export const visitorEn = {
  visitor: {
    page: { report: 'Report', follow: 'Follow', board: 'Board' },
    retry: 'Retry',
    cancel: 'Cancel',
    copy: 'Copy',
    copied: 'Copied',
    map: { closer: 'Closer', wider: 'Wider', pick: 'Map: press to choose a place. Arrows move it, plus and minus zoom, Enter takes the middle' },
    place: {
      loading: 'Reading the map of the street…', failed: 'The map of the street could not be read', none: 'No street is open at present', noneHint: 'Once a street takes reports from residents, they begin here. If it is urgent, call 12345.',
      choose: 'Which is your street?', community: 'Community', compound: 'Compound', building: 'Building', any: 'Choose', hint: 'Choose compound and building, or press the map.', onMap: 'Chosen on the map',
      locate: 'I am here', locating: 'Locating…', locate_failed: 'Your place could not be found. Press the map instead.', locate_outside: 'You are not within this street now. Press the map instead.',
    },
    report: {
      title: 'Report a problem', lead: 'Tell what is wrong in {street}; the community takes it up. No account, and no name if you prefer.', restored: 'What you did not send last time is still here.', clear: 'Start afresh',
      place: '1. Where', category: '2. What kind', what: '3. What is wrong', headline: 'In one line', headlineHint: 'e.g. The drain beside house 3 overflows',
      detail: 'More about it (optional)', detailHint: 'Since when, and how many people it concerns', photos: 'Add photos (at most 4)', photosHint: 'Photos are made small on your phone first; where they were taken is left out. Please show no faces and no door numbers.',
      reporter: '4. How to reach you (optional)', reporterHint: 'Seen only by who handles it and says why; never published. Without it you can still follow by code.', name: 'Name', phone: 'Telephone',
      consent: 'I agree that the community keeps this to settle the matter. Personal data are deleted two years after it is closed.', send: 'Send', sending: 'Sending…',
      waiting: 'There is no network. Everything is kept on this phone; leave the page open and it is sent when the network is back.',
      noAnswer: 'The server does not answer. Everything is kept on this phone; leave the page open and it is sent when the server is back.',
      elsewhere: 'This was sent, changed or cleared in another window; it is no longer sent from here by itself.',
      keeping: { no_photos: 'The photos are too large to be kept on this phone; the words are kept.', not: 'This browser keeps nothing. Please leave the page open.' },
      missing: { place: 'Choose the place first.', category: 'Choose a kind.', title: 'Say in one line what is wrong, 2 letters at least.', reporter: 'Give both name and telephone, or neither.', consent: 'Please agree first.' },
    },
    done: {
      title: 'Received, thank you', number: 'Number', code: 'Your code', once: 'The code is shown this once. Take a screenshot, copy it or write it down: with it you follow, rate and withdraw.',
      qr: 'QR code to follow it', qrHint: 'Scan it to see how far it is. Show it to nobody.', copyLink: 'Copy the link', follow: 'See how far it is', again: 'Report another',
    },
    follow: {
      title: 'How far is it?', lead: 'Enter the code you were given.', code: 'Code', open: 'Look', opening: 'Looking…', notACode: 'A code has 16 letters and digits. Please check it.',
      lost: 'A lost code cannot be found again: we do not keep it. What was settled stands on the board.', photos: 'Photos: {n}', due: '{level} level, due {date}', steps: 'The four slips', notYet: 'not yet',
      events: 'What happened', thanks: 'Thank you for telling us.', rate: 'Rate the result', rateAgain: 'Change the rating', rateGo: 'Send', rateNote: 'Anything to add (optional)', markMissing: 'Choose how satisfied you are.',
      mark: { 1: 'Very dissatisfied', 2: 'Dissatisfied', 3: 'So-so', 4: 'Satisfied', 5: 'Very satisfied' },
      reopen: 'Not settled, reopen', reopenGo: 'Send', reopenNote: 'What is not settled', reopenUntil: 'May be reopened until {date}.',
      withdraw: 'Withdraw', withdrawGo: 'Withdraw it', withdrawAsk: 'It will not be handled any more and cannot be brought back. Are you sure?', refresh: 'Refresh', other: 'Look at another',
    },
    slip: { reported: 'Reported', claimed: 'Claimed', supervised: 'Supervised', published: 'Published' },
    event: {
      report: 'Sent in', claim: 'Somebody took it up', assign: 'Given to a handler', progress: 'Progress', supervise: 'Watched by the community', finish: 'Done, to be checked by the community', explain: 'Explained', close: 'Closed',
      mark_duplicate: 'One and the same as another; handled together', escalate: 'Passed to the level above', hand_down: 'Passed to the level below', reopen: 'Reopened', rate: 'You rated it', publish: 'Published', unpublish: 'Taken off the board', withdraw: 'You withdrew it',
    },
    board: {
      title: 'Board', lead: 'What was settled and published in {street}.', category: 'Kind', community: 'Community', outcome: 'Result', all: 'All', showMap: 'Show on the map', hideMap: 'Hide the map',
      mapLabel: 'Map: how many were published in each compound; press a disc to see those only', mapHint: 'The {n} listed so far; a place is told by compound or community only.', loading: 'Reading…', more: 'Show more', count: '{n} entries', clear: 'Show all',
      none: 'Nothing has been published yet', noneHint: 'What is settled and published is listed here.', noMatch: 'Nothing matches', noMatchHint: 'Try another choice.', answer: 'Answer:', dates: 'reported {reported}, published {published}',
      masked: 'No names, telephones or door numbers are published; places are told by compound.', figures: 'Figures', period: '{from} to {to}', small: 'few', byCategory: 'By kind', byCommunity: 'By community',
      figure: { collected: 'Received', solved: 'Settled', onTime: 'In time', satisfaction: 'Satisfaction' },
    },
    error: {
      land_unknown: 'This street takes no reports from residents at present.', place_outside: 'This place lies outside the street. Choose another.', photo_invalid: 'One of the photos was not taken. Remove it and try again.', consent_missing: 'Please agree first.',
      too_many_reports: 'This street has received too many reports. Try again in an hour; if it is urgent, call 12345.', code_unknown: 'There is no such code. Please check it.', issue_has_duplicates: 'Other reports were joined to this one, so it cannot be taken back.', issue_state: 'That cannot be done now. Please look it up again.',
      not_allowed: 'That cannot be done now. Please look it up again.', reopen_late: 'The time for reopening it is over. Please report it anew.', note_missing: 'Please say a few words.', satisfaction_invalid: 'Choose how satisfied you are.',
      issue_invalid: { lngLat: 'Choose the place first.', category: 'Choose a kind.', title: 'Say in one line what is wrong, 2 to 60 letters.', detail: 'The description is too long.', name: 'The name is too long.', phone: 'The telephone number is not right: 5 to 20 digits.', note: 'That is too long.' },
    },
  },
  own: {
    title: 'My issues', hand: 'For me to do', reported: 'Reported by me', loading: 'Reading…', failed: 'Your issues could not be read', retry: 'Retry', noHand: 'Nothing waits for you', noHandHint: 'A new issue in your grid is listed here.',
    noReported: 'You have reported nothing yet', noReportedHint: 'Report what you see; the community takes it up.', open: 'Unclaimed: {n}', mine: 'In hand: {n}', detail: 'Details', due: 'by {date}', late: 'Overdue',
    waiting: 'Done, to be checked', report: 'Report an issue',
  },
}
