import { coverageEn } from './words-coverage-en'
import { walksEn } from './words-walks-en'
import { errorEn } from './words-error-en'
import { phoneEn } from './words-phone-en'
import { settingsEn } from './words-settings-en'
import { planEn } from './words-plan-en'
import { streetsEn } from './words-streets-en'

/** Words of the room in English. Same keys as `zh.ts`; a test compares them. Parts stand in files of their own beside it. */
export const en = {
  title: 'Patrol',
  heading: 'Patrol',
  purpose: 'Draw up routes, see what was covered, make up what was missed.',
  failed: 'Not done: {reason}',
  loading: 'Reading the patrols…',
  readFailed: 'The patrols could not be read. Try again in a while.',
  streetFailed: 'The street could not be read. Press “Retry” on the map.',
  noStreet: {
    title: 'No street yet',
    hint: 'The street office or the district first imports borders, buildings and ways under “Data”. Routes are then drawn up here, and coverage is seen.',
  },
  tab: { plan: 'Plan', streets: 'Streets', coverage: 'Coverage', walks: 'Walks' },
  drawer: { routes: 'Routes', missed: 'Missed', time: 'Time' },
  command: {
    newPlan: 'New patrol plan', undo: 'Undo', redo: 'Redo', save: 'Save draft',
    disabled: { no_permission: 'You may not do this', nothing_to_undo: 'Nothing to undo', nothing_to_redo: 'Nothing to redo', nothing_to_save: 'No draft is unsaved' },
  },
  keys: { group: { plan: 'Patrol: plans' } },
  ...planEn,
  ...settingsEn,
  ...streetsEn,
  ...phoneEn,
  ...errorEn,
  ...walksEn,
  ...coverageEn,
}
