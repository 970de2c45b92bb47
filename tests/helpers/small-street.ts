import { cutCells } from '../../supabase/seed/cut-cells'
import { drawTodaysGrids, type GridPlan } from '../../supabase/seed/draw-grids'
import { generateStreet } from '../../supabase/seed/generate-street'
import { fillPosts, type Staff } from '../../supabase/seed/people/posts'
import { Random } from '../../supabase/seed/random'
import { DEMO_SEED, DEMO_STREET } from '../../supabase/seed/settings'
import type { StreetData } from '../../supabase/seed/street-data'

/** A tenth of the demo street. */
const SMALL = { ...DEMO_STREET, urbanCommunities: 2, villages: 6, partyGroups: 20, households: 2600, residents: 8700, members: 230, cadres: 12, assistants: 2 }

/** A small street of the generator with its cells, grids and staff, drawn anew at each call. */
export function drawSmallStreet(): { street: StreetData; cut: ReturnType<typeof cutCells>; plan: GridPlan; staff: Staff } {
  const street = generateStreet(DEMO_SEED, SMALL, { residents: false })
  const cut = cutCells(street)
  const plan = drawTodaysGrids(street, cut, DEMO_SEED)
  const staff = fillPosts(
    {
      communities: street.communities.length, households: street.communities.map(() => 1), cadres: 12, assistants: 2, district: true,
      gridCommunity: plan.grids.map(({ community }) => community),
      groupLeaders: street.members.flatMap(({ leader, group, name, phone }, member) => (leader ? [{ group, member, name, phone }] : [])),
    },
    street.phones,
    new Random('posts'),
  )
  return { street, cut, plan, staff }
}
