/** Words of one slip and of what is done with it, in English. */
export const slipEn = {
  steps: {
    title: 'Four slips', reported: 'Ordered by the people', claimed: 'Taken by a cadre', supervised: 'Supervised by the community', published: 'Shown on the board', ahead: 'Not yet', skipped: 'Passed over',
    reminded: 'reminded {n} times',
  },
  history: {
    title: 'History', count: '{n} entries', who: '{name} ({actor})', rule: 'a rule', reporter: 'Resident',
    act: {
      report: 'Reported', claim: 'Claimed', assign: 'Assigned', progress: 'Progress', supervise: 'Put under supervision', remind: 'Reminded', finish: 'Result handed in', return: 'Returned', close: 'Closed', explain: 'Closed with an explanation',
      mark_duplicate: 'Merged as a duplicate', escalate: 'Escalated', hand_down: 'Handed down', reopen: 'Reopened', rate: 'Rated', publish: 'Published', unpublish: 'Taken off the board', withdraw: 'Withdrawn', link: 'Linked', unlink: 'Link removed',
    },
  },
  actor: {
    district_admin: 'district administrator', street_officer: 'street officer', community_secretary: 'community secretary', grid_leader: 'grid leader', grid_worker: 'grid worker', member: 'member', cadre: 'cadre', auditor: 'auditor',
    handler: 'handler', reporter: 'resident', system: 'rule',
  },
  near: {
    links: 'Linked', related: 'related', original: 'this issue is merged into it', duplicate: 'duplicate, merged into this one', unlink: 'Remove link', title: 'Within {m} m', count: '{n} of this kind in {days} days', merge: 'Merge', link: 'Link',
  },
  acts: {
    none: 'You may only look here.', nothingOpen: 'No step is open to you now; the reasons are above.', closed: '{n} acts not open now', note: 'Note', noteOptional: 'Note (optional)', person: 'Assign to', personLine: '{name} · {role} · {n} in hand', level: 'To which level', original: 'Merge into (number)',
    mark: 'Satisfaction', markOptional: 'Resident’s satisfaction (optional)',
    missing: { note: 'A few words are needed.', person: 'Choose who handles it.', original: 'Give a number that is in the list.', mark: 'Choose a mark.' },
    hint: {
      finish: 'Say what was done and add photos; the community then closes or returns it.', close: 'Check the result, then close this one.', explain: 'Where policy forbids it: give the rule and explain it to the resident.',
      publish: 'Goes on the public board, without the reporter, the place blurred to the compound.', escalate: 'Goes to the level above with a deadline of its own.', hand_down: 'Goes to the level below with a deadline of its own.',
      mark_duplicate: 'Each can be found from the other; figures count them once.', return: 'Say what is still missing; the handler goes on.', reopen: 'Worked again with a new deadline.', unpublish: 'Taken off the public board.', remind: 'Reminders are counted.',
    },
  },
  satisfaction: { 1: 'very bad', 2: 'bad', 3: 'fair', 4: 'good', 5: 'very good' },
  stale: { title: 'Somebody acted first', text: '{by}, {at}: {act}. Above is how it stands now; what you typed is still here. Send it again if it still holds.', direct: '{by} has just acted ({act}). Above is how it stands now.', again: '{act} as it stands now' },
  done: {
    claim: '{number} claimed', assign: '{number} assigned', progress: 'Progress noted on {number}', supervise: '{number} is under supervision', remind: 'Reminded of {number}', finish: 'Result of {number} handed in', return: '{number} returned',
    close: '{number} closed', explain: '{number} closed with an explanation', mark_duplicate: '{number} merged', escalate: '{number} escalated', hand_down: '{number} handed down', reopen: '{number} reopened',
    rate: 'Rating of {number} kept', publish: '{number} published', unpublish: '{number} taken off the board', withdraw: '{number} withdrawn',
  },
  reporter: { who: 'Reported by {who}', enteredBy: 'entered by {name}', reveal: 'See the reporter', maskAgain: 'Mask again', noted: 'Written to the log; masked again in {minutes} minutes, {left} more reveals today' },
  error: {
    issue_taken: 'Already claimed by {by}.', issue_closed: 'It has ended ({outcome}).', issue_open: 'It is not closed yet.', issue_unfinished: 'The handler has not handed in a result.', issue_finished: 'The result is handed in and waits to be closed or returned.',
    issue_state: 'Not possible while it is “{state}”.', issue_level: 'It is at the level “{level}”, above yours.', issue_level_end: 'At the level “{level}” there is no further one.', issue_not_publishable: '“{outcome}” is not published.', issue_has_duplicates: 'Duplicates were merged into it: it cannot be withdrawn.', issue_rated: 'Whoever reported it has rated it; that stands.',
    issue_too_late: 'The time for reopening has passed.', issue_stale: 'Somebody acted first; look at it as it stands now.', note_missing: 'A few words are needed.', person_invalid: 'This person holds no post here.',
    duplicate_invalid: 'It cannot be merged: the other is unknown, the same, of another street, or one of them has duplicates.', level_invalid: 'It cannot go to this level.', satisfaction_invalid: 'Satisfaction goes from 1 to 5.',
    photo_invalid: 'The photo was not accepted: JPEG, PNG or WebP, at most 300 KB.', issue_invalid: 'Something is not as it should be ({field}).', place_outside: 'This place lies outside the communities of the street.', link_invalid: 'These two cannot be linked.', land_unknown: 'There is no such street, or you may not see it.',
    not_allowed: 'You may not do this here.', stale: 'Somebody saved the settings first. What you typed is still here; saving again replaces what they saved.', setting_invalid: 'The settings are not as they should be.',
  },
  photo: {
    add: 'Add photos', proof: 'Add proof', look: 'Look at the photo', nth: 'Photo {n}', remove: 'Remove photo {n}', reading: 'Making it smaller…', tooMany: 'At most {n} photos.', photo_unreadable: '“{file}” is no image that can be read.', photo_too_large: '“{file}” is too large.',
  },
  report: {
    title: 'Report an issue', place: 'Place', pressMap: 'Press on the map, or type the address of a building below.', address: 'Address of a building', onMap: 'Place on the map {at}', beside: 'beside {building}', category: 'Category', choose: 'Choose', near: '{n} of this kind near by',
    nearHint: 'If it is the same matter, open it and add progress there.', away: '{m} m away', what: 'What is it', whatHint: 'One line, such as: sewer overflow at building 3', detail: 'Details (optional)', source: 'How it came', reporter: 'Reporter (optional)', name: 'Name', phone: 'Phone',
    reporterHint: 'For calling back only; masked in the console, seen with a reason and a log.', send: 'Report', sending: 'Reporting…', done: '{number} reported',
    missing: { place: 'Press on the map where it is.', category: 'Choose a category.', title: 'Say in a few words what it is.', reporter: 'Give both name and phone, or neither.' },
  },
  reception: {
    title: 'Reception day', hint: 'One issue a row; columns: {columns}. Paste from a spreadsheet or choose a file made from the template. Check first, then enter; with an error none is entered.', comma: ', ', template: 'Template', file: 'Choose a file', paste: 'Or paste the table here',
    look: 'Check', looking: 'Checking…', found: '{rows} rows, {ready} can be entered', row: 'Row {row}', more: '{n} more', send: 'Enter {n}', notReady: 'Check first, and mend the rows with errors.', done: '{n} entered',
    help: 'How to fill it in', helpPlace: 'Place: address or name of a building as in the console, or longitude,latitude.', helpReporter: 'Give both name and phone, or neither.',
    column: { place: 'Place', category: 'Category', title: 'Issue', detail: 'Details', name: 'Name', phone: 'Phone' },
    fault: { place_missing: 'is empty', place_unknown: 'no such building', place_ambiguous: 'several buildings have this name', category_unknown: 'no such category', title_short: 'too short', reporter_half: 'both name and phone, or neither' },
    refusal: { no_rows: 'Nothing was read.', too_many_rows: 'At most {limit} rows at once.', file_kind_unknown: 'This is no XLSX file.', file_too_large: 'The file is larger than {limitMb} MB.', other: 'The file could not be read.' },
  },
  settings: {
    title: 'Deadlines', hint: 'Working days. They hold for issues that enter a level from now on.', category: 'Category', escalateAfterDays: 'Goes up after so many working days overdue (0: never)', duplicateM: 'Likely duplicate within, m', duplicateDays: 'Likely duplicate within, days',
    maskBelow: 'Outside, counts below are masked', reopenDays: 'Residents may reopen for, days', isPublic: 'Residents’ page and board are open', save: 'Save deadlines', saved: 'Deadlines saved', unfit: 'Whole numbers only, at most {most} days.',
  },
  foot: { report: 'Report an issue', reception: 'Reception day', settings: 'Deadlines', export: 'Export ledger' },
  back: 'Back to the list',
  leave: 'Cancel',
  ledger: {
    label: 'Ledger of issues', sum: '{n} = {closed} closed + {open} open', close: 'Close', waiting: '{n} to be closed', next: 'Next to be closed',
    columns: { number: 'Number', title: 'Issue', place: 'Grid', category: 'Category', level: 'Level', state: 'State', handler: 'Handler', reported: 'Reported', due: 'Due', finished: 'Handed in', outcome: 'Outcome', satisfaction: 'Satisfaction' }, sortBy: 'Sort by {column}',
  },
}
