/** Edits that the server makes in a draft when what it stands on changes. */
export const serverNotesZh = {
  followed: '改为现行包联，{households} 户',
  landChanged: '住户转到其他社区，{households} 户待分派',
  memberErased: '党员信息已应要求删除，{households} 户待分派',
  careSet: '照看人已在草案之外改定',
}
