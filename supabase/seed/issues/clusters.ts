import type { IssueCategory } from '@/core/issues/issue'
import type { BuildingKind } from '../land/land-model'

/** How a cluster changes as time goes on. */
export type ClusterCourse = 'growing' | 'fading' | 'steady' | 'seasonal' | 'new'

/** A place where one matter comes up again and again, on purpose: what a search for hot spots is to find. */
export interface ClusterPlan {
  readonly course: ClusterCourse
  readonly category: IssueCategory
  readonly titles: readonly string[]
  /** Kinds of building it is about; the first is what its middle is. */
  readonly kinds: readonly BuildingKind[]
  /** Whether the land is a village's. */
  readonly isRural: boolean
  readonly radiusM: number
  /** Slips a week so many weeks ago. */
  readonly perWeek: (weeksAgo: number) => number
  /** Months it comes up in, January 0; all where absent. */
  readonly months?: readonly number[]
}

const between = (low: number, high: number) => (weeksAgo: number): number => (weeksAgo >= low && weeksAgo < high ? 1 : 0)
/** From nothing so many weeks ago to `most` a week now. */
const growing = (since: number, most: number) => (weeksAgo: number): number => (weeksAgo < since ? most * (1 - weeksAgo / since) : 0)
/** Evenly until so many weeks ago, then less and less, and over so many weeks ago. */
const fading = (until: number, over: number, most: number) => (weeksAgo: number): number =>
  weeksAgo > until ? most : weeksAgo > over ? (most * (weeksAgo - over)) / (until - over) : 0

export const CLUSTERS: readonly ClusterPlan[] = [
  { course: 'growing', category: 'sanitation', titles: ['化粪池外溢', '化粪池又满了', '污水管塌陷返水'], kinds: ['apartments'], isRural: false, radiusM: 170, perWeek: growing(40, 4) },
  { course: 'growing', category: 'noise', titles: ['夜间施工噪声', '渣土车深夜进出'], kinds: ['tower', 'apartments'], isRural: false, radiusM: 220, perWeek: growing(22, 5) },
  { course: 'growing', category: 'property', titles: ['电梯停运未修', '电梯困人', '电梯运行异响'], kinds: ['tower', 'apartments'], isRural: false, radiusM: 130, perWeek: growing(52, 2.6) },
  { course: 'fading', category: 'fire', titles: ['飞线充电', '电动车进楼'], kinds: ['apartments', 'courtyard'], isRural: false, radiusM: 180, perWeek: fading(40, 8, 2.2) },
  { course: 'fading', category: 'facilities', titles: ['路灯连片不亮', '路面塌陷'], kinds: ['courtyard', 'apartments'], isRural: false, radiusM: 240, perWeek: fading(60, 26, 2) },
  { course: 'fading', category: 'dispute', titles: ['物业费纠纷', '物业交接争议'], kinds: ['apartments'], isRural: false, radiusM: 150, perWeek: fading(52, 20, 1.6) },
  { course: 'steady', category: 'parking', titles: ['占道停车堵路', '接送时段路口堵死'], kinds: ['shop', 'school'], isRural: false, radiusM: 200, perWeek: () => 1.5 },
  { course: 'steady', category: 'fire', titles: ['楼道堆物', '消防通道被占'], kinds: ['apartments'], isRural: false, radiusM: 150, perWeek: () => 0.9 },
  { course: 'seasonal', category: 'noise', titles: ['广场舞音量大', '烧烤摊深夜吵闹'], kinds: ['apartments', 'tower', 'shop'], isRural: false, radiusM: 200, perWeek: () => 3.2, months: [5, 6, 7, 8] },
  { course: 'seasonal', category: 'facilities', titles: ['雨后积水', '下水井返水'], kinds: ['courtyard', 'shop', 'apartments'], isRural: false, radiusM: 230, perWeek: () => 4, months: [6, 7] },
  { course: 'new', category: 'sanitation', titles: ['垃圾清运不及时', '垃圾池外溢'], kinds: ['farmstead'], isRural: true, radiusM: 260, perWeek: (weeksAgo) => 4 * between(0, 7)(weeksAgo) },
]
