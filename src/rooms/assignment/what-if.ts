import type { AssignmentDelta } from '@/core/assignment/assignment-plan'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { communityLimits, settingsOf } from '@/core/assignment/member-rules'
import { withLimits, NO_TERMS } from './acts'
import { withoutBuilding, withSupposedMember } from './operations/suppose-task'
import type { createSolving } from './solving'
import type { Ground } from './views'

export interface WhatIfHost {
  session(): AssignmentSession | null
  ground(): Ground | null
  solving: Pick<ReturnType<typeof createSolving>, 'solveWith' | 'solveSupposed'>
}

/** Questions to the solver. The answer is a comparison; what can be so may be taken, what cannot be is only looked at. */
export function createWhatIf(host: WhatIfHost) {
  return {
    /** A member is long away: who takes over. `name` is for the note. */
    away(member: number, name: string): Promise<void> | undefined {
      const session = host.session()
      if (!session) return
      const { context, document, index } = session
      const memberId = context.scope.members.ids[member]
      const given = [...index.householdsOf(member)]
      const rules: AssignmentDelta = {
        ties: given.map((household) => ({ household: context.scope.households.ids[household], from: memberId, to: null })),
        pins: given.filter((household) => document.pinned[household] === 1).map((household) => ({ household: context.scope.households.ids[household], from: true, to: false })),
        terms: [{ member: memberId, before: document.terms.get(memberId) ?? null, after: { ...NO_TERMS, exempt: 'long_away' } }],
      }
      const note = { key: 'assignment.note.whatAway', values: { member: name } }
      return host.solving.solveWith(rules, [context.scope.members.community[member]], note)
    },

    /** A community goes by other limits. */
    limits(community: number, limits: { readonly min: number; readonly max: number }): Promise<void> | undefined {
      const session = host.session()
      if (!session) return
      const { context, document } = session
      const { id, name } = context.communities[community]
      const rules: AssignmentDelta = {
        ties: [],
        aims: { before: document.aims, after: withLimits(settingsOf(context, document), id, limits) },
      }
      return host.solving.solveWith(rules, [community], { key: 'assignment.note.limits', values: { community: name, ...limits } })
    },

    /** One more able member lives in a building. */
    newMember(building: number): Promise<void> | undefined {
      const ground = host.ground()
      if (!ground) return
      const { community, names, addresses } = ground.scope.buildings
      return host.solving.solveSupposed(
        community[building],
        [building],
        (task, table) => withSupposedMember(task, { row: table.from.indexOf(building), column: table.to.indexOf(building) }),
        { key: 'assignment.note.whatNew', values: { building: addresses[building] || names[building] } },
      )
    },

    /** A building is gone, with its households. */
    withoutBuilding(building: number): Promise<void> | undefined {
      const ground = host.ground()
      if (!ground) return
      const { community, names, addresses } = ground.scope.buildings
      return host.solving.solveSupposed(
        community[building],
        [],
        (task, table) => withoutBuilding(task, table.to.indexOf(building)),
        { key: 'assignment.note.whatWithout', values: { building: addresses[building] || names[building] } },
      )
    },

    /** Limits to begin the question with. */
    limitsOf(community: number): { readonly min: number; readonly max: number } | null {
      const session = host.session()
      return session && communityLimits(session.context, session.document, community)
    },
  }
}
