import { useI18n } from 'vue-i18n'
import { useMapWords } from './use-map-words'

/** Words of the chain beside those of the map. */
export function useChainWords() {
  const words = useMapWords()
  const { t: translate } = useI18n()
  const t = (key: string, values: Record<string, string | number> = {}) => translate(`assignment.chain.${key}`, values)
  return { ...words, t, roleName: (role: string) => t(`role.${role}`) }
}
