import { chainEn } from './words-chain-en'
import { gapsEn } from './words-gaps-en'
import { mapEn } from './words-map-en'
import { sitingEn } from './words-siting-en'

/** Words of the room in English. Same keys as `zh.ts`. */
export const en = {
  title: 'Gaps',
  heading: 'Service gaps',
  purpose: 'Which households are not served, why, and who closes the gap.',
  failed: 'Not done: {reason}',
  loading: 'Reading how the street is served…',
  readFailed: 'Could not read how the street is served: {reason}',
  readFailedOld: 'Could not refresh; what is shown was read before: {reason}',
  retry: 'Try again',
  streetFailed: 'Could not read the street. Press “Retry” on the map.',
  noStreet: {
    title: 'No street yet',
    hint: 'The street office or the district first imports border, buildings and streets under “Data”. Then service gaps are shown here.',
  },
  tab: { gaps: 'Gaps', access: 'On foot', siting: 'Siting', chain: 'Stations' },
  drawer: { table: 'By community and reason', list: 'Households', trend: 'Trend', scenarios: 'Scenarios' },
  command: { gaps: 'Show service gaps', access: 'Show walks to stations', siting: 'Site stations', chain: 'Show the chain of stations' },
  keys: { group: 'Service gaps' },
  ...chainEn,
  ...gapsEn,
  ...mapEn,
  ...sitingEn,
}
