import type { PostRole } from './people/posts'

/** Roles that have an account in the demo, in the order of the sign-in page. */
export const DEMO_ROLES: readonly { readonly role: PostRole; readonly email: string; readonly password: string }[] = [
  { role: 'street_officer', email: 'street@demo.gewu.example', password: 'gewu-street-2026' },
  { role: 'community_secretary', email: 'secretary@demo.gewu.example', password: 'gewu-secretary-2026' },
  { role: 'grid_leader', email: 'grid@demo.gewu.example', password: 'gewu-grid-leader-2026' },
  { role: 'member', email: 'member@demo.gewu.example', password: 'gewu-member-2026' },
  { role: 'district_admin', email: 'admin@demo.gewu.example', password: 'gewu-district-2026' },
  { role: 'auditor', email: 'auditor@demo.gewu.example', password: 'gewu-auditor-2026' },
]
