import { figuresEn } from './words-figures-en'
import { slipEn } from './words-slip-en'
import { visitorEn } from './words-visitor-en'
import { heatEn } from './words-heat-en'
import { workEn } from './words-work-en'

/** Words of the room in English. Same keys as `zh.ts`; a test compares them. */
export const en = {
  title: 'Issues',
  heading: 'Issues',
  purpose: 'Take, claim, supervise, publish; close one by one.',
  failed: 'Not done: {reason}',
  loading: 'Reading the issues…',
  streetFailed: 'The street could not be read. Press “Retry” on the map.',
  noStreet: {
    title: 'No street yet',
    hint: 'The street office or the district first imports borders and buildings under “Data”. Issues are then reported and worked here.',
  },
  tab: { work: 'Work', heat: 'Heat', figures: 'Figures' },
  drawer: { time: 'Time', ledger: 'Ledger', compare: 'Compare' },
  panel: { aside: '{n} issues · {period}', count: '{n} issues' },
  period: { days: 'last {n} days', own: 'Own period' },
  inspect: { none: 'The chosen issue is not found', close: 'Close', loading: 'Reading…', number: '{number}', level: '{level} level', due: 'due {date}', satisfaction: 'satisfaction {n}/5' },
  command: {
    report: 'Report an issue', reception: 'Reception day', settings: 'Deadlines', nextMine: 'Next that waits for me', mine: 'Only what waits for me', overdue: 'Only overdue', unpublished: 'Only what is not published', clearFilter: 'Clear the filter',
    disabled: { no_filter: 'Nothing is filtered', no_cells: 'No heat by cell is shown', no_steps: 'The period has no steps to play', no_permission: 'You may not do this', nothing_waits: 'Nothing waits for you' },
  },
  keys: { group: { work: 'Issues: work', find: 'Issues: find' } },
  ...workEn,
  ...heatEn,
  ...figuresEn,
  ...visitorEn,
  ...slipEn,
}
