import { chainEn } from './words-chain-en'
import { mapEn } from './words-map-en'
import { ownEn } from './words-own-en'
import { papersEn } from './words-papers-en'

/** Words of the room in English. Same keys as `zh.ts`. */
export const en = {
  title: 'Assignment',
  heading: 'Households and members',
  purpose: 'Every household goes to a member within walking distance.',
  failed: 'Not done: {reason}',
  loading: 'Reading assignments…',
  streetFailed: 'The street could not be read. Choose “Retry” on the map.',
  noStreet: {
    title: 'No street to assign yet',
    hint: 'The street or the district first imports boundaries, buildings and households under “Data”. Then every household is given to a member here.',
  },
  tab: { assign: 'Assign', chain: 'Chain', papers: 'Papers' },
  drawer: { members: 'Members', exceptions: 'Exceptions', histogram: 'Loads', matrix: 'Building', compare: 'Against today', history: 'History' },
  history: { undoWhat: 'Undo: {what}', redoWhat: 'Redo: {what}', undoNone: 'Nothing to undo', redoNone: 'Nothing to redo' },
  note: { other: 'An edit' },
  map: mapEn,
  chain: chainEn,
  papers: papersEn,
  own: ownEn,
}
