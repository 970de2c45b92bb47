import type { WorkUnit } from '@/core/coverage/coverage-scope'
import { initialsOf } from '../people/initials'
import { Random } from '../random'
import type { StreetData } from '../street-data'

/** A unit of work; positions in the lists of the street. */
export interface WorkUnitData extends Pick<WorkUnit, 'kind' | 'status' | 'branch' | 'note'> {
  readonly name: string
  readonly initials: string
  readonly community: number
  readonly compound: number
  /** Building it is in; −1 where it has none any more. */
  readonly building: number
}

const SHOPS = ['便民超市', '粮油店', '五金商行', '服装店', '药房', '家电维修部', '早餐店', '理发店', '建材门市', '文具店'] as const
const WORKS = ['机械配件厂', '食品加工厂', '包装制品厂', '服装加工厂', '农机修理厂'] as const
const GROWN = ['生姜', '大蒜', '桃', '核桃', '花椒', '蔬菜'] as const
/** Villages with a cooperative. */
const COOPERATIVES = 0.4
/** Shops with so many people that they count as a unit: one in so many. */
const SHOP_UNITS = 14
/** Buildings of one school or hospital are one unit. */
const PART_OF = /(教学楼|实验楼|食堂|宿舍|综合楼|门诊楼|住院楼|医技楼|后勤楼|办公楼|东大棚|西大棚)$/
const NO_UNIT = /党群|管理房|便民服务/
const WITHOUT_BRANCH = { enterprise: 0.35, market: 0.45 } as const

/**
 * Units of work of the street: schools, clinics and offices with a branch of their own, works and larger shops of which some have
 * none, cooperatives of the villages, and what is left of the enterprises whose estates nobody manages.
 */
export function tellUnits(street: StreetData, seed: string): WorkUnitData[] {
  const random = new Random(`${seed}/${street.settings.code}/units`)
  const out: WorkUnitData[] = []
  const add = (building: number, community: number, compound: number, unit: Omit<WorkUnitData, 'initials' | 'community' | 'compound' | 'building'>): void =>
    void out.push({ ...unit, initials: initialsOf(unit.name), community, compound, building })
  const seen = new Set<string>()
  let works = 0
  let shops = 0
  street.buildings.forEach(({ kind, name, community, compound }, k) => {
    const place = street.communities[community].name.replace(/(社区|村)$/, '')
    const whole = name.replace(PART_OF, '')
    if ((kind === 'school' || kind === 'hospital') && whole && !seen.has(whole)) {
      seen.add(whole)
      add(k, community, compound, { name: whole, kind: 'institution', status: 'active', branch: 'joint', note: null })
    }
    if (kind === 'public' && whole && !NO_UNIT.test(whole) && !seen.has(whole)) {
      seen.add(whole)
      const isMarket = whole.includes('市场')
      add(k, community, compound, { name: whole, kind: isMarket ? 'market' : 'agency', status: 'active', branch: isMarket ? 'combined' : 'joint', note: null })
    }
    if (kind === 'public' && street.communities[community].kind === 'rural' && random.chance(COOPERATIVES)) {
      add(k, community, compound, {
        name: `${place}${random.pick(GROWN)}种植专业合作社`, kind: 'enterprise', status: 'active', branch: random.chance(WITHOUT_BRANCH.enterprise) ? null : 'joint', note: null,
      })
    }
    if (kind === 'industrial' && works < 60) {
      add(k, community, compound, {
        name: `${place}${WORKS[works++ % WORKS.length]}`, kind: 'enterprise', status: random.chance(0.12) ? 'closed' : 'active',
        branch: random.chance(WITHOUT_BRANCH.enterprise) ? null : 'joint', note: null,
      })
    }
    if (kind === 'shop' && shops++ % SHOP_UNITS === 0) {
      add(k, community, compound, {
        name: `${place}${SHOPS[(shops / SHOP_UNITS) % SHOPS.length | 0]}`, kind: 'market', status: 'active', branch: random.chance(WITHOUT_BRANCH.market) ? null : 'combined', note: null,
      })
    }
  })
  street.compounds.forEach(({ name, status, note, community }, compound) => {
    if (status !== 'unmanaged' || !note || !/企业|厂/.test(note)) return
    add(-1, community, compound, {
      name: `原${name.replace(/(家属院|小区|院)$/, '')}${name.includes('厂') ? '' : '开发公司'}`, kind: 'enterprise', status: note.includes('破产') ? 'bankrupt' : 'closed', branch: null,
      note: '留守人员与退休党员无组织',
    })
  })
  return out
}
