import type { Random } from '../random'

const ESTATE_STEMS = [
  '桃园', '锦绣', '阳光', '翠湖', '书香', '金色', '安居', '康乐', '馨悦', '龙泰', '丽景', '万福', '紫荆', '银杏', '和谐', '幸福', '光明', '富华', '鑫源', '盛世',
  '华庭', '怡景', '绿城', '星河', '明珠', '春晖', '东方', '御景', '天润', '福临', '祥和', '玉兰', '清水湾', '百合', '香樟', '文苑', '汇丰', '泰和', '育才', '长青',
  '海棠', '梧桐', '枫林', '碧水', '金桂', '凯旋', '新世纪', '润泽', '融和', '瑞景', '梨园', '惠民', '兴隆', '永安', '福泽', '裕华', '同心', '天和', '景泰', '康宁', '德馨', '嘉禾', '云锦', '听涛', '翰林',
]
const ESTATE_ENDS = ['小区', '花园', '家园', '苑', '佳苑', '新村', '公寓']

/** Distinct names of estates. */
export function estateNames(count: number, random: Random): string[] {
  const stems = random.shuffled(ESTATE_STEMS)
  return Array.from({ length: count }, (_, k) => {
    const stem = stems[k % stems.length]
    const end = ESTATE_ENDS[(random.integer(0, ESTATE_ENDS.length - 1) + Math.floor(k / stems.length)) % ESTATE_ENDS.length]
    return k < stems.length ? `${stem}${end}` : `新${stem}${end}`
  })
}

const URBAN = ['文昌', '桃园', '凤凰', '学院', '滨河', '府前', '建设', '新华', '向阳', '和平', '花园', '锦绣', '站前', '育才', '光明']

export function urbanNames(count: number, random: Random): string[] {
  return random.shuffled(URBAN).slice(0, count).map((stem) => `${stem}社区`)
}

const FAMILIES = '李王张刘陈吴孙赵朱郭耿元亓吕许毕景谭魏苏焦柳杜段侯程薛贾邹孟秦石崔康毛邱江史顾'.split('')
const LAND_ENDS = ['庄', '楼', '沟', '峪', '林', '洼', '埠', '岭', '店', '桥', '河', '疃', '埠岭', '官庄', '寨']
const PAIRS: readonly (readonly [string, string])[] = [['东', '西'], ['南', '北'], ['前', '后'], ['上', '下'], ['大', '小']]

/**
 * Distinct village names. Neighbours in the list may share a stem (东王家庄村, 西王家庄村), as split villages do.
 */
export function villageNames(count: number, random: Random): string[] {
  const taken = new Set<string>()
  const out: string[] = []
  const stem = (): string => {
    const family = random.pick(FAMILIES)
    return random.chance(0.62) ? `${family}家${random.pick(LAND_ENDS.slice(0, 11))}` : `${family}${random.pick(LAND_ENDS.slice(2))}`
  }
  while (out.length < count) {
    const base = stem()
    if (taken.has(base)) continue
    taken.add(base)
    if (random.chance(0.3) && out.length + 2 <= count) {
      const [a, b] = random.pick(PAIRS)
      out.push(`${a}${base}村`, `${b}${base}村`)
    } else out.push(`${base}村`)
  }
  return out
}
