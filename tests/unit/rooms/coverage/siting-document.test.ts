import type { SitingScenario } from '@/core/coverage/siting'
import { createScenarioDocument } from '@/rooms/coverage/siting-document'
import { createSitingKeeping } from '@/rooms/coverage/siting-keeping'
import * as repository from '@/rooms/coverage/siting-repository'
import type { KeptScenario, ScenarioShelf } from '@/rooms/coverage/siting-repository'
import { DataError } from '@/data/errors'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { makeSitingWorld, outcomeOf, siteAt, TASK } from './make-siting'

const server = { save: vi.fn(), publish: vi.fn(), discard: vi.fn() }

const world = makeSitingWorld()
const sites = [siteAt(world, 300, 400)]
const SCENARIO: SitingScenario = {
  id: '', number: 0, title: '甲', state: 'draft', task: TASK, sites, figures: outcomeOf(world, TASK, sites).figures, value: 5, bound: 6, revision: 0, savedAt: '', savedBy: '',
}

function makeShelf(): ScenarioShelf & { readonly kept: Map<string, KeptScenario> } {
  const kept = new Map<string, KeptScenario>()
  return {
    kept,
    async put(personId, landId, one) {
      if (one) kept.set(`${personId}/${landId}`, structuredClone(one))
      else kept.delete(`${personId}/${landId}`)
    },
    get: async (personId, landId) => kept.get(`${personId}/${landId}`) ?? null,
  }
}

let shelf = makeShelf()
let place = { personId: 'p', landId: 1 }
const open = () => createScenarioDocument({ place: () => place, keepingFailed: () => undefined }, shelf)
let hand = open()
beforeEach(() => {
  vi.restoreAllMocks()
  server.save.mockReset()
  server.publish.mockReset()
  server.discard.mockReset()
  vi.spyOn(repository, 'saveSitingScenario').mockImplementation(server.save)
  vi.spyOn(repository, 'publishSitingScenario').mockImplementation(server.publish)
  vi.spyOn(repository, 'discardSitingScenario').mockImplementation(server.discard)
  shelf = makeShelf()
  place = { personId: 'p', landId: 1 }
  hand = open()
})

describe('the scenario in hand', () => {
  it('goes back and forth by steps, and what the solver betters is no step', () => {
    hand.begin(SCENARIO, null)
    hand.edit({ ...SCENARIO, title: '乙' })
    hand.better({ ...hand.scenario.value!, bound: 5 })
    hand.undo()
    expect(hand.scenario.value?.title).toBe('甲')
    hand.redo()
    expect(hand.scenario.value).toMatchObject({ title: '乙', bound: 5 })
    hand.undo()
    hand.edit({ ...SCENARIO, title: '丙' })
    expect(hand.future.value).toEqual([])
  })

  it('survives a reload where it is not saved, on its street and with its person alone', async () => {
    hand.begin(SCENARIO, null)
    hand.edit({ ...SCENARIO, title: '乙' })
    await hand.settled()
    const again = open()
    expect(await again.takeUp()).toBe(true)
    expect(again.scenario.value?.title).toBe('乙')
    expect(again.unsaved.value).toBe(true)
    place = { personId: 'other', landId: 1 }
    expect(await again.takeUp()).toBe(false)
    expect(again.scenario.value).toBeNull()
    place = { personId: 'p', landId: 2 }
    expect(await again.takeUp()).toBe(false)
  })

  it('stays of the street it was taken in hand on, whatever street is shown when it is changed', async () => {
    hand.begin(SCENARIO, null)
    place = { personId: 'p', landId: 2 }
    hand.edit({ ...SCENARIO, title: '乙' })
    await hand.settled()
    expect([...shelf.kept].map(([key, { scenario }]) => [key, scenario.title])).toEqual([['p/1', '乙']])
    hand.putDown()
    await hand.settled()
    expect([hand.scenario.value, shelf.kept.size]).toEqual([null, 1])
    // What another street comes with is its own from then on.
    place = { personId: 'p', landId: 1 }
    await hand.takeUp()
    place = { personId: 'p', landId: 2 }
    hand.edit({ ...SCENARIO, title: '丙' })
    await hand.settled()
    expect([...shelf.kept.keys()]).toEqual(['p/1'])
  })

  it('is kept no more once the server has it, and what was edited meanwhile still is', async () => {
    hand.begin(SCENARIO, null)
    const sent = hand.scenario.value!
    hand.confirm(sent, { ...sent, id: 'a', number: 3, revision: 1 })
    await hand.settled()
    expect([hand.unsaved.value, shelf.kept.size]).toEqual([false, 0])
    const before = hand.scenario.value!
    hand.edit({ ...before, title: '乙' })
    hand.confirm(before, { ...before, revision: 2 })
    await hand.settled()
    expect(hand.scenario.value).toMatchObject({ title: '乙', id: 'a', revision: 2 })
    expect([hand.unsaved.value, shelf.kept.size]).toEqual([true, 1])
  })
})

describe('keeping it on the server', () => {
  const theirs: SitingScenario = { ...SCENARIO, id: 'a', number: 3, revision: 7, title: '别人的' }
  const notices: string[] = []
  function makeKeeping() {
    notices.length = 0
    return createSitingKeeping({
      scope: () => world.scope, hand, read: async () => true, scenarioOf: () => theirs, choose: () => undefined,
      walksWith: async () => ({ communities: [], revisions: [], building: new Int32Array(0), accessCm: new Int32Array(0), stationIds: new Int32Array(0), walkCm: new Int32Array(0) }),
      reloadStreet: async () => void notices.push('reloaded'), notify: (_, key) => void notices.push(key), wordsOf: ({ code }) => code, copyTitle: (title) => `${title}（副本）`,
    })
  }
  const stale = new DataError('stale', 'stale', { revision: 7, by: '王*', at: '2026-11-22T00:00:00Z' })

  it('asks by name where somebody saved first: mine, a copy, or theirs', async () => {
    for (const [choice, sent, revision] of [['rebase', { id: 'a', title: '甲' }, 7], ['copy', { id: '', title: '甲（副本）' }, 0]] as const) {
      hand.begin({ ...SCENARIO, id: 'a', number: 3, revision: 6 }, null)
      const keeping = makeKeeping()
      server.save.mockRejectedValueOnce(stale)
      expect(await keeping.save()).toBe(false)
      expect(keeping.choice.visible.value).toBe(true)
      server.save.mockResolvedValueOnce({ id: 'b', number: 4, revision: 8 })
      await keeping.choice[choice]()
      expect(server.save.mock.lastCall?.slice(0, 2)).toMatchObject([sent, revision])
      expect(hand.unsaved.value).toBe(false)
    }
    hand.begin({ ...SCENARIO, id: 'a', number: 3, revision: 6 }, null)
    const keeping = makeKeeping()
    server.save.mockRejectedValueOnce(stale)
    await keeping.save()
    await keeping.choice.take()
    expect(hand.scenario.value?.title).toBe('别人的')
  })

  it('saves before it publishes, publishes what was saved, and loads the street anew; a refusal changes nothing', async () => {
    hand.begin(SCENARIO, null)
    const keeping = makeKeeping()
    server.save.mockResolvedValue({ id: 'b', number: 4, revision: 1 })
    server.publish.mockRejectedValueOnce(new DataError('access_stale', 'stale walks', {}))
    expect(await keeping.publish()).toBe(false)
    expect([keeping.failure.value, hand.scenario.value?.id]).toEqual(['access_stale', 'b'])
    // What is measured next is of the street as it is now.
    expect(notices.splice(0)).toEqual(['reloaded'])
    server.publish.mockResolvedValueOnce({})
    expect(await keeping.publish()).toBe(true)
    expect(server.save).toHaveBeenCalledTimes(1)
    expect(server.publish.mock.lastCall?.slice(0, 2)).toEqual(['b', 1])
    expect(hand.scenario.value).toBeNull()
    expect(notices).toEqual(['siting.published', 'reloaded'])
  })
  it.each(['publish', 'discard'] as const)('leaves in hand what was taken there while one had it go (%s)', async (act) => {
    const mine = { ...SCENARIO, id: 'a', number: 3, revision: 6 }
    hand.begin(mine, mine)
    let done: (found: object) => void = () => undefined
    server[act].mockReturnValueOnce(new Promise((answer) => (done = answer)))
    server.save.mockResolvedValue({ id: 'a', number: 3, revision: 7 })
    const going = makeKeeping()[act]()
    await vi.waitFor(() => expect(server[act]).toHaveBeenCalled())
    hand.begin({ ...SCENARIO, title: '另一个' }, null)
    done({})
    expect(await going).toBe(true)
    await hand.settled()
    expect([hand.scenario.value?.title, shelf.kept.get('p/1')?.scenario.title]).toEqual(['另一个', '另一个'])
  })
})
