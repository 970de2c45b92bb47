import type { FieldMapping } from '../model'

/** Names under which files hold what we need, best first. Compared without case and without blanks. */
const CANDIDATES: Readonly<Record<keyof FieldMapping, readonly string[]>> = {
  name: ['name:zh', 'name', '名称', '社区名称', '村名', '小区名称', '楼栋名称', '道路名称', 'mc', 'xqmc', 'sqmc', 'dlmc', 'fullname'],
  code: ['code', '代码', '区划代码', '社区代码', '编码', 'adcode', 'xzqdm', 'zqdm', 'dm', 'gbcode', 'ref:code'],
  floors: ['building:levels', 'floors', 'floor', 'levels', '层数', '地上层数', '楼层', 'cs', 'dscs', 'height_level'],
  households: ['households', 'household', '户数', '总户数', 'hs', 'zhs', 'building:flats'],
  address: ['address', 'addr', 'addr:full', '地址', '门牌', '门牌号', 'dz', 'addr:housenumber'],
}

const plain = (name: string): string => name.trim().toLowerCase().replace(/\s/g, '')

/** Match the fields of a file to what we need by the names in use; null where none fits. */
export function matchFields(fields: readonly string[]): FieldMapping {
  const byName = new Map(fields.map((field) => [plain(field), field]))
  const first = (candidates: readonly string[]): string | null => {
    for (const candidate of candidates) {
      const field = byName.get(candidate)
      if (field !== undefined) return field
    }
    return null
  }
  return {
    name: first(CANDIDATES.name),
    code: first(CANDIDATES.code),
    floors: first(CANDIDATES.floors),
    households: first(CANDIDATES.households),
    address: first(CANDIDATES.address),
  }
}
