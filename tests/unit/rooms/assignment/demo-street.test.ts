import { describe, expect, it } from 'vitest'
import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import { createWalkLookup } from '@/core/assignment/walks'
import { measureWalksJob } from '@/rooms/assignment/jobs/measure-walks/measure-walks-job'
import { solveAssignmentJob } from '@/rooms/assignment/jobs/solve-assignment/solve-assignment-job'
import { encodeCommunity } from '@/rooms/assignment/operations/encode-community'
import { encodeWalks } from '@/rooms/assignment/operations/encode-walks'
import { solutionDelta } from '@/rooms/assignment/operations/solution-delta'
import { DEMO_OFFICE_ID, demoContacts } from '../../../helpers/demo-contacts'

const control = { onProgress: () => undefined }

describe('the demo street', () => {
  it('is shared out with nobody left out, villages short of members by whole buildings', () => {
    const { scope, ground, context } = demoContacts()
    const document = makeAssignmentDocument(scope, { planId: 'p', orgUnitId: DEMO_OFFICE_ID, revision: 1 })
    const session = createAssignmentSession({ context, document })
    const all = [...context.communities.keys()]
    let began = performance.now()
    const tables = measureWalksJob(encodeWalks(ground, scope, all), control)
    const walksMs = performance.now() - began
    const pairs = tables.reduce((sum, { walkDm }) => sum + walkDm.length, 0)
    const straight = tables.reduce((sum, table) => sum + table.straight.reduce((own, is) => own + is, 0), 0)
    session.setWalks(createWalkLookup(context, tables))
    console.info(`walks: ${pairs} pairs in ${walksMs.toFixed(0)} ms, ${straight} in a straight line`)

    const today = session.findings().filter(({ code }) => code === 'household_unserved').reduce((sum, { householdIds }) => sum + householdIds.length, 0)
    expect(today).toBeGreaterThan(1000)

    const solve = (communities: readonly number[]) => solveAssignmentJob({ communities: communities.map((community) => encodeCommunity(session, community)) }, control)
    const first = solve(all)
    const lacking = first.communities.filter(({ figures }) => figures.served < figures.households)
    // Each is told what would do: in villages whole buildings.
    const byBuilding = lacking.filter(({ shortage }) => shortage!.relaxations.some((way) => way.kind === 'building_mode' && way.unserved === 0))
    console.info(lacking.map(({ communityId, figures, shortage }) => {
      const { name } = context.communities[context.communityIndex.get(communityId)!]
      return `${name} ${figures.households} of ${figures.ableMembers}: ${figures.households - figures.served} unserved; ${JSON.stringify(shortage!.relaxations.map((way) => ('memberIds' in way ? { ...way, memberIds: way.memberIds.length } : way)))}`
    }).join('\n'))
    expect(lacking.every(({ communityId }) => context.communities[context.communityIndex.get(communityId)!].kind === 'rural')).toBe(true)
    expect(byBuilding.length).toBe(lacking.length)
    const modes = byBuilding.map(({ communityId }) => ({ community: communityId, before: 'household' as const, after: 'building' as const }))
    expect(session.apply({ ties: [], modes }, { key: 'modes' }).ok).toBe(true)

    began = performance.now()
    const solved = solve(all)
    const solveMs = performance.now() - began
    expect(session.apply(solutionDelta(session, solved.communities), { key: 'solve' }).ok).toBe(true)

    const served = session.document.householdMember.filter((member) => member >= 0).length
    const histogram = new Map<number, number>()
    for (const load of solved.communities.flatMap(({ loads }) => [...loads])) histogram.set(load, (histogram.get(load) ?? 0) + 1)
    const figures = solved.communities.map((community) => community.figures)
    const sum = (name: 'walkSumM' | 'kept' | 'changed' | 'far' | 'special' | 'specialWithCommittee' | 'belowMin' | 'ableMembers' | 'frail' | 'cared') => figures.reduce((total, own) => total + own[name], 0)
    console.info(
      `served ${served} of ${scope.households.count}; loads ${[...histogram].sort(([a], [b]) => a - b).map(([load, members]) => `${load}:${members}`).join(' ')}\n` +
        `objective ${solved.objectiveM.toFixed(0)} m, bound ${solved.boundM.toFixed(0)} m, gap ${(100 * solved.gap).toFixed(3)} %, ${solveMs.toFixed(0)} ms in all, slowest ${Math.max(...solved.communities.map(({ ms }) => ms)).toFixed(0)} ms\n` +
        `mean walk ${(sum('walkSumM') / served).toFixed(0)} m, far ${sum('far')}, kept ${sum('kept')}, changed ${sum('changed')}, special ${sum('specialWithCommittee')}/${sum('special')}, below ${sum('belowMin')} of ${sum('ableMembers')}, care ${sum('cared')}/${sum('frail')}`,
    )
    expect(scope.households.count).toBe(22_542)
    expect(served).toBe(22_542)
    expect(session.findings().filter(({ severity }) => severity === 'error')).toEqual([])
    expect([...histogram].reduce((total, [load, members]) => total + load * members, 0)).toBe(22_542)
  }, 60_000)
})
