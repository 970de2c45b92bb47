import { ASSIGNMENT_DEFAULTS, type AssignmentSettings } from '@/core/assignment/assignment-scope'

/** What one street office is to have. All totals are exact. */
export interface StreetSettings {
  readonly name: string
  /** 12 digits; province 99 is not in GB/T 2260, so no code can belong to a real place. */
  readonly code: string
  /** Place in the brick pattern of streets: column from the west, row from the north; 0, 0 is the demo street. */
  readonly column: number
  readonly row: number
  readonly urbanCommunities: number
  readonly villages: number
  readonly partyGroups: number
  readonly members: number
  readonly households: number
  readonly residents: number
  /** Office cadres and rural assistants, each tied to a community or village. */
  readonly cadres: number
  readonly assistants: number
}

export const DISTRICT = { name: '示范区', code: '990101000000' } as const

/** Middle of the demo street, WGS84: invented land. */
export const ORIGIN = [117.6, 36.2] as const

export const DEMO_SEED = 'gewu'

/** Figures of the six-level document: 90 communities and villages, 342 groups, 2,127 members, 22,542 households. */
export const DEMO_STREET: StreetSettings = {
  name: '高庄街道',
  code: '990101001000',
  column: 0,
  row: 0,
  urbanCommunities: 12,
  villages: 78,
  partyGroups: 342,
  members: 2127,
  households: 22542,
  residents: 74286,
  cadres: 120,
  assistants: 21,
}

const OTHER_STREETS = [
  '青石镇', '东原街道', '湖东镇', '龙潭镇', '府前街道', '海棠街道', '城西街道', '西岭镇', '北岭镇', '凤凰街道', '柳河镇', '杏山镇', '云台街道', '白塔镇',
]

/** Columns and rows around the demo street. */
const PLACES: readonly (readonly [number, number])[] = [
  [-2, -1], [-1, -1], [0, -1], [1, -1], [2, -1],
  [-2, 0], [-1, 0], [1, 0], [2, 0],
  [-2, 1], [-1, 1], [0, 1], [1, 1], [2, 1],
]

/** The scale district: 15 streets, 250,000 households, 20,000 members, 68 work zones. */
export const SCALE_STREETS: readonly StreetSettings[] = [
  DEMO_STREET,
  ...OTHER_STREETS.map((name, k): StreetSettings => {
    // 14 streets carry what the demo street leaves of 250,000 and 20,000; the last ones carry the remainder.
    const share = (total: number): number => Math.floor(total / 14) + (k < total % 14 ? 1 : 0)
    return {
      name,
      code: `990101${String(k + 2).padStart(3, '0')}000`,
      column: PLACES[k][0],
      row: PLACES[k][1],
      urbanCommunities: 7 + (k % 4),
      villages: 56 + ((k * 5) % 13),
      partyGroups: 238,
      members: share(20000 - DEMO_STREET.members),
      households: share(250000 - DEMO_STREET.households),
      residents: share(820000 - DEMO_STREET.residents),
      cadres: 84,
      assistants: 16,
    }
  }),
]

/** Limits of grids by kind of community (households), as the product sets them. */
export const GRID_LIMITS = {
  urban: { lower: 300, upper: 500, target: 400 },
  rural: { lower: 80, upper: 250, target: 150 },
  minMembers: 3,
} as const

/** Limits and weights of assigning households: the product's, with interests that people here share. */
export const ASSIGNMENT: AssignmentSettings = {
  ...ASSIGNMENT_DEFAULTS,
  interests: ['书法', '合唱', '广场舞', '象棋', '乒乓球', '种植', '养殖', '垂钓'],
}

/** Households a member at most in a community of the town that has more of them than fifteen a member. */
export const CROWDED_MAX = 20
