import type { IssueCategory } from '@/core/issues/issue'
import type { BuildingKind } from '../land/land-model'

/** At which hours people speak of it. */
export type Hours = 'day' | 'evening' | 'night'

/** What people of the demo bring up: how often, where, when, in which words. All weights are relative. */
export interface Matter {
  readonly weight: number
  /** By month, January first. */
  readonly months: readonly number[]
  readonly hours: Hours
  /** Weight of one household, by kind of building. */
  readonly perHome: Partial<Readonly<Record<BuildingKind, number>>>
  /** Weight of a building whoever lives there. */
  readonly perBuilding: Partial<Readonly<Record<BuildingKind, number>>>
  /** Chance that the level in charge cannot settle it and hands it up. */
  readonly goesUp: number
  /** Chance that policy forbids it. */
  readonly explained: number
  readonly titles: readonly string[]
  readonly progress: readonly string[]
  readonly done: readonly string[]
}

const EVEN = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
const SUMMER = [0.6, 0.6, 0.8, 1, 1.2, 1.5, 1.7, 1.6, 1.2, 1, 0.8, 0.6]
const WINTER = [1.7, 1.3, 1, 0.8, 0.8, 0.8, 0.9, 0.9, 0.8, 0.9, 1.4, 1.7]
const GROWTH = [0.3, 0.4, 0.9, 1.7, 1.8, 1.5, 1.3, 1.1, 0.9, 0.8, 0.6, 0.4]

export const MATTERS: Readonly<Record<IssueCategory, Matter>> = {
  sanitation: {
    weight: 20, months: SUMMER, hours: 'day', goesUp: 0.09, explained: 0.02,
    perHome: { apartments: 1, tower: 0.6, courtyard: 1.5, farmstead: 1.1 }, perBuilding: { shop: 1.2, public: 1 },
    titles: ['垃圾桶满溢未清运', '建筑垃圾堆在路边', '下水道返味', '污水井堵塞外溢', '楼道卫生没人打扫', '路边旱厕需要清理', '河沟边倒垃圾', '装修垃圾占了通道'],
    progress: ['已联系保洁公司，今天下午到场。', '清运车辆排到明天上午。', '疏通一次，仍有堵点，约了高压车。'],
    done: ['已清运，现场冲洗干净。', '管道已疏通，回访通水正常。', '堆物已清走，立了提示牌。'],
  },
  property: {
    weight: 13, months: EVEN, hours: 'evening', goesUp: 0.16, explained: 0.06,
    perHome: { apartments: 1.2, tower: 1.7 }, perBuilding: {},
    titles: ['电梯停运未修', '单元门禁损坏', '屋面漏水', '物业费收支没有公示', '水泵房异响', '楼道灯不亮', '公共收益去向不明', '外墙瓷砖松动'],
    progress: ['物业已报修，等配件。', '约业委会和物业周三见面。', '维修资金申请已受理。'],
    done: ['物业已维修，恢复使用。', '账目已在公示栏贴出。', '配件换好，试运行正常。'],
  },
  facilities: {
    weight: 14, months: WINTER, hours: 'evening', goesUp: 0.2, explained: 0.05,
    perHome: { apartments: 0.6, tower: 0.4, courtyard: 1, farmstead: 0.9 }, perBuilding: { shop: 1.5, school: 4, hospital: 4, public: 2, industrial: 1 },
    titles: ['路灯连片不亮', '路面塌陷', '井盖松动', '供暖温度不够', '自来水压力低', '健身器材损坏', '公交站牌倾斜', '村道坑洼积水'],
    progress: ['已报城管，排入本周维修。', '供热公司上门测温。', '现场已围挡，等材料。'],
    done: ['路灯已修复，夜间查看正常。', '路面已修补。', '井盖已更换。', '测温达标，居民认可。'],
  },
  noise: {
    weight: 9, months: SUMMER, hours: 'night', goesUp: 0.07, explained: 0.04,
    perHome: { apartments: 1, tower: 1.1, courtyard: 0.6, farmstead: 0.15 }, perBuilding: { shop: 0.8, industrial: 3 },
    titles: ['夜间施工噪声', '广场舞音量大', '烧烤摊深夜吵闹', '楼上装修时间早', '空调外机噪声', '门店高音喇叭'],
    progress: ['已劝导一次，晚上再去看。', '和店主谈过，答应调小。'],
    done: ['双方说好时间，音量已降。', '施工方停止夜间作业。', '外机已加减震垫。'],
  },
  safety: {
    weight: 7, months: SUMMER, hours: 'day', goesUp: 0.15, explained: 0.02,
    perHome: { apartments: 0.7, tower: 0.5, courtyard: 1.4, farmstead: 0.8 }, perBuilding: { shop: 1, school: 3, industrial: 3 },
    titles: ['雨棚松动，危及行人', '电线低垂', '围墙开裂', '枯树有倒伏危险', '井口没有护栏', '学校门口车速快', '河边缺警示牌'],
    progress: ['已拉警戒线，联系产权单位。', '供电所明早到场。'],
    done: ['隐患已排除，现场复查。', '已加固，贴了提示。', '枯树已伐除。'],
  },
  fire: {
    weight: 7, months: WINTER, hours: 'evening', goesUp: 0.06, explained: 0.01,
    perHome: { apartments: 1.2, tower: 1, courtyard: 1.6, farmstead: 0.2 }, perBuilding: { shop: 1.6, industrial: 2 },
    titles: ['飞线充电', '楼道堆物', '消防通道被占', '灭火器过期', '电动车进楼', '门店违规用火', '秸秆堆靠近房屋'],
    progress: ['已入户说明，限期清理。', '联系消防所一起查看。'],
    done: ['堆物已清，通道畅通。', '飞线已拆，改到充电棚。', '灭火器已更换。'],
  },
  parking: {
    weight: 10, months: EVEN, hours: 'evening', goesUp: 0.12, explained: 0.08,
    perHome: { apartments: 1.3, tower: 1, courtyard: 0.4, farmstead: 0.1 }, perBuilding: { shop: 2.2, school: 6, hospital: 8, public: 2 },
    titles: ['占道停车堵路', '车位被地锁占用', '僵尸车占车位', '大货车夜里停在门口', '接送时段路口堵死', '非机动车乱停'],
    progress: ['已联系车主，答应挪车。', '交警队安排早晚高峰值守。'],
    done: ['车辆已挪走，划了禁停线。', '地锁已拆除。', '僵尸车已拖离。'],
  },
  greening: {
    weight: 5, months: GROWTH, hours: 'day', goesUp: 0.08, explained: 0.05,
    perHome: { apartments: 1, tower: 0.8, courtyard: 0.3, farmstead: 0.2 }, perBuilding: { school: 1, public: 1 },
    titles: ['树枝挡窗遮光', '绿地改成菜地', '杨絮太多', '草坪长期没人修', '树上有虫', '绿化带缺株'],
    progress: ['园林公司已看现场。', '排入下周修剪。'],
    done: ['已修剪，采光恢复。', '菜地已清，补种草皮。', '已打药防虫。'],
  },
  dispute: {
    weight: 5, months: [0.9, 1.5, 1.2, 1, 1, 0.9, 0.9, 0.9, 1, 1, 1, 1], hours: 'day', goesUp: 0.12, explained: 0.06,
    perHome: { apartments: 0.8, tower: 0.7, courtyard: 1.2, farmstead: 1.2 }, perBuilding: { shop: 0.5 },
    titles: ['楼上漏水索赔', '宅基地界线争议', '邻里口角', '物业费纠纷', '土地流转款未结', '犬只扰民'],
    progress: ['已约双方周末调解。', '第一次调解没谈拢，再约。'],
    done: ['双方签了调解书。', '界线重新量过，双方认可。', '费用已结清。'],
  },
  welfare: {
    weight: 5, months: [1.4, 1.3, 1, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1, 1.1, 1.4], hours: 'day', goesUp: 0.14, explained: 0.12,
    perHome: { apartments: 0.6, tower: 0.3, courtyard: 1.3, farmstead: 1.3 }, perBuilding: {},
    titles: ['低保复核材料咨询', '独居老人需要助餐', '残疾人补贴到期', '临时救助申请', '适老化改造申请', '大病救助咨询'],
    progress: ['材料已收齐，送街道民政。', '入户核实过家庭情况。'],
    done: ['补贴已续发。', '助餐已安排，每天送一次。', '救助金已到账。'],
  },
  policy: {
    weight: 3, months: EVEN, hours: 'day', goesUp: 0.1, explained: 0.4,
    perHome: { apartments: 0.8, tower: 0.7, courtyard: 1, farmstead: 1 }, perBuilding: { shop: 0.4 },
    titles: ['加装电梯怎么申请', '新增人口落户咨询', '医保缴费问题', '拆迁安置进度', '入学划片咨询', '门牌更正申请'],
    progress: ['已问过窗口，需要补一份材料。'],
    done: ['已说明办理流程，陪同办结。', '进度已当面答复。'],
  },
  other: {
    weight: 2, months: EVEN, hours: 'day', goesUp: 0.08, explained: 0.1,
    perHome: { apartments: 1, tower: 1, courtyard: 1, farmstead: 1 }, perBuilding: { shop: 1, public: 1 },
    titles: ['流浪犬出没', '快递柜位置不便', '活动室开放时间短', '宣传栏内容过期', '希望增设长椅'],
    progress: ['已记下，和相关单位商量。'],
    done: ['已办妥，回访满意。', '时间已调整，贴了告示。'],
  },
}

/** Why a matter goes to the level above. */
export const UP_NOTES = ['超出本级权限，需上级协调。', '涉及多个部门，请上级牵头。', '需要专项资金，报上级研究。', '产权单位不在辖区，请上级对接。'] as const
export const RETURN_NOTES = ['现场没有处理完，请继续。', '缺少处理后的照片，请补充。', '居民反映又出现了，请再看一次。'] as const
export const REMIND_NOTES = ['期限快到了，请抓紧。', '居民又来电话问，请尽快处理。', '已过期限，请今天回复进展。'] as const
export const EXPLAIN_NOTES = ['按现行政策不能办理，已当面说明依据。', '不在受理范围，已告知办理渠道。', '涉及诉讼，按法院判决执行，已说明。'] as const
export const REOPEN_NOTES = ['过了几天又出现了。', '只处理了一半，还有一处没弄。'] as const
