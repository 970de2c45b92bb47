/** Name of a community as people say it, without the words of its committee: 东升社区居民委员会 → 东升. */
export function plainName(name: string): string {
  const plain = name.replace(/\s/g, '').replace(/(社区|村)?(居民|村民)?委员会$|(社区|村)$/, '')
  return plain === '' ? name : plain
}

/** Name for titles of grids: the community's without the word for its kind, kept whole where one character would be left. */
export function shortName(name: string): string {
  const short = name.replace(/(社区|村民委员会|居民委员会|村)$/, '').trim()
  return short.length >= 2 ? short : name
}
