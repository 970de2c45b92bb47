import { maskName } from './people/identities'
import { DEMO_NAMES, type PostRole } from './people/posts'
import { DISTRICT, DEMO_STREET } from './settings'

/** An account of the demo, as the sign-in page lists it. */
export interface DemoAccount {
  readonly role: PostRole
  /** Masked. */
  readonly name: string
  readonly orgName: string
  readonly email: string
  readonly password: string
}

/**
 * One account a role, in the order of the sign-in page. Written out, so that the page needs no generator; the tests hold
 * the words equal to what the generator makes. The passwords are public by intent and serve invented data only.
 */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { role: 'street_officer', name: maskName(DEMO_NAMES.street_officer), orgName: DEMO_STREET.name, email: 'street@demo.gewu.example', password: 'gewu-street-2026' },
  { role: 'community_secretary', name: maskName(DEMO_NAMES.community_secretary), orgName: '光明社区', email: 'secretary@demo.gewu.example', password: 'gewu-secretary-2026' },
  { role: 'grid_leader', name: maskName(DEMO_NAMES.grid_leader), orgName: '光明社区', email: 'grid@demo.gewu.example', password: 'gewu-grid-leader-2026' },
  { role: 'grid_worker', name: '王*', orgName: '光明社区', email: 'worker@demo.gewu.example', password: 'gewu-grid-worker-2026' },
  { role: 'member', name: '元*', orgName: '光明第一党小组', email: 'member@demo.gewu.example', password: 'gewu-member-2026' },
  { role: 'district_admin', name: maskName(DEMO_NAMES.district_admin), orgName: DISTRICT.name, email: 'admin@demo.gewu.example', password: 'gewu-district-2026' },
  { role: 'auditor', name: maskName(DEMO_NAMES.auditor), orgName: DISTRICT.name, email: 'auditor@demo.gewu.example', password: 'gewu-auditor-2026' },
]
