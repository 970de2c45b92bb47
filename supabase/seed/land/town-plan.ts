import type { XY } from '@/core/units'
import type { Random } from '../random'
import { centroid, distanceM, toLocal } from '../geometry/plane'
import type { Block } from './block'
import { layOldLanes, layPark, layPublic, layShops } from './block-uses'
import { layCompound, type EstateStyle } from './compounds'
import { emptyGround, type CompoundStatus, type PlannedGround } from './land-model'
import { estateNames } from './place-names'
import type { Town } from './backbone'

type Use = 'estate' | 'lanes' | 'park' | 'school' | 'hospital' | 'office' | 'market' | 'factory' | 'works_estate'

/** Decide what each block of the town is, and build it. Result by block. */
export function planTown(blocks: readonly Block[], town: Town, streetName: string, random: Random): PlannedGround[] {
  const uses = chooseUses(blocks, town, random)
  const names = estateNames(blocks.length, random)
  const place = streetName.replace(/(街道|镇)$/, '')
  const schools = [`${place}中学`, `${place}实验小学`, `第二小学`, `${place}中心幼儿园`]
  const numbers = new Map<string, number>()
  let lane = 0
  return blocks.map((block, k) => {
    const ground = emptyGround()
    const first = numbers.get(block.street) ?? 1
    let next = first + 2
    const use = uses[k]
    if (use === 'park') layPark(block, '柳河公园', ground)
    else if (use === 'estate' || use === 'works_estate') {
      next = layShops(block, next, ground, random)
      const works = use === 'works_estate'
      const style = works ? WORKS : styleOf(block, town, random)
      const named = works
        ? { name: '棉纺厂家属院', status: 'unmanaged' as const, note: `原${place}棉纺织厂家属院，企业已破产，无物业服务` }
        : { name: names[k], ...management(style, random) }
      if (!layCompound(block, named, style, first, ground, random)) layOldLanes(block, `${++lane}巷`, ground, random)
    } else if (use === 'lanes') {
      next = layShops(block, next, ground, random)
      layOldLanes(block, `${++lane}巷`, ground, random)
    } else if (use === 'school') layPublic(block, 'school', schools.shift() ?? '职业学校', ground)
    else if (use === 'hospital') layPublic(block, 'hospital', `${place}中心卫生院`, ground)
    else if (use === 'office') layPublic(block, 'office', `${streetName}办事处`, ground)
    else if (use === 'market') layPublic(block, 'market', '农贸市场', ground)
    else layPublic(block, 'factory', '原棉纺织厂', ground)
    numbers.set(block.street, next)
    return ground
  })
}

const WORKS: EstateStyle = { kind: 'works', floorsLow: 3, floorsHigh: 4 }

function styleOf(block: Block, town: Town, random: Random): EstateStyle {
  const [u, v] = toLocal(town.frame, centroid(block.ring))
  // Towers rise at the rim, where the last fields were; older and lower estates stand in the middle.
  const rim = Math.hypot(u, v) > 640
  if (rim && random.chance(0.38)) return { kind: random.chance(0.5) ? 'towers' : 'mixed', floorsLow: 5, floorsHigh: 6 }
  return random.chance(0.6) ? { kind: 'slabs', floorsLow: 5, floorsHigh: 6 } : { kind: 'slabs', floorsLow: 4, floorsHigh: 5 }
}

function management(style: EstateStyle, random: Random): { status: CompoundStatus; note: string | null } {
  const old = style.kind === 'slabs' && style.floorsLow === 4
  const kind = random.weighted(old ? [3, 4, 4] : [8, 2, 1])
  if (kind === 0) return { status: 'managed', note: null }
  if (kind === 1) return { status: 'self_managed', note: '业主自治管理' }
  return { status: 'unmanaged', note: random.pick(['物业撤出，无人管理', '开发企业已注销，未成立业主委员会', '老旧小区，无物业服务']) }
}

/** One office, hospital, market, park and works; three schools; old lanes near the middle; estates elsewhere. */
function chooseUses(blocks: readonly Block[], town: Town, random: Random): Use[] {
  const uses: Use[] = blocks.map(() => 'estate')
  const free = new Set(blocks.keys())
  const place = (k: number): XY => toLocal(town.frame, centroid(blocks[k].ring))
  const take = (use: Use, wanted: XY, areaM2: number): number => {
    let best = -1
    let bestCost = Infinity
    for (const k of free) {
      const cost = distanceM(place(k), wanted) + Math.abs(blocks[k].areaM2 - areaM2) / 60
      if (cost < bestCost) [best, bestCost] = [k, cost]
    }
    uses[best] = use
    free.delete(best)
    return best
  }
  take('office', [60, 100], 26000)
  take('park', [-150, -180], 60000)
  take('hospital', [420, 330], 40000)
  take('school', [-420, 380], 45000)
  take('school', [330, -150], 45000)
  take('school', [560, 760], 30000)
  take('market', [-300, 60], 18000)
  const works = take('factory', [-700, -700], 60000)
  take('works_estate', place(works), 35000)
  const others = [...free].sort((a, b) => Math.hypot(...place(a)) - Math.hypot(...place(b)))
  const lanes = Math.round(blocks.length * 0.13)
  for (const k of random.shuffled(others.slice(0, lanes * 2)).slice(0, lanes)) uses[k] = 'lanes'
  return uses
}
