import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { XY } from '@/core/units'
import { DEMO_ACCOUNTS } from '../../../supabase/seed/demo-accounts'
import { drawLand } from '../../../supabase/seed/draw-land'
import { distanceM, insideRing, ringBounds, ringsMeet, segmentDistanceM, signedAreaM2 } from '../../../supabase/seed/geometry/plane'
import { SegmentIndex } from '../../../supabase/seed/geometry/segment-index'
import { generateStreet } from '../../../supabase/seed/generate-street'
import { ID_DIVISION, idCheckCharacter, PHONE_PREFIX } from '../../../supabase/seed/people/identities'
import { tieContacts, type Contacts } from '../../../supabase/seed/people/contacts'
import { ASSIGNMENT, DEMO_SEED, DEMO_STREET, SCALE_STREETS } from '../../../supabase/seed/settings'
import type { StreetData } from '../../../supabase/seed/street-data'

const street = generateStreet(DEMO_SEED, DEMO_STREET)

const countBy = (length: number, indices: readonly number[]): number[] => {
  const out = new Array<number>(length).fill(0)
  for (const index of indices) out[index]++
  return out
}
const householdsOf = countBy(street.communities.length, street.households.map((h) => street.buildings[h.building].community))

describe('figures of the demo street', () => {
  it('meets every total exactly', () => {
    expect(street.communities).toHaveLength(90)
    expect(street.communities.filter(({ kind }) => kind === 'urban')).toHaveLength(12)
    expect(street.partyGroups).toHaveLength(342)
    expect(street.members).toHaveLength(2127)
    expect(street.households).toHaveLength(22542)
    expect(street.residents).toHaveLength(74286)
    expect(street.households.reduce((sum, h) => sum + h.residentCount, 0)).toBe(74286)
    expect(street.buildings.reduce((sum, b) => sum + b.households, 0)).toBe(22542)
  })

  it('keeps communities within their sizes', () => {
    street.communities.forEach(({ kind }, k) => {
      const [low, high] = kind === 'urban' ? [600, 1500] : [80, 250]
      expect(householdsOf[k]).toBeGreaterThanOrEqual(low)
      expect(householdsOf[k]).toBeLessThanOrEqual(high)
    })
  })

  it('has most households general, lone elderly and left-behind children more in the villages, tenants in the town', () => {
    const share = (kind: 'urban' | 'rural', category: number): number => {
      const own = street.households.filter((h) => street.communities[street.buildings[h.building].community].kind === kind)
      return own.filter((h) => h.category === category).length / own.length
    }
    expect(street.households.filter((h) => h.category === 0).length / 22542).toBeCloseTo(0.8, 1)
    expect(share('rural', 2)).toBeGreaterThan(share('urban', 2))
    expect(share('rural', 3)).toBeGreaterThan(4 * share('urban', 3))
    expect(share('urban', 6)).toBeGreaterThan(10 * share('rural', 6))
    for (let category = 0; category < 8; category++) expect(street.households.some((h) => h.category === category)).toBe(true)
  })

  it('has estates nobody manages, among them that of the bankrupt works', () => {
    expect(street.compounds.filter(({ status }) => status === 'unmanaged').length).toBeGreaterThan(3)
    expect(street.compounds.some(({ name, note }) => name === '棉纺厂家属院' && note?.includes('破产'))).toBe(true)
  })

  it('exempts members of seventy and above, and gives each group one leader', () => {
    for (const { birthYear, exemptReason } of street.members) if (2026 - birthYear >= 70) expect(exemptReason).toBe('aged_70')
    const leaders = countBy(342, street.members.filter(({ leader }) => leader).map(({ group }) => group))
    expect(leaders.every((count) => count === 1)).toBe(true)
    expect(new Set(street.members.map(({ household }) => household)).size).toBe(2127)
  })

  it('gives the scale district 15 streets, 250,000 households and 20,000 members', () => {
    const sum = (of: (settings: (typeof SCALE_STREETS)[number]) => number): number => SCALE_STREETS.reduce((total, s) => total + of(s), 0)
    expect([SCALE_STREETS.length, sum((s) => s.households), sum((s) => s.members)]).toEqual([15, 250000, 20000])
    expect(new Set(SCALE_STREETS.map(({ code }) => code)).size).toBe(15)
  })
})

describe('people who do not exist', () => {
  it('have telephone numbers nobody can dial, each once', () => {
    const phones = street.residents.flatMap(({ phone }) => phone ?? [])
    expect(phones.every((phone) => phone.startsWith(PHONE_PREFIX) && /^[0-9]{11}$/.test(phone))).toBe(true)
    expect(new Set(phones).size).toBe(phones.length)
  })

  it('have identity numbers that no validator accepts', () => {
    const wrong = street.residents.filter(
      ({ idNumber, birthYear }) =>
        !/^[0-9]{18}$/.test(idNumber) || !idNumber.startsWith(ID_DIVISION + birthYear) || idNumber[17] === idCheckCharacter(idNumber.slice(0, 17)),
    )
    expect(wrong).toEqual([])
  })

  it('have names, and so has every thing on the map', () => {
    expect(street.residents.every(({ name }) => name.length >= 2)).toBe(true)
    expect(street.households.every(({ headName, address }) => headName !== '' && address !== '')).toBe(true)
    expect(street.buildings.every(({ name, address, initials }) => name !== '' && address !== '' && initials !== '')).toBe(true)
    expect(new Set(street.communities.map(({ name }) => name)).size).toBe(90)
    expect(new Set(street.communities.map(({ code }) => code)).size).toBe(90)
    expect(new Set(street.households.map(({ address }) => address)).size).toBe(22542)
    expect(new Set(street.compounds.map(({ name }) => name)).size).toBe(street.compounds.length)
  })

  it('are those the sign-in page names', () => {
    const secretary = DEMO_ACCOUNTS.find(({ role }) => role === 'community_secretary')!
    const member = DEMO_ACCOUNTS.find(({ role }) => role === 'member')!
    expect(secretary.orgName).toBe(street.communities[0].name)
    expect(member.orgName).toBe(street.partyGroups[0].name)
    expect(member.name[0]).toBe(street.members.find(({ leader, group }) => leader && group === 0)!.name[0])
    for (const { password } of DEMO_ACCOUNTS) expect(password.length).toBeGreaterThanOrEqual(12)
  })
})

describe('contact ties of the demo street', () => {
  const contacts = tieContacts(street, DEMO_SEED, ASSIGNMENT.interests.length)
  const able = street.members.map(({ frail, exemptReason }) => !frail && exemptReason === null)
  const loads = countBy(street.members.length, contacts.ties.map(({ member }) => member))
  const communityOf = (household: number): number => street.buildings[street.households[household].building].community

  it('link 342 committee members to 342 groups, and 342 leaders to 2,127 members', () => {
    expect(new Set(contacts.committee).size).toBe(342)
    contacts.committee.forEach((member, group) => expect(street.members[member].community).toBe(street.partyGroups[group].community))
    expect(contacts.committee.filter((member) => !able[member])).toEqual([])
    expect(new Set(contacts.leaders).size).toBe(342)
    expect(street.members.filter(({ group }) => street.members[contacts.leaders[group]].group !== group)).toEqual([])
  })

  it('stay within communities, one for each household, frail member and building', () => {
    expect(contacts.ties.filter(({ household, member }) => communityOf(household) !== street.members[member].community)).toEqual([])
    expect(contacts.care.filter(({ frail, carer }) => street.members[frail].community !== street.members[carer].community)).toEqual([])
    expect(new Set(contacts.ties.map(({ household }) => household)).size).toBe(contacts.ties.length)
    expect(new Set(contacts.care.map(({ frail }) => frail)).size).toBe(contacts.care.length)
    expect(new Set(contacts.buildingLeaders.map(({ building }) => building)).size).toBe(contacts.buildingLeaders.length)
    expect(contacts.care.filter(({ frail, carer }) => !street.members[frail].frail || !able[carer])).toEqual([])
    expect(Math.max(...countBy(street.members.length, contacts.care.map(({ carer }) => carer)))).toBeLessThanOrEqual(3)
  })

  it('need an assignment: a tenth unserved, a third out of the limits, some far away, some with exempt members', () => {
    expect(1 - contacts.ties.length / 22542).toBeCloseTo(0.1, 1.5)
    const carrying = loads.filter((_, member) => able[member])
    expect(carrying).toHaveLength(1750)
    expect(carrying.filter((load) => load < 6 || load > 15).length / 1750).toBeCloseTo(1 / 3, 1)
    expect(carrying.filter((load) => load < 6).length).toBeGreaterThan(200)
    expect(carrying.filter((load) => load > 15).length).toBeGreaterThan(200)
    const exempt = contacts.ties.filter(({ member }) => !able[member]).length
    expect([exempt > 150, exempt < 600]).toEqual([true, true])
    const home = (household: number): XY => street.buildings[street.households[household].building].point
    const gaps = contacts.ties.map(({ household, member }) => distanceM(home(household), home(street.members[member].household))).sort((a, b) => a - b)
    expect(gaps[gaps.length >> 1]).toBeLessThan(60)
    expect(gaps.filter((gap) => gap > 400).length).toBeGreaterThan(100)
  })

  it('leave frail members without a carer and buildings without a leader, and give the one who signs in households', () => {
    const frail = street.members.filter((member) => member.frail).length
    expect([contacts.care.length < frail, contacts.care.length > frail / 2]).toEqual([true, true])
    const led = street.buildings.filter(({ households }) => households > 1).length
    expect([contacts.buildingLeaders.length < led, contacts.buildingLeaders.length > led * 0.8]).toEqual([true, true])
    expect(loads[contacts.leaders[0]]).toBeGreaterThanOrEqual(6)
  })

  it('come with what people have in common, and with terms that leave room for every household', () => {
    const kinLiveElsewhere = ({ member, household }: Contacts['kinships'][number]): boolean =>
      street.members[member].household !== household && street.members[member].community === communityOf(household)
    expect(contacts.kinships.length).toBeGreaterThan(1000)
    expect(contacts.kinships.filter((kin) => !kinLiveElsewhere(kin))).toEqual([])
    expect(contacts.householdInterests.length).toBeGreaterThan(4000)
    expect(contacts.memberInterests.length).toBeGreaterThan(1000)
    expect(contacts.crowded.map((k) => street.communities[k].name)).toEqual(['光明社区', '花园社区', '育才社区', '站前社区'])
    expect(contacts.terms.length).toBeGreaterThan(30)
    const room = street.communities.map(() => 0)
    street.members.forEach(({ community }, member) => {
      if (able[member]) room[community] += contacts.terms.find((terms) => terms.member === member)?.max ?? (contacts.crowded.includes(community) ? 20 : 15)
    })
    // Nine villages alone are short of members: there whole buildings are given out.
    const short = street.communities.filter((_, k) => room[k] < householdsOf[k])
    expect([short.length, new Set(short.map(({ kind }) => kind))]).toEqual([9, new Set(['rural'])])
  })

  it('are the same for the same seed', () => {
    expect(tieContacts(street, DEMO_SEED, ASSIGNMENT.interests.length)).toEqual(contacts)
  })
})

describe('the same seed', () => {
  it('gives the same bytes, another seed others', () => {
    const digest = ({ plan: _plan, phones: _phones, ...data }: StreetData): string => createHash('sha256').update(JSON.stringify(data)).digest('hex')
    expect(digest(generateStreet(DEMO_SEED, DEMO_STREET))).toBe(digest(street))
    expect(digest(generateStreet('another', DEMO_STREET))).not.toBe(digest(street))
  }, 180_000)
})

describe('the land', () => {
  it('is tiled by the communities: each border is walked once each way, by neighbours or along the outline', () => {
    const steps = new Map<string, number>()
    const walk = (ring: readonly XY[], sign: number): void =>
      ring.forEach((a, i) => {
        const b = ring[(i + 1) % ring.length]
        const forward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
        const key = forward ? `${a} ${b}` : `${b} ${a}`
        steps.set(key, (steps.get(key) ?? 0) + (forward ? sign : -sign))
      })
    let area = 0
    for (const { rings } of street.communities) {
      for (const ring of rings) {
        walk(ring, 1)
        area += signedAreaM2(ring)
      }
    }
    expect(area).toBeCloseTo(signedAreaM2(street.outline), -1)
    // What is left over once neighbours cancel is the outline, cut at the ends of field lanes.
    const left = [...steps].filter(([, times]) => times !== 0).map(([key]) => key.split(' ').map((p) => p.split(',').map(Number) as unknown as XY))
    const outline = new SegmentIndex()
    outline.addLine([...street.outline, street.outline[0]], 0)
    for (const [a, b] of left) for (const p of [a, b]) expect(outline.nearestM(p, 5)).toBeLessThan(0.05)
  })

  it('has every building wholly inside its community', () => {
    const out = street.buildings.filter(({ ring, community }) => {
      const { rings } = street.communities[community]
      return !ring.every((p) => insideRing(p, rings[0])) || rings.slice(1).some((hole) => ringsMeet(hole, ring))
    })
    expect(out.map(({ address }) => address)).toEqual([])
  })

  it('has a point inside every building', () => {
    expect(street.buildings.filter(({ ring, point }) => !insideRing(point, ring)).map(({ address }) => address)).toEqual([])
  })

  it('has no building over another', () => {
    const pairs = meetingPairs(street.buildings.map(({ ring }) => ring))
    expect(pairs.map(([a, b]) => `${street.buildings[a].address} ${street.buildings[b].address}`)).toEqual([])
  })

  it('has no building on a street, the railway, the river or a wall', () => {
    const ways = new SegmentIndex()
    street.streets.forEach(({ line }, k) => ways.addLine(line, k))
    const railway = new SegmentIndex()
    for (const { kind, line } of street.features) if (kind === 'railway') railway.addLine(line, 0)
    const onStreet = street.buildings.filter(({ ring }) => ways.tooNear(ring, (k) => (street.streets[k].hard ? 2.5 : 1), 3))
    expect(onStreet.map(({ address }) => address)).toEqual([])
    expect(street.buildings.filter(({ ring }) => railway.tooNear(ring, () => 20, 20))).toEqual([])
    const waters = street.features.filter(({ kind }) => kind === 'water').map(({ line }) => line)
    expect(street.buildings.filter(({ ring }) => waters.some((water) => near(ring, water) && ringsMeet(ring, water)))).toEqual([])
    const onWall = street.buildings.filter(({ ring, compound }) =>
      street.compounds.some(({ ring: wall }, k) => (k === compound ? !ring.every((p) => insideRing(p, wall)) : near(ring, wall) && ringsMeet(ring, wall))),
    )
    expect(onWall.map(({ address }) => address)).toEqual([])
  })

  it('has walls that lie in one community and cross neither another wall nor a main street', () => {
    expect(meetingPairs(street.compounds.map(({ ring }) => ring))).toEqual([])
    expect(street.compounds.filter(({ ring, community }) => !ring.every((p) => insideRing(p, street.communities[community].rings[0])))).toEqual([])
    const main = new SegmentIndex()
    for (const { line, hard } of street.streets) if (hard) main.addLine(line, 0)
    expect(street.compounds.filter(({ ring }) => main.tooNear(ring, () => 5, 6)).map(({ name }) => name)).toEqual([])
  })

  it('bridges the river, and leads every village to the network of roads', () => {
    const river = street.features.find(({ kind }) => kind === 'water')!.line
    const bridges = street.streets.filter(({ line, hard }) => hard && line.some((p) => insideRing(p, river)))
    expect(bridges.length).toBeGreaterThanOrEqual(3)
    const roads = street.streets.filter(({ class: word }) => word === 'unclassified')
    expect(roads).toHaveLength(78)
    for (const road of roads) {
      const end = road.line[road.line.length - 1]
      const others = street.streets.filter((other) => other !== road && other.hard)
      const gap = Math.min(...others.flatMap(({ line }) => line.slice(1).map((p, i) => (distanceM(p, end) > 2000 ? Infinity : segmentDistanceM(end, line[i], p)))))
      expect(gap).toBeLessThan(1)
    }
  })
})

describe('a drawing of the land', () => {
  it('holds every building of the window', () => {
    const [west, south, east, north] = ringBounds(street.outline)
    const svg = drawLand(street.plan, { west, south, east, north, widthPx: 1000 })
    expect(svg.startsWith('<svg')).toBe(true)
    expect(svg.match(/stroke="#8f8371"/g)).toHaveLength(street.buildings.length)
    expect(svg).not.toContain('NaN')
  })
})

const near = (a: readonly XY[], b: readonly XY[]): boolean => {
  const [w, s, e, n] = ringBounds(a)
  const [w2, s2, e2, n2] = ringBounds(b)
  return w <= e2 && w2 <= e && s <= n2 && s2 <= n
}

/** Pairs of rings that have a point in common, by a sweep over buckets of 60 m. */
function meetingPairs(rings: readonly (readonly XY[])[]): [number, number][] {
  const buckets = new Map<string, number[]>()
  const out: [number, number][] = []
  rings.forEach((ring, k) => {
    const [west, south, east, north] = ringBounds(ring)
    const seen = new Set<number>()
    for (let x = Math.floor(west / 60); x <= Math.floor(east / 60); x++) {
      for (let y = Math.floor(south / 60); y <= Math.floor(north / 60); y++) {
        const held = buckets.get(`${x},${y}`) ?? []
        for (const other of held) {
          if (seen.has(other)) continue
          seen.add(other)
          if (near(rings[other], ring) && ringsMeet(rings[other], ring)) out.push([other, k])
        }
        held.push(k)
        buckets.set(`${x},${y}`, held)
      }
    }
  })
  return out
}
