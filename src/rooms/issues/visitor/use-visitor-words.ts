import type { DataError } from '@/data/errors'
import { useFailureWords } from '@/ui/use-failure-words'
import { useI18n } from 'vue-i18n'

/** Words of the pages for visitors, and those they share with the room. */
export function useVisitorWords() {
  const { t: translate, te, locale } = useI18n()
  const failureWords = useFailureWords()
  const t = (key: string, values: Record<string, string | number> = {}): string => translate(`issues.visitor.${key}`, values)
  /** A word of the slips: `category.noise`. */
  const word = (key: string): string => translate(`issues.${key}`)
  function reasonOf(error: DataError): string {
    const field = typeof error.detail.field === 'string' ? error.detail.field : ''
    const key = `issues.visitor.error.${error.code}`
    if (error.code === 'issue_invalid' && te(`${key}.${field}`)) return translate(`${key}.${field}`)
    return te(key) ? translate(key, { ...error.detail }) : failureWords(error)
  }
  return { t, word, locale, reasonOf }
}
