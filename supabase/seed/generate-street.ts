import { makeLandFrame } from '@/core/land-frame'
import { drawCommunities } from './land/community-areas'
import { interiorPoint } from './land/interior-point'
import { homesOf, LineKind, ROAD_CLASS, type PlannedBuilding, type PlannedGround } from './land/land-model'
import { planLand, type LandPlan } from './land/plan-land'
import { urbanNames, villageNames } from './land/place-names'
import { PhoneBook } from './people/identities'
import { initialsOf, quickInitials } from './people/initials'
import { enlistMembers, formPartyGroups } from './people/members'
import { placeStations } from './people/stations'
import { settleHouseholds } from './people/settle-households'
import { Random, shareOut } from './random'
import { GRID_LIMITS, ORIGIN, type StreetSettings } from './settings'
import type { BuildingData, Community, CompoundData, Feature, StreetData, StreetWay } from './street-data'

export interface GenerateOptions {
  /** Keep the registered residents (74,286 in the demo); without them only their number by household. Default true. */
  readonly residents?: boolean
}

/**
 * Make a street office: land, buildings, households, people. The same seed and settings give the same data, byte for
 * byte. All totals of the settings are met exactly. About 3 s for the demo street.
 */
export function generateStreet(seed: string, settings: StreetSettings, options: GenerateOptions = {}): StreetData {
  const random = new Random(`${seed}/${settings.code}`)
  const rural = villageNames(settings.villages, random.fork('village names'))
  const urban = urbanNames(settings.urbanCommunities, random.fork('community names'))
  const plan = planLand(
    {
      seed,
      column: settings.column,
      row: settings.row,
      streetName: settings.name,
      urbanCommunities: settings.urbanCommunities,
      villageNames: rural,
      villageHouseholds: (townHomes) => shareVillages(settings, townHomes, random.fork('village sizes')),
    },
    random.fork('land'),
  )
  const areas = drawCommunities(plan, settings.urbanCommunities, random.fork('communities'))
  const zones = Math.max(3, Math.round((settings.villages + settings.urbanCommunities) / 18))
  const communities = [...urban, ...rural].map((name, k): Community => ({
    // Communities count from 001, villages from 201, as the statistics bureau numbers them.
    code: settings.code.slice(0, 9) + String(k < urban.length ? k + 1 : k - urban.length + 201).padStart(3, '0'),
    name,
    initials: initialsOf(name),
    kind: k < urban.length ? 'urban' : 'rural',
    rings: areas.rings[k],
    workZone: k < urban.length ? 0 : 1 + Math.floor(((k - urban.length) * (zones - 1)) / rural.length),
  }))
  const workZones = communities.reduce<string[]>((names, { workZone, name }) => {
    names[workZone] ??= workZone === 0 ? '镇区党建工作区' : `${name.replace(/村$/, '')}党建工作区`
    return names
  }, [])
  const { compounds, planned } = collectBuildings(plan, areas.ofFace, settings.urbanCommunities)
  const phones = new PhoneBook(random.fork('phones'))
  const settled = settleHouseholds(planned, communities, settings, phones, random.fork('households'))
  const buildings = planned.map(({ building, community, compound }, k): BuildingData => ({
    community,
    compound,
    kind: building.kind,
    name: building.name,
    address: building.address,
    initials: quickInitials(building.address),
    floors: building.floors,
    ring: building.ring,
    point: interiorPoint(building.ring),
    households: settled.byBuilding[k],
  }))
  const groups = formPartyGroups(
    communities.map(({ code }) => code), communities.map(({ name }) => name), settled.byCommunity, settings.partyGroups,
  )
  const members = enlistMembers(
    groups, settings.members, (community) => settled.homesOf(community), (household) => settled.adultsOf(household), random.fork('members'),
  )
  const stations = placeStations(settings.name, communities, compounds, buildings, random.fork('stations'))
  return {
    settings,
    frame: makeLandFrame(ORIGIN),
    initials: initialsOf(settings.name),
    outline: plan.outline.ring,
    communities,
    workZones,
    streets: collectStreets(plan),
    features: collectFeatures(plan),
    compounds,
    buildings,
    stairwells: settled.stairwells,
    households: settled.households,
    residents: (options.residents ?? true) ? settled.residents : [],
    partyGroups: groups,
    members,
    stations,
    phones,
    plan,
  }
}

/** The town lives on about 92 % of its homes; the villages take the rest, each within the limits of a rural grid. */
function shareVillages(settings: StreetSettings, townHomes: number, random: Random): number[] {
  const { lower, upper } = GRID_LIMITS.rural
  const count = settings.villages
  const low = settings.households - Math.min(Math.floor(townHomes * 0.97), settings.urbanCommunities * 1480)
  const rest = Math.min(count * (upper - 30), Math.max(low, count * (lower + 6), settings.households - Math.floor(townHomes * 0.92)))
  const weights = Array.from({ length: count }, () => 0.8 + Math.abs(random.between(-1, 1) + random.between(-1, 1)) * 0.5)
  return shareOut(rest, weights, lower, upper)
}

interface PlacedBuilding {
  readonly building: PlannedBuilding
  readonly community: number
  readonly compound: number
}

function collectBuildings(plan: LandPlan, ofFace: Int32Array, urban: number): { compounds: CompoundData[]; planned: PlacedBuilding[] } {
  const compounds: CompoundData[] = []
  const planned: PlacedBuilding[] = []
  const add = (ground: PlannedGround, community: number): void => {
    const first = compounds.length
    compounds.push(...ground.compounds.map((compound): CompoundData => ({ ...compound, community, initials: initialsOf(compound.name) })))
    for (const building of ground.buildings) planned.push({ building, community, compound: building.compound < 0 ? -1 : first + building.compound })
  }
  const town = [...plan.townGround].sort(([a], [b]) => ofFace[a] - ofFace[b] || a - b)
  for (const [face, ground] of town) add(ground, ofFace[face])
  plan.villages.forEach(({ ground }, k) => add(ground, urban + k))
  if (planned.some(({ building }) => homesOf(building) < 0)) throw new Error('a building has no number of homes')
  return { compounds, planned }
}

function collectStreets(plan: LandPlan): StreetWay[] {
  return plan.lines.flatMap(({ kind, name, line }): StreetWay[] => {
    const road = ROAD_CLASS[kind]
    return road ? [{ name, initials: initialsOf(name), class: road.highway, hard: road.hard, line }] : []
  })
}

function collectFeatures(plan: LandPlan): Feature[] {
  const grounds = [...plan.townGround.values(), ...plan.villages.map(({ ground }) => ground)]
  return [
    { kind: 'water', name: '柳河', line: plan.backbone.river.band },
    ...grounds.flatMap(({ water }) => water.map(({ name, ring }): Feature => ({ kind: 'water', name, line: ring }))),
    ...grounds.flatMap(({ green }) => green.map(({ name, ring }): Feature => ({ kind: 'green', name, line: ring }))),
    ...plan.woods.map(({ name, ring }): Feature => ({ kind: 'green', name, line: ring })),
    ...plan.lines.filter(({ kind }) => kind === LineKind.railway).map(({ name, line }): Feature => ({ kind: 'railway', name, line })),
  ]
}
