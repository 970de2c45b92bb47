import { chainEn } from './words-chain-en'
import { mapEn } from './words-map-en'
import { ownEn } from './words-own-en'
import { papersEn } from './words-papers-en'
import { planEn } from './words-plan-en'
import { serverNotesEn } from './words-server-en'
import { solveNotesEn, solveEn } from './words-solve-en'

/** Words of the room in English. Same keys as `zh.ts`. */
export const en = {
  title: 'Assign',
  heading: 'Households and members',
  purpose: 'Every household goes to a member within walking distance.',
  failed: 'Not done: {reason}',
  loading: 'Reading assignments…',
  streetFailed: 'The street could not be read. Choose “Retry” on the map.',
  noStreet: {
    title: 'No street to assign yet',
    hint: 'The street or the district first imports boundaries, buildings and households under “Data”. Then every household is given to a member here.',
  },
  ...planEn,
  ...solveEn,
  listComma: ', ',
  gone: 'The chosen household or member is not here; it may belong to another street.',
  nobody: 'nobody',
  memberNumber: 'Member {id}',
  readFailed: 'Assignments could not be read.',
  finding: {
    title: 'Exceptions',
    none: 'nothing to settle first',
    errors: '{n} kinds to settle first',
    locate: 'Show',
    kind: mapEn.exception.kind,
    code: {
      household_unserved: '{community}: {households} households with nobody',
      tie_other_community: '{member}: {households} households of another community',
      member_exempt_carries: '{member} is exempt or frail and has {households} households',
      tie_excluded: '{member}: {households} households to be kept apart',
      member_above_max: '{member}: {households} households, maximum {max}',
      member_below_min: '{member}: {households} households, minimum {min}',
      member_below_min_buildings: '{member}: {buildings} buildings, minimum {min}',
      special_without_committee: '{community}: {households} special households not with a committee member',
      frail_without_carer: '{community}: {members} frail members without a carer',
      care_above_max: '{member}: cares for {members}, maximum {max}',
    },
  },
  refusal: mapEn.refusal,
  note: { ...mapEn.note, ...solveNotesEn, ...serverNotesEn },
  command: {
    assign: 'Assign by click',
    lasso: 'Assign by lasso',
    solve: 'Work out assignments',
    cancel: 'Cancel working out',
    take: 'Take the result',
    leave: 'Leave the result',
    undo: 'Undo the last step',
    redo: 'Redo',
    save: 'Save draft',
    compare: 'Switch between draft and what is in force',
    publish: 'Publish',
    nextException: 'Show exceptions to settle first',
    disabled: {
      ...planEn.publish.disabled,
      nothing_to_undo: 'Nothing to undo',
      nothing_to_redo: 'Nothing to redo',
      nothing_to_save: 'Nothing to save',
      busy: 'Working out',
      not_running: 'Nothing is being worked out',
      no_proposal: 'No result to take or leave',
      no_errors: 'No exceptions to settle first',
    },
  },
  keys: { group: { tool: 'Assignment: gestures', solve: 'Assignment: working out', plan: 'Assignment: draft', find: 'Assignment: finding' } },
  tab: { assign: 'Assign', chain: 'Chain', papers: 'Papers' },
  drawer: { members: 'Members', exceptions: 'Exceptions', histogram: 'Loads', matrix: 'Building', compare: 'Against today', history: 'History' },
  map: mapEn,
  chain: chainEn,
  papers: papersEn,
  own: ownEn,
}
