import type { Ground } from '../ground'

/** Names of communities by their database ids; those out of sight are left out. */
export const communityWords = (ground: Ground | null, ids: readonly number[]): string =>
  (ground?.scope.communities ?? []).flatMap((community) => (ids.includes(community.id) ? [community.name] : [])).join('、')
