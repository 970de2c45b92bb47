import { useI18n } from 'vue-i18n'

/** A failure by its code: `error.<code>` in the words of the shell, with the values it came with. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Words of a failure in the language of the moment; a code without words of its own reads as the server put it. */
export function useFailureWords(): (failure: Failure) => string {
  const { t, te } = useI18n()
  return ({ code, message, detail }) => {
    const wait = detail.retryAfterS
    if (typeof wait === 'number') {
      return wait < 60 ? t('error.wait_seconds', { n: wait }) : t('error.wait_minutes', { n: Math.ceil(wait / 60) })
    }
    return te(`error.${code}`) ? t(`error.${code}`, { ...detail, message }) : t('error.unknown', { message })
  }
}
