/** What a column or property may say. */
export type ClaimField = 'cellId' | 'buildingId' | 'address' | 'gridId' | 'gridCode' | 'gridName' | 'kind'

/** Names that are taken for each, plain: small letters, no blanks, marks or brackets. */
const NAMES: Readonly<Record<ClaimField, readonly string[]>> = {
  gridId: ['gridid', '网格标识'],
  gridCode: ['gridcode', '网格编码', '网格编号', '网格代码', 'code', '编码', '编号'],
  gridName: ['gridname', '网格名称', '网格', 'grid', 'name', '名称'],
  kind: ['kind', '网格类型', '类型'],
  buildingId: ['buildingid', '楼栋号', '楼栋编号', '楼栋标识', 'bldgid'],
  address: ['address', '地址', '楼栋地址', '门牌'],
  cellId: ['cellid', '地块号', '地块编号', '地块'],
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-.()（）·#]/g, '')

/** Position of each field among the names of columns; the first name that fits wins. */
export function fieldsOf(heads: readonly string[]): ReadonlyMap<ClaimField, number> {
  const fields = new Map<ClaimField, number>()
  const plainHeads = heads.map(plain)
  for (const [field, names] of Object.entries(NAMES) as [ClaimField, readonly string[]][]) {
    for (const name of names) {
      const at = plainHeads.indexOf(name)
      if (at < 0) continue
      fields.set(field, at)
      break
    }
  }
  return fields
}

/** Kind of a grid by its word, null where the word is none. */
export function kindOf(word: string): 'basic' | 'dedicated' | null {
  if (word === 'basic' || word.startsWith('基础') || word.startsWith('普通')) return 'basic'
  return word === 'dedicated' || word.startsWith('专属') ? 'dedicated' : null
}
