import type { SitingScenario } from '@/core/coverage/siting'
import type { Scope } from '@/core/scope'
import { toDataError, type DataError } from '@/data/errors'
import { createDocumentActs } from '@/ui/drafting/document-acts'
import type { createScenarioDocument } from './siting-document'
import { discardSitingScenario, publishSitingScenario, saveSitingScenario, type PublishedAccess } from './siting-repository'

interface KeepingHost {
  scope(): Scope | null
  hand: ReturnType<typeof createScenarioDocument>
  /** Read the scenarios of the street again. */
  read(): Promise<unknown>
  scenarioOf(id: string): SitingScenario | null
  choose(id: string | null): void
  /** Walks with the sites as stations; null where they cannot be measured. */
  walksWith(scenario: SitingScenario): Promise<PublishedAccess | null>
  /** The street has new stations: it is loaded anew. */
  reloadStreet(): Promise<unknown>
  notify(tone: 'success' | 'warning' | 'error', key: string, values?: Record<string, string | number>): void
  wordsOf(error: DataError): string
  copyTitle(title: string): string
}

/** Saving, publishing and giving up the scenario in hand; whoever saves second chooses by name. */
export function createSitingKeeping(host: KeepingHost) {
  const { hand } = host
  const { busy, failure, during, choice } = createDocumentActs<SitingScenario>({
    inHand: () => hand.scenario.value,
    refusalOf: toDataError,
    wordsOf: (thrown) => host.wordsOf(toDataError(thrown)),
    // The street has moved on: what is measured next is of what it is now.
    refused: async ({ code }) => {
      if (code === 'access_stale') await host.reloadStreet()
    },
    choices: {
      async rebase(scenario, { serverRevision }) {
        await send(scenario, serverRevision)
        host.notify('success', 'conflict.rebased', { revision: serverRevision + 1 })
      },
      async copy(scenario) {
        const { number } = await send(scenario, 0, { ...scenario, id: '', title: host.copyTitle(scenario.title) })
        host.notify('success', 'conflict.copied', { number })
      },
      async take({ id }) {
        const begun = hand.begun()
        await host.read()
        if (hand.begun() !== begun) return
        const theirs = host.scenarioOf(id)
        hand.begin(theirs, theirs)
        host.notify('success', 'conflict.taken')
      },
    },
  })

  /** Save the scenario in hand, as it stands or as a copy is named. */
  async function send(scenario: SitingScenario, revision: number, asWhat: SitingScenario = scenario): Promise<SitingScenario> {
    const scope = host.scope()
    if (!scope) return scenario
    const begun = hand.begun()
    const next = { ...asWhat, ...(await saveSitingScenario(asWhat, revision, scope)) }
    if (hand.begun() === begun) {
      hand.confirm(scenario, next)
      host.choose(next.id)
    }
    await host.read()
    return next
  }

  /** What an act began with is let go; what was taken in hand meanwhile is not. */
  function letGo(begun: number): void {
    if (hand.begun() !== begun) return
    hand.begin(null, null)
    host.choose(null)
  }

  const save = (): Promise<boolean> =>
    during(async (scenario) => {
      const { number } = await send(scenario, scenario.revision)
      host.notify('success', 'siting.saved', { number })
    })

  /** Make stations of the sites; what is not saved is saved first, and the walks go along. */
  const publish = (): Promise<boolean> =>
    during(async (scenario) => {
      const begun = hand.begun()
      const kept = hand.unsaved.value ? await send(scenario, scenario.revision) : scenario
      const access = await host.walksWith(kept)
      if (!access) {
        host.notify('error', 'siting.notMeasured')
        return
      }
      await publishSitingScenario(kept.id, kept.revision, access)
      letGo(begun)
      host.notify('success', 'siting.published', { number: kept.number, n: kept.sites.length })
      await host.reloadStreet()
    })

  const discard = (): Promise<boolean> =>
    during(async ({ id, number }) => {
      const begun = hand.begun()
      if (id !== '') await discardSitingScenario(id)
      letGo(begun)
      if (id === '') return
      await host.read()
      host.notify('success', 'siting.discarded', { number })
    })

  return { busy, failure, save, publish, discard, choice }
}
