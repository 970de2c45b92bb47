import { describe, expect, it } from 'vitest'
import { createAssignmentSession } from '@/core/assignment/create-assignment-session'
import { makeAssignmentDocument } from '@/core/assignment/make-assignment-document'
import type { AssignmentDocument } from '@/core/assignment/assignment-plan'
import type { AssignmentSession } from '@/core/assignment/assignment-session'
import { ELSEWHERE, type CommunityTask } from '@/rooms/assignment/jobs/solve-assignment/community-task'
import { formParts, memberRoom } from '@/rooms/assignment/jobs/solve-assignment/form-parts'
import { solveAssignmentJob } from '@/rooms/assignment/jobs/solve-assignment/solve-assignment-job'
import { solveCommunity } from '@/rooms/assignment/jobs/solve-assignment/solve-community'
import { createTieCosts } from '@/rooms/assignment/jobs/solve-assignment/tie-costs'
import { encodeCommunity } from '@/rooms/assignment/operations/encode-community'
import { solutionDelta } from '@/rooms/assignment/operations/solution-delta'
import { seededRandom } from '@/algorithms/shared/seeded-random'
import { communityId, makeContactWorld, netWalks, STREET_ID, type ContactWorldOptions } from '../../../helpers/contact-world'

function open(options: ContactWorldOptions, change: (document: AssignmentDocument) => void = () => undefined): AssignmentSession {
  const world = makeContactWorld(options)
  const context = world.context()
  const document = makeAssignmentDocument(world.scope, { planId: 'p', orgUnitId: STREET_ID, revision: 1 })
  change(document)
  const session = createAssignmentSession({ context, document })
  session.setWalks(netWalks(world, context))
  return session
}

/** Few households, few members, pins and exclusions by chance: small enough to try every way. */
const tiny = (seed: number) =>
  open({ seed, communities: 1, buildings: 4, householdsPerBuilding: 2, members: 3, settings: { urban: { min: 1, max: 3 } } }, (document) => {
    const random = seededRandom(seed)
    document.householdMember.forEach((member, k) => {
      if (member >= 0 && random() < 0.15) document.pinned[k] = 1
      if (random() < 0.2) document.exclusions.set(1000 + 3 * k, new Map([[7000 + 2 * Math.floor(random() * 3), 'no']]))
    })
  })

type Score = readonly [unserved: number, short: number, minusSpecialWithCommittee: number, costDm: number]
const isBetter = (a: Score, b: Score) => {
  const at = a.findIndex((value, k) => value !== b[k])
  return at >= 0 && a[at] < b[at]
}

/** The best there is by the rules, found by trying every member for every household. */
function tryAll(task: CommunityTask): Score {
  const costs = createTieCosts(task)
  const { households, members } = task
  const count = members.ids.length
  const load = new Int32Array(count)
  let best: Score = [Infinity, 0, 0, 0]
  const go = (k: number, unserved: number, special: number, costDm: number): void => {
    if (unserved > best[0]) return
    if (k === households.ids.length) {
      const short = load.reduce((sum, now, m) => sum + (members.able[m] ? Math.max(0, members.min[m] - now) : 0), 0)
      const score: Score = [unserved, short, special, costDm]
      if (isBetter(score, best)) best = score
      return
    }
    const give = (m: number): void => {
      load[m]++
      const isPlaced = households.pinned[k] === 0 && households.special[k] === 1 && members.committee[m] === 1
      go(k + 1, unserved, special - Number(isPlaced), costDm + costs.costDm(k, m))
      load[m]--
    }
    if (households.pinned[k] === 1) {
      if (households.now[k] >= 0) give(households.now[k])
      else go(k + 1, unserved + Number(households.now[k] !== ELSEWHERE), special, costDm)
      return
    }
    for (let m = 0; m < count; m++) {
      const may = members.able[m] === 1 && load[m] + pinnedAhead(m, k) < members.max[m]
      if (may && !costs.isExcluded(k, m) && costs.isWithinReach(k, m)) give(m)
    }
    go(k + 1, unserved + 1, special, costDm)
  }
  /** Pinned households of a member that come later: they need their place. */
  const pinnedAhead = (m: number, from: number) => {
    let ahead = 0
    for (let k = from; k < households.ids.length; k++) ahead += Number(households.pinned[k] === 1 && households.now[k] === m)
    return ahead
  }
  go(0, 0, 0, 0)
  return best
}

function scoreOf(task: CommunityTask): Score {
  const costs = createTieCosts(task)
  const { households, members } = task
  const { memberIds } = solveCommunity(task)
  const load = new Int32Array(members.ids.length)
  let [unserved, special, costDm] = [0, 0, 0]
  memberIds.forEach((id, k) => {
    const member = members.ids.indexOf(id)
    if (member < 0) {
      unserved += Number(households.now[k] !== ELSEWHERE || id === 0)
      return
    }
    load[member]++
    special -= Number(households.pinned[k] === 0 && households.special[k] === 1 && members.committee[member] === 1)
    costDm += costs.costDm(k, member)
  })
  return [unserved, load.reduce((sum, now, m) => sum + (members.able[m] ? Math.max(0, members.min[m] - now) : 0), 0), special, costDm]
}

describe('a community shared out household by household', () => {
  it('is the best there is: unserved, below least, special groups, cost, in this order, as trying every way finds', () => {
    let solved = 0
    for (let seed = 1; seed <= 120; seed++) {
      const task = encodeCommunity(tiny(seed), 0)
      if (task.households.ids.length > 9) continue
      solved++
      expect([seed, ...scoreOf(task)]).toEqual([seed, ...tryAll(task)])
    }
    expect(solved).toBeGreaterThan(60)
  })

  it('keeps own community, pins, exclusions, exemptions, most and reach, and changes nothing when solved again', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seededRandom(seed)
      const session = open({ seed, communities: 3, buildings: 12, members: 9 }, (document) => {
        document.householdMember.forEach((member, k) => {
          if (member >= 0 && random() < 0.1) document.pinned[k] = 1
          if (random() < 0.1) document.exclusions.set(1000 + 3 * k, new Map([[7000 + 2 * Math.floor(random() * 27), 'no']]))
        })
      })
      const before = session.document.householdMember.slice()
      const input = { communities: [0, 1, 2].map((community) => encodeCommunity(session, community)) }
      const solved = solveAssignmentJob(input, { onProgress: () => undefined })
      expect(session.apply(solutionDelta(session, solved.communities), { key: 'solve' }).ok).toBe(true)
      const { document, context, walks } = session
      const { households, members } = context.scope
      document.householdMember.forEach((member, k) => {
        if (document.pinned[k] === 1) return expect(member).toBe(before[k])
        if (member < 0) return
        expect(members.community[member]).toBe(households.community[k])
        expect(document.exclusions.get(households.ids[k])?.has(members.ids[member]) ?? false).toBe(false)
        const { isAble, reachM } = session.limits(member)
        expect(isAble).toBe(true)
        if (reachM !== null && members.building[member] !== households.building[k]) expect(walks.walkM(member, k)).toBeLessThanOrEqual(reachM)
      })
      const pinnedTo = (member: number) => [...session.index.householdsOf(member)].filter((k) => document.pinned[k] === 1).length
      for (let member = 0; member < members.count; member++) {
        const { isAble, max } = session.limits(member)
        if (isAble) expect(session.loads.households[member]).toBeLessThanOrEqual(Math.max(max, pinnedTo(member)))
      }
      const served = document.householdMember.filter((member) => member >= 0).length
      expect(solved.communities.reduce((sum, { figures }) => sum + figures.served, 0)).toBe(served)
      expect(solved.gap).toBe(0)
      expect(solved.boundM).toBe(solved.objectiveM)
      const again = solveAssignmentJob({ communities: [0, 1, 2].map((community) => encodeCommunity(session, community)) }, { onProgress: () => undefined })
      expect(solutionDelta(session, again.communities)).toEqual({ ties: [] })
      expect(solveAssignmentJob(input, { onProgress: () => undefined }).communities.map(({ memberIds }) => memberIds)).toEqual(
        solved.communities.map(({ memberIds }) => memberIds),
      )
    }
  })

  it('takes households for interchangeable only where every member costs and may the same', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const task = encodeCommunity(open({ seed, communities: 1, buildings: 8, householdsPerBuilding: 12, members: 8 }), 0)
      const costs = createTieCosts(task)
      const { partHouseholds } = formParts(task, costs, memberRoom(task))
      expect(partHouseholds.reduce((sum, { length }) => sum + length, 0)).toBe(task.households.ids.length)
      expect(partHouseholds.length).toBeLessThan(task.households.ids.length)
      for (const [first, ...others] of partHouseholds) {
        for (const other of others) {
          expect(task.households.special[other]).toBe(task.households.special[first])
          task.members.ids.forEach((_, m) => expect(costs.costDm(other, m)).toBe(costs.costDm(first, m)))
        }
      }
    }
  })

  it('leaves interchangeable households with whoever has them, however they were dealt', () => {
    const session = open({ seed: 4, communities: 1, buildings: 3, householdsPerBuilding: 30, members: 16, isPlain: true, settings: { changeM: 0, urban: { min: 2, max: 12 } } })
    const solve = () => solutionDelta(session, [solveCommunity(encodeCommunity(session, 0))])
    session.apply(solve(), { key: 'solve' })
    const { partHouseholds } = formParts(encodeCommunity(session, 0), createTieCosts(encodeCommunity(session, 0)), memberRoom(encodeCommunity(session, 0)))
    const now = session.document.householdMember
    const shared = partHouseholds.map((part) => [part[0], part.find((k) => now[k] !== now[part[0]])] as const).find(([, other]) => other !== undefined)!
    const { households, members } = session.context.scope
    const [a, b] = [shared[0], shared[1]!]
    const tie = (k: number, to: number) => ({ household: households.ids[k], from: members.ids[now[k]], to: members.ids[to] })
    expect(session.apply({ ties: [tie(a, now[b]), tie(b, now[a])] }, { key: 'exchange' }).ok).toBe(true)
    expect(solve()).toEqual({ ties: [] })
  })

  it('stops between communities when it is cancelled', () => {
    const session = open({ seed: 1, communities: 3 })
    const signal = { aborted: false }
    const shares: number[] = []
    const run = () =>
      solveAssignmentJob({ communities: [0, 1, 2].map((community) => encodeCommunity(session, community)) }, {
        signal,
        onProgress: (share) => {
          shares.push(share)
          signal.aborted = true
        },
      })
    expect(run).toThrow('aborted')
    expect(shares.length).toBe(1)
  })
})

describe('a community in which not everything fits', () => {
  /** 10 households in two buildings 40 m apart, 2 members who may carry 3 each. */
  const crowded = (change?: (document: AssignmentDocument) => void) => {
    const session = open({ seed: 8, communities: 1, buildings: 6, householdsPerBuilding: 3, members: 4, isPlain: true, settings: { urban: { min: 1, max: 3 } } }, change)
    return { session, task: encodeCommunity(session, 0) }
  }

  it('names who has nobody, and the least most that would do', () => {
    const { task } = crowded()
    const total = task.households.ids.length
    const { shortage } = solveCommunity(task)
    expect(shortage!.unservedIds.length).toBe(total - 12)
    expect(shortage!.capacity).toBe(12)
    expect(shortage!.blockedIds.length).toBe(0)
    expect(shortage!.relaxations.find(({ kind }) => kind === 'raise_max')).toEqual({ kind: 'raise_max', max: Math.ceil(total / 4), unserved: 0 })
    const even = Math.ceil(total / 4)
    const raised = solveCommunity({ ...task, members: { ...task.members, max: task.members.max.map(() => even) } })
    expect(raised.figures.served).toBe(total)
    const less = solveCommunity({ ...task, members: { ...task.members, max: task.members.max.map(() => even - 1) } })
    expect(less.figures.served).toBeLessThan(total)
  })

  it('names relaxations of which less would not do, whatever falls short', () => {
    let named = 0
    for (let seed = 1; seed <= 40; seed++) {
      const task = encodeCommunity(open({ seed, communities: 1, buildings: 8, members: 7, settings: { urban: { min: 1, max: 4 } } }), 0)
      const { shortage, figures } = solveCommunity(task)
      const unservedWith = (members: Partial<CommunityTask['members']>) => {
        const { figures: now } = solveCommunity({ ...task, members: { ...task.members, ...members } })
        return now.households - now.served
      }
      for (const way of shortage?.relaxations ?? []) {
        named++
        expect(way.unserved).toBeLessThan(way.kind === 'lower_min' ? Infinity : figures.households - figures.served)
        if (way.kind === 'raise_max') {
          const withMax = (max: number) => unservedWith({ max: task.members.max.map((own, m) => (task.members.ownMax[m] ? own : max)) })
          expect([seed, withMax(way.max)]).toEqual([seed, way.unserved])
          expect(withMax(way.max - 1)).toBeGreaterThan(way.unserved)
          expect(withMax(99)).toBe(way.unserved)
        }
        if (way.kind === 'take_exempt') {
          const withAble = (ids: readonly number[]) => unservedWith({ able: task.members.able.map((able, m) => (ids.includes(task.members.ids[m]) ? 1 : able)) })
          expect(withAble(way.memberIds)).toBe(way.unserved)
          way.memberIds.forEach((id) => expect(task.members.frail[task.members.ids.indexOf(id)]).toBe(0))
        }
      }
    }
    expect(named).toBeGreaterThan(20)
  })

  it('names the exempt who could, as few as are enough, and never the frail', () => {
    const away = { exempt: 'long_away', minHouseholds: null, maxHouseholds: null, reachM: null } as const
    const { task } = crowded((document) => {
      document.terms.set(7000, away)
      document.terms.set(7002, away)
      document.terms.set(7004, { ...away, exempt: 'aged_70' })
    })
    const roomy = { ...task, members: { ...task.members, max: task.members.max.map(() => task.households.ids.length - 3), frail: Uint8Array.of(0, 0, 1, 0) } }
    const { shortage } = solveCommunity(roomy)
    expect(shortage!.unservedIds.length).toBe(3)
    const asked = shortage!.relaxations.filter((relaxation) => relaxation.kind === 'take_exempt')
    expect(asked).toMatchObject([{ reason: 'long_away', unserved: 0 }])
    expect(asked[0].memberIds.length).toBe(1)
  })

  it('names households that nobody may carry, and whose limit of walking stands in the way', () => {
    const { task } = crowded()
    const near = { ...task, members: { ...task.members, max: task.members.max.map(() => 99), reachM: task.members.reachM.map(() => 0) } }
    const { shortage } = solveCommunity(near)
    const homes = new Set(task.members.column)
    const blocked = task.households.ids.filter((_, k) => !homes.has(task.households.building[k]))
    expect(blocked.length).toBeGreaterThan(0)
    expect(shortage!.blockedIds).toEqual(blocked)
    expect(shortage!.unservedIds).toEqual(blocked)
    const [lift] = shortage!.relaxations.filter((way) => way.kind === 'lift_reach')
    expect(lift.unserved).toBe(0)
    // Lifted for these alone it does.
    const servedWith = (ids: readonly number[]) =>
      solveCommunity({ ...near, members: { ...near.members, reachM: near.members.reachM.map((reachM, m) => (ids.includes(task.members.ids[m]) ? -1 : reachM)) } }).figures.served
    expect(servedWith(lift.memberIds)).toBe(task.households.ids.length)
    expect(servedWith([])).toBeLessThan(task.households.ids.length)
  })

  it('is answered where nobody is able, where there is no member at all, and where everything is pinned', () => {
    const { task } = crowded()
    const total = task.households.ids.length
    for (const mode of ['household', 'building'] as const) {
      const nobody = solveCommunity({ ...task, mode, members: { ...task.members, able: new Uint8Array(4), frail: new Uint8Array(4).fill(1) } })
      expect([nobody.figures.served, nobody.loads.length, nobody.shortage!.blockedIds.length, nobody.shortage!.relaxations]).toEqual([0, 0, total, []])
      const none = makeContactWorld({ seed: 8, communities: 1, buildings: 6, members: 0 })
      none.scope.current.householdMember.fill(-1)
      const context = none.context()
      const session = createAssignmentSession({ context, document: makeAssignmentDocument(none.scope, { planId: 'p', orgUnitId: STREET_ID, revision: 1 }) })
      session.setWalks(netWalks(none, context))
      const empty = solveCommunity({ ...encodeCommunity(session, 0), mode })
      expect([empty.figures.served, empty.shortage!.unservedIds.length]).toEqual([0, none.scope.households.count])
      const pinned = solveCommunity({ ...task, mode, households: { ...task.households, now: new Int32Array(total), pinned: new Uint8Array(total).fill(1) } })
      expect([pinned.figures.served, pinned.gap, [...pinned.loads]]).toEqual([total, 0, [total, 0, 0, 0]])
    }
  })

  it('names members who cannot reach their least, and the least that all could', () => {
    const { task } = crowded()
    const total = task.households.ids.length
    const greedy = { ...task, limits: { min: total, max: total }, members: { ...task.members, min: task.members.min.map(() => total), max: task.members.max.map(() => total) } }
    const { shortage } = solveCommunity(greedy)
    expect(shortage!.short.reduce((sum, { missing }) => sum + missing, 0)).toBe(3 * total)
    expect(shortage!.relaxations).toEqual([{ kind: 'lower_min', min: Math.floor(total / 4), unserved: 0 }])
  })
})

describe('whole buildings', () => {
  const byBuilding = (options: Partial<ContactWorldOptions> & { seed: number }) =>
    encodeCommunity(open({ communities: 1, ...options }, (document) => document.modes.set(communityId(0), 'building')), 0)

  it('go to one member each, everybody has the least, nobody more than need be', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const task = byBuilding({ seed, buildings: 30, householdsPerBuilding: 4, members: 6, settings: { minBuildings: 4, urban: { min: 2, max: 8 } } })
      const { memberIds, figures, boundM, objectiveM, loads } = solveCommunity(task)
      const byBuildingMember = new Map<number, Set<number>>()
      memberIds.forEach((id, k) => {
        const among = byBuildingMember.get(task.households.building[k]) ?? new Set()
        byBuildingMember.set(task.households.building[k], among.add(id))
      })
      expect([...byBuildingMember.values()].every(({ size }) => size === 1)).toBe(true)
      const isFree = task.members.reachM.every((reachM, m) => reachM < 0 || task.members.able[m] === 0) && task.members.ownMax.every((own) => own === 0)
      if (figures.ableMembers > 0 && isFree) {
        expect(figures.served).toBe(figures.households)
        expect(figures.belowMin).toBe(0)
        const even = Math.max(8, Math.ceil(figures.households / figures.ableMembers))
        expect(Math.max(...loads)).toBeLessThanOrEqual(even + 3)
      }
      expect(boundM).toBeLessThanOrEqual(objectiveM)
    }
  })

  it('miss no more buildings and overload nobody more than the best there is, and the bound holds, as trying every way finds', () => {
    let best = 0
    for (let seed = 1; seed <= 60; seed++) {
      const plain = byBuilding({ seed, buildings: 6, householdsPerBuilding: 3, members: 3, isPlain: true, settings: { minBuildings: 2, urban: { min: 1, max: 4 } } })
      const task = { ...plain, members: { ...plain.members, committee: new Uint8Array(3) } }
      const costs = createTieCosts(task)
      const buildings = [...new Set(task.households.building)].map((b) => [...task.households.ids.keys()].filter((k) => task.households.building[k] === b))
      const even = Math.max(4, Math.ceil(task.households.ids.length / 3))
      const rate = (carrierOf: readonly number[]): readonly [number, number, number] => {
        const [loads, counts] = [new Int32Array(3), new Int32Array(3)]
        let costDm = 0
        carrierOf.forEach((m, b) => {
          counts[m]++
          loads[m] += buildings[b].length
          for (const k of buildings[b]) costDm += costs.costDm(k, m)
        })
        return [counts.reduce((sum, n) => sum + Math.max(0, 2 - n), 0), loads.reduce((sum, n) => sum + Math.max(0, n - even), 0), costDm]
      }
      const ways = Array.from({ length: 3 ** buildings.length }, (_, way) => rate(buildings.map((__, b) => Math.floor(way / 3 ** b) % 3)))
      const [missing, excess, costDm] = ways.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])[0]
      const { memberIds, objectiveM, boundM } = solveCommunity(task)
      const ours = rate(buildings.map(([k]) => task.members.ids.indexOf(memberIds[k])))
      expect([seed, ours[0], ours[1]]).toEqual([seed, missing, excess])
      expect(ours[2]).toBe(Math.round(10 * objectiveM))
      expect(boundM * 10).toBeLessThanOrEqual(costDm + 1e-6)
      best += Number(ours[2] === costDm)
    }
    // Exchanges do not always find the very best; nearly always they do.
    expect(best).toBeGreaterThanOrEqual(55)
  })

  it('of one household each are shared out exactly and evenly', () => {
    const task = byBuilding({ seed: 3, buildings: 49, householdsPerBuilding: 1, members: 5, isPlain: true, settings: { minBuildings: 6, urban: { min: 2, max: 8 } } })
    const { gap, loads, figures } = solveCommunity(task)
    expect(figures.served).toBe(49)
    expect(gap).toBe(0)
    expect(Math.max(...loads)).toBe(10)
    expect(Math.min(...loads)).toBeGreaterThanOrEqual(6)
  })
})

describe('care of the frail', () => {
  it('goes to the nearest who are able, nobody caring for more than the most', () => {
    const task = encodeCommunity(open({ seed: 21, communities: 1, buildings: 9, members: 20, settings: { changeM: 0 } }), 0)
    const { frailIds, carerIds, figures } = solveCommunity(task)
    expect(frailIds.length).toBeGreaterThan(0)
    expect(figures.cared).toBe(frailIds.length)
    const { members, walks, care } = task
    const able = [...members.ids.keys()].filter((m) => members.able[m] === 1)
    const counts = new Map<number, number>()
    let costDm = 0
    carerIds.forEach((id, k) => {
      const carer = members.ids.indexOf(id)
      expect(members.able[carer]).toBe(1)
      counts.set(carer, (counts.get(carer) ?? 0) + 1)
      costDm += walks.walkDm[members.row[carer] * walks.columns + members.column[care.frail[k]]]
    })
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(care.max)
    const nearest = care.frail.reduce((sum, frail) => sum + Math.min(...able.map((m) => walks.walkDm[members.row[m] * walks.columns + members.column[frail]])), 0)
    expect(costDm).toBeGreaterThanOrEqual(nearest)
  })
})
