import type { Ground } from '../ground'

/** Names one after the other, as the language joins them. */
export const listWords = (names: readonly string[], locale: string): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)

/** Names of communities by their database ids; those out of sight are left out. */
export const communityWords = (ground: Ground | null, ids: readonly number[], locale: string): string =>
  listWords((ground?.scope.communities ?? []).flatMap((community) => (ids.includes(community.id) ? [community.name] : [])), locale)
