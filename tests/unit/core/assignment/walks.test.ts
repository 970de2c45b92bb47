import { expect, it } from 'vitest'
import { createWalkLookup, NO_WALKS } from '@/core/assignment/walks'
import { makeContactWorld, netTables, netWalkM } from '../../../helpers/contact-world'

it('walks are looked up in the table of the community, also for a member who lives in a building of another one', () => {
  const world = makeContactWorld({ seed: 4, communities: 2, members: 3, isPlain: true })
  const { households, members } = world.scope
  // Member 0 is of the first community and lives in the last building of the second.
  const far = world.buildingCommunity.length - 1
  members.building[0] = far
  const context = world.context()
  const [first, second] = netTables(world)
  const from = Int32Array.of(...first.from, far)
  const walkDm = Int32Array.from([...from].flatMap((a) => Array.from(first.to, (b) => 10 * netWalkM(world, a, b))))
  const walks = createWalkLookup(context, [{ ...first, from, walkDm, straight: new Uint8Array(walkDm.length).fill(1, walkDm.length - 1) }, second])
  for (let member = 0; member < members.count; member++) {
    for (let household = 0; household < households.count; household++) {
      const isOwn = members.community[member] === households.community[household]
      expect(walks.walkM(member, household)).toBe(isOwn ? netWalkM(world, members.building[member], households.building[household]) : NaN)
    }
  }
  const last = households.building.lastIndexOf(first.to[first.to.length - 1])
  expect(walks.isStraight(0, last)).toBe(true)
  expect(walks.isStraight(1, last)).toBe(false)
  expect(walks.table(1)).toBe(second)
  expect(NO_WALKS.walkM(0, 0)).toBeNaN()
})
