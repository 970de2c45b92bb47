import { seededRandom } from '@/algorithms/shared/seeded-random'
import type { MapHit } from '@/map/contracts'
import { createAssigning } from '@/rooms/assignment/assigning'
import { chosenFeatures } from '@/rooms/assignment/chosen'
import { exceptionFeatures } from '@/rooms/assignment/exception-marks'
import { ASSIGNMENT_SOURCE } from '@/rooms/assignment/layers'
import { householdsWithin } from '@/rooms/assignment/modes/lasso'
import { screenHouseholds, tieDelta, withWholeBuildings } from '@/rooms/assignment/operations/give-households'
import { countOf, EXCEPTION_KINDS, listExceptions } from '@/rooms/assignment/operations/list-exceptions'
import { createMemberRows, readMember } from '@/rooms/assignment/operations/member-rows'
import { buildingFeatures, hullOf, partsOfBuilding } from '@/rooms/assignment/operations/patch-features'
import { explainTie, reasonsFor } from '@/rooms/assignment/operations/tie-reasons'
import { servedClass } from '@/rooms/assignment/patches'
import type { Picture } from '@/rooms/assignment/picture'
import { describe, expect, it } from 'vitest'
import { makePicture, PICTURE_FRAME } from '../../../helpers/assignment-picture'
import { communityId, randomAssignmentDelta } from '../../../helpers/contact-world'
import { makeFakeMapEngine } from '../../../helpers/fake-map-engine'

const NOTE = { key: 'change' }
const areaOf = (ring: GeoJSON.Position[]) => Math.abs(ring.slice(1).reduce((sum, [x, y], k) => sum + (ring[k][0] - ring[0][0]) * (y - ring[0][1]) - (x - ring[0][0]) * (ring[k][1] - ring[0][1]), 0)) / 2

describe('patches', () => {
  it('cut every building among those who carry its households, by their number, nothing lost', () => {
    const { scope, layout, session, colourOf } = makePicture({ seed: 5 })
    const seen: number[] = []
    for (let b = 0; b < scope.buildings.count; b++) {
      const features = buildingFeatures({ buildings: scope.buildings, frame: PICTURE_FRAME }, layout, { householdMember: session.document.householdMember, colourOf }, b, 100)
      const parts = partsOfBuilding(layout, session.document.householdMember, b)
      expect(features.map(({ id }) => id)).toEqual(parts.map((_, k) => 100 + k))
      const areas = features.map(({ geometry }) => areaOf((geometry as GeoJSON.Polygon).coordinates[0]))
      const all = areas.reduce((a, c) => a + c, 0)
      const households = parts.reduce((sum, part) => sum + part.households.length, 0)
      parts.forEach((part, k) => expect(areas[k] / all).toBeCloseTo(part.households.length / households, 6))
      for (const { member, households: own } of parts) {
        seen.push(...own)
        own.forEach((household) => expect(session.document.householdMember[household]).toBe(member))
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual([...session.document.householdMember.keys()])
  })

  it('show of the member chosen the home, and a line to each other building', () => {
    const picture = makePicture({ seed: 5 })
    const { assignment, session } = picture
    const member = [...assignment.members.ids.keys()].find((m) => session.loads.buildings[m] > 2)!
    const kinds = chosenFeatures(picture, member).map(({ properties }) => properties!.kind)
    const own = new Set([...session.index.householdsOf(member)].map((household) => assignment.households.building[household]))
    own.delete(assignment.members.building[member])
    expect(kinds.filter((kind) => kind === 'line')).toHaveLength(own.size)
    expect(kinds.filter((kind) => kind === 'home' || kind === 'hull')).toEqual(['hull', 'home'])
    expect(chosenFeatures(picture, -1)).toEqual([])
  })

  it('have a hull of the outer points only', () => {
    expect(hullOf([[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 0]])).toEqual([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]])
    expect(hullOf([[0, 0], [1, 1]])).toEqual([])
  })

  it('have fixed classes far away', () => {
    expect([0, 0.01, 0.05, 0.06, 0.2, 0.5].map(servedClass)).toEqual([0, 1, 1, 2, 2, 3])
  })
})

describe('households given to a member', () => {
  it('stay where they may not go, each with its reason', () => {
    const picture = makePicture({ seed: 3, communities: 3 }, communityId(0))
    const { session, assignment } = picture
    const { households, members } = assignment
    const member = [...members.ids.keys()].find((m) => members.community[m] === 0 && session.limits(m).isAble)!
    const inCommunity = (k: number) => [...households.ids.keys()].filter((h) => households.community[h] === k && session.document.householdMember[h] !== member)
    const [pinned, excluded, free] = inCommunity(0)
    session.apply({ ties: [], pins: [{ household: households.ids[pinned], from: session.document.pinned[pinned] === 1, to: true }] }, NOTE)
    session.apply({ ties: [], exclusions: [{ member: members.ids[member], household: households.ids[excluded], before: null, after: '纠纷' }] }, NOTE)
    const screened = screenHouseholds(session, [pinned, excluded, free, inCommunity(1)[0], free], member)
    expect(screened.households).toEqual([free])
    expect([...screened.refused]).toEqual([['pinned', 1], ['excluded', 1], ['outside_plan', 1]])
    const stranger = [...members.ids.keys()].find((m) => members.community[m] === 1)!
    expect([...screenHouseholds(session, [free], stranger).refused]).toEqual([['other_community', 1]])
    expect(screenHouseholds(session, [...session.index.householdsOf(member)], member)).toEqual({ households: [], refused: new Map() })
  })

  it('go by whole buildings where the community is shared out so', () => {
    const { session, layout, assignment } = makePicture({ seed: 3 })
    const one = 0
    const neighbours = [...assignment.households.building.keys()].filter((h) => assignment.households.building[h] === assignment.households.building[one])
    expect(withWholeBuildings(session, layout, [one])).toEqual([one])
    session.apply({ ties: [], modes: [{ community: communityId(assignment.households.community[one]), before: 'household', after: 'building' }] }, NOTE)
    expect(withWholeBuildings(session, layout, [one])).toEqual(neighbours)
  })
})

describe('gestures', () => {
  function hold(picture: Picture, member: number) {
    const map = makeFakeMapEngine(PICTURE_FRAME)
    /** A metre is a pixel: the building whose slab holds the point. */
    const { buildings } = picture.scope
    map.query = (at) => {
      const { x, y } = at as { x: number; y: number }
      for (let b = 0; b < buildings.count; b++) {
        const left = (buildings.outline[10 * b] - PICTURE_FRAME.lng0) * PICTURE_FRAME.mPerDegLng
        const foot = (buildings.outline[10 * b + 1] - PICTURE_FRAME.lat0) * PICTURE_FRAME.mPerDegLat
        if (x >= left && x <= left + 30 && y >= foot && y <= foot + 12) return [{ layerId: '', source: '', featureIndex: 0, properties: { building: b } } satisfies MapHit]
      }
      return []
    }
    const state = { editing: true, member }
    const assigning = createAssigning({
      map: () => map, picture: () => picture, editing: () => state.editing, selectedMember: () => state.member,
      selectMember: (next) => (state.member = next), onPreview: () => undefined,
    })
    return { map, assigning, state }
  }
  const world = () => {
    const picture = makePicture({ seed: 11, isPlain: true })
    const { assignment } = picture
    const member = [...assignment.members.ids.keys()].find((m) => assignment.members.community[m] === 0)!
    const of = (b: number) => [...assignment.households.building.keys()].filter((h) => assignment.households.building[h] === b)
    return { picture, member, of, now: picture.session.document.householdMember }
  }

  it('give building after building as one step, shown before and undone at once', () => {
    const { picture, member, of, now } = world()
    const before = now.slice()
    const { map, assigning } = hold(picture, member)
    assigning.setTool('assign')
    map.press(5, 5)
    map.drag(45, 5)
    expect(assigning.preview.value).toMatchObject({ member })
    expect(now).toEqual(before)
    expect(map.data.get(ASSIGNMENT_SOURCE.gesture)!.features.length).toBeGreaterThan(0)
    map.release(45, 5)
    expect([...of(0), ...of(1)].every((h) => now[h] === member)).toBe(true)
    expect(picture.session.steps).toHaveLength(1)
    expect(map.data.get(ASSIGNMENT_SOURCE.gesture)!.features).toEqual([])
    picture.session.undo()
    expect(now).toEqual(before)
  })

  it('are dropped with Esc, and left with the next', () => {
    const { picture, member, now } = world()
    const before = now.slice()
    const { map, assigning } = hold(picture, member)
    assigning.setTool('lasso')
    map.press(-5, -5)
    for (const [x, y] of [[60, -5], [60, 20], [-5, 20]]) map.drag(x, y)
    expect(assigning.preview.value!.households.length).toBeGreaterThan(0)
    map.escape()
    expect(assigning.preview.value).toBeNull()
    expect(map.mode.get()).not.toBeNull()
    map.escape()
    expect(map.mode.get()).toBeNull()
    expect(now).toEqual(before)
  })

  it('take with a lasso what lies in the ring', () => {
    const { picture, member, of, now } = world()
    const { map, assigning } = hold(picture, member)
    assigning.setTool('lasso')
    map.press(-5, -5)
    for (const [x, y] of [[35, -5], [35, 20], [-5, 20]]) map.drag(x, y)
    map.release(-5, 20)
    expect(of(0).every((h) => now[h] === member)).toBe(true)
    expect(householdsWithin(picture, [[117, 36], [118, 36]])).toEqual([])
  })

  it('say why nothing is given: no member, not editing, frail; Alt chooses the member', () => {
    const { picture, member, of, now } = world()
    const { map, assigning, state } = hold(picture, -1)
    assigning.setTool('assign')
    map.press(5, 5)
    expect(assigning.refusal.value).toMatchObject({ code: 'no_target' })
    map.release(5, 5)
    const carried = of(0).find((h) => now[h] >= 0)
    now[of(0)[0]] = carried === undefined ? member : now[carried]
    map.press(5, 5, { alt: true })
    expect(state.member).toBe(now[of(0)[0]])
    state.editing = false
    map.press(5, 5)
    expect(assigning.refusal.value).toMatchObject({ code: 'not_editing' })
    const frail = makePicture({ seed: 2 })
    const weak = [...frail.assignment.members.frail.keys()].find((m) => frail.assignment.members.frail[m] === 1)!
    expect(hold(frail, weak).assigning.give([0], 'list')).toBe(false)
  })

  it('release households to nobody', () => {
    const { picture, member, of, now } = world()
    const { assigning } = hold(picture, member)
    assigning.give(of(0), 'list')
    expect(assigning.give(of(0), 'list', 'nobody')).toBe(true)
    expect(of(0).every((h) => now[h] === -1)).toBe(true)
  })
})

describe('lists', () => {
  it.each([1, 2, 3])('keep members as counted anew from edit to edit (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const picture = makePicture({ seed })
    const rows = createMemberRows(picture)
    rows.list()
    picture.session.subscribe((change) => rows.touch(change.rulesChanged ? null : change.changedMembers))
    for (let step = 0; step < 25; step++) picture.session.apply(randomAssignmentDelta(picture.session, random), NOTE)
    expect(rows.list()).toEqual(rows.list().map(({ member }) => readMember(picture, member)))
    expect(rows.list().reduce((sum, row) => sum + row.households, 0)).toBe(picture.session.document.householdMember.filter((m) => m >= 0).length)
  })

  it('hold every exception once, and mark each on the map', () => {
    const picture = makePicture({ seed: 7, settings: { farM: 60 } })
    const { session, assignment } = picture
    const rows = listExceptions(picture)
    expect([...rows.keys()]).toEqual([...EXCEPTION_KINDS])
    const named = (of: (row: { kind: string; households: readonly number[]; frail: readonly number[] }) => number) =>
      [...rows.values()].flat().filter(({ kind }) => kind !== 'too_far').reduce((sum, row) => sum + of(row), 0)
    expect(named(({ households }) => households.length)).toBe(session.findings().reduce((sum, { householdIds }) => sum + householdIds.length, 0))
    expect(named(({ frail }) => frail.length)).toBe(session.findings().reduce((sum, { code, memberIds }) => sum + (code === 'frail_without_carer' ? memberIds.length : 0), 0))
    expect(rows.get('household_unserved')!.every(({ building, households }) => households.every((h) => assignment.households.building[h] === building))).toBe(true)
    expect(countOf('household_unserved', rows.get('household_unserved')!)).toBe(session.document.householdMember.filter((m) => m < 0).length)
    const far = [...assignment.households.ids.keys()].filter((h) => {
      const member = session.document.householdMember[h]
      const reach = member < 0 ? 0 : (session.limits(member).reachM ?? 60)
      const { homes, places } = picture.layout
      const m = Math.hypot((homes[2 * member] - places[2 * h]) * PICTURE_FRAME.mPerDegLng, (homes[2 * member + 1] - places[2 * h + 1]) * PICTURE_FRAME.mPerDegLat)
      return member >= 0 && m > reach
    })
    expect(far.length).toBeGreaterThan(0)
    expect(rows.get('too_far')!.flatMap(({ households }) => households).sort((a, b) => a - b)).toEqual(far)
    const doors = exceptionFeatures(picture, rows, ['too_far']).filter(({ properties }) => properties!.level === 'door')
    expect(doors).toHaveLength(far.length)
  })

  it('explain a tie: what speaks for it, and who lives nearer', () => {
    const picture = makePicture({ seed: 4, isPlain: true })
    const { session, assignment } = picture
    const { households, members } = assignment
    const member = 0
    const household = [...households.ids.keys()].find((h) => households.building[h] === members.building[member] && households.community[h] === members.community[member])!
    if (session.document.householdMember[household] !== member) session.apply(tieDelta(session, [household], member), NOTE)
    const reasons = reasonsFor(picture, member, household)
    expect(reasons.some((reason) => reason === 'same_building' || reason === 'same_stairwell')).toBe(true)
    const { nearer, walk } = explainTie(picture, household)!
    expect(walk!.isStraight).toBe(true)
    const others = [...members.ids.keys()].filter((m) => m !== member && members.community[m] === households.community[household])
    const closer = others.filter((m) => Math.hypot((picture.layout.homes[2 * m] - picture.layout.places[2 * household]) * PICTURE_FRAME.mPerDegLng, (picture.layout.homes[2 * m + 1] - picture.layout.places[2 * household + 1]) * PICTURE_FRAME.mPerDegLat) < walk!.m)
    expect(nearer).toBe(closer.length)
  })
})
