import { EXEMPT_REASONS, type ExemptReason } from '@/core/assignment/assignment-scope'

/** Columns of the sheet of ties, in the order they are written; the first that is read is `member`. */
export const TIE_COLUMNS = ['household', 'community', 'address', 'stairwell', 'room', 'head', 'category', 'residents', 'member', 'memberName'] as const
/** Columns of the sheet of members. */
export const MEMBER_COLUMNS = [
  'member', 'community', 'name', 'group', 'committee', 'leader', 'frail', 'households', 'exempt', 'min', 'max', 'reach',
] as const

/** What an import reads. */
export type RegisterField = 'household' | 'community' | 'address' | 'stairwell' | 'room' | 'member' | 'exempt' | 'min' | 'max' | 'reach'

/** Names that are taken for each, plain: small letters, no blanks, marks or brackets. Both languages of the export are among them. */
const NAMES: Readonly<Record<RegisterField, readonly string[]>> = {
  household: ['户编号', 'householdid', 'household', '户号', '户标识'],
  community: ['社区', 'community', '村', '村居', '社区村'],
  address: ['地址', 'address', '楼栋地址', '门牌'],
  stairwell: ['单元', 'stairwell'],
  room: ['房号', 'room', '室', '房间号'],
  member: ['党员编号', 'memberid', 'member', '联系党员编号'],
  exempt: ['免除原因', 'exemptbecause', 'exempt'],
  min: ['最少户数', 'leasthouseholds', 'least'],
  max: ['最多户数', 'mosthouseholds', 'most'],
  reach: ['最远步行米数', 'farthestwalkm', 'farthestwalk'],
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_\-.()（）·#]/g, '')

/** Position of each field among the heads of a sheet; the first name that fits wins. */
export function registerFields(heads: readonly string[]): ReadonlyMap<RegisterField, number> {
  const fields = new Map<RegisterField, number>()
  const plainHeads = heads.map(plain)
  for (const [field, names] of Object.entries(NAMES) as [RegisterField, readonly string[]][]) {
    const at = names.map((name) => plainHeads.indexOf(name)).find((one) => one >= 0)
    if (at !== undefined) fields.set(field, at)
  }
  return fields
}

const EXEMPT_WORDS: Readonly<Record<ExemptReason, readonly string[]>> = {
  aged_70: ['年满70', '70岁以上', '年满七十', '70orolder'],
  seriously_ill: ['重病', '患病', 'seriouslyill'],
  long_away: ['长期外出', '外出', 'longaway'],
  other: ['其他', 'other'],
}

/** Reason of an exemption by its word; undefined where the word is none. */
export const exemptOf = (word: string): ExemptReason | undefined =>
  EXEMPT_REASONS.find((reason) => reason === word.trim() || EXEMPT_WORDS[reason].includes(plain(word)))
