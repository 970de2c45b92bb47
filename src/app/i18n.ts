import { createI18n, type I18nOptions } from 'vue-i18n'
import { ROOMS } from './rooms'
import en from './messages/en'
import zh from './messages/zh'

export type Locale = 'zh' | 'en'

const STORED = 'gewu.locale'

/** Words of the shell. Chinese unless the person chose otherwise. */
export const i18n = createI18n({
  legacy: false,
  locale: storedLocale(),
  fallbackLocale: 'zh',
  messages: { zh, en } as unknown as I18nOptions['messages'],
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

/** Merge the words of every room under its id. Rooms' words are small, so all come at boot. */
export async function loadRoomMessages(): Promise<void> {
  await Promise.all(
    ROOMS.map(async (room) => {
      const words = await room.messages()
      i18n.global.mergeLocaleMessage('zh', { [room.id]: words.zh })
      i18n.global.mergeLocaleMessage('en', { [room.id]: words.en })
    }),
  )
}

/** Chosen language; a ref, as i18n is not in its legacy mode. */
const current = i18n.global.locale as unknown as { value: Locale }

export const chosenLocale = (): Locale => current.value

export function setLocale(locale: Locale): void {
  current.value = locale
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem(STORED, locale)
}

function storedLocale(): Locale {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(STORED)
  return stored === 'en' ? 'en' : 'zh'
}
