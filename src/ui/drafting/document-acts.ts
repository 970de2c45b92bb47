import { ref, shallowRef } from 'vue'
import type { StaleDraft } from './stale-choice'

/** Why the server refused an act. */
interface Refusal {
  readonly code: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** What acts on a document that is saved whole need of the room. */
interface DocumentHost<Document> {
  inHand(): Document | null
  refusalOf(thrown: unknown): Refusal
  /** What the code means, in words. */
  wordsOf(thrown: unknown): string
  /** After any refusal, once it has been told. */
  refused?(refusal: Refusal): Promise<unknown>
  choices: {
    /** Mine over theirs, on the revision that they left. */
    rebase(document: Document, found: StaleDraft): Promise<void>
    /** Mine as a document of its own; theirs stays as it is. */
    copy(document: Document): Promise<void>
    /** Theirs; mine is let go. */
    take(document: Document): Promise<void>
  }
}

/** Acts on a document that is saved whole, one at a time: a refusal is said in words and changes nothing; whoever saves second chooses by name. */
export function createDocumentActs<Document>({ inHand, refusalOf, wordsOf, refused, choices }: DocumentHost<Document>) {
  const busy = ref(false)
  /** Why the last act was refused, in words. */
  const failure = ref('')
  const stale = shallowRef<StaleDraft | null>(null)
  const visible = ref(false)

  /** Answers whether it was done. */
  async function during(work: (document: Document) => Promise<void>): Promise<boolean> {
    const document = inHand()
    if (!document || busy.value) return false
    busy.value = true
    failure.value = ''
    try {
      await work(document)
      return true
    } catch (thrown) {
      const refusal = refusalOf(thrown)
      if (refusal.code === 'stale') {
        const { revision, by, at } = refusal.detail
        stale.value = { serverRevision: Number(revision), by: String(by ?? ''), at: String(at ?? '') }
        visible.value = true
      } else failure.value = wordsOf(thrown)
      await refused?.(refusal)
      return false
    } finally {
      busy.value = false
    }
  }

  async function settle(work: (document: Document, found: StaleDraft) => Promise<void>): Promise<void> {
    const found = stale.value
    if (!found) return
    visible.value = false
    stale.value = null
    await during((document) => work(document, found))
  }

  return {
    busy, failure, during,
    /** For the dialog of whoever saves second. */
    choice: {
      stale, visible, prefer: ref<'mine' | 'theirs'>('mine'), acting: busy,
      rebase: () => settle(choices.rebase),
      copy: () => settle(choices.copy),
      take: () => settle(choices.take),
      later: () => {
        visible.value = false
      },
    },
  }
}
