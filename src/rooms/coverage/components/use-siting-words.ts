import type { SitingScenario, SitingTask } from '@/core/coverage/siting'
import { formatNumber, formatShare } from '@/ui/format'
import { gapOf } from '../operations/siting-value'
import { useRoom } from './use-room'

const GOOD_GAP = 5e-5

/** How scenarios are said. */
export function useSitingWords() {
  const { t, communityName, locale } = useRoom()

  const whereWords = ({ communities }: Pick<SitingTask, 'communities'>): string =>
    communities.length === 0 ? t('siting.wholeLand') : communities.map(communityName).join(locale.value === 'zh' ? '、' : ', ')
  const metresWords = (m: number): string => t('siting.metres', { m: formatNumber(Math.round(m)) })
  /** In a line: aim, new stations, served households of all. */
  const lineOf = ({ task, sites, figures }: SitingScenario): string =>
    [t(`siting.aim.${task.aim}`), `${t('siting.figure.sites')} ${sites.length}`, `${t('siting.figure.served')} ${formatNumber(figures.served)} / ${formatNumber(figures.households)}`].join(' · ')

  /** What the aim came to, beside what nothing can better. */
  function valueWords({ task, value, bound }: SitingScenario): string {
    const unit = (amount: number): string => (task.aim === 'least_total_walk' ? formatNumber(Math.round(amount / 100) / 10) : formatNumber(Math.round(amount)))
    return t(`siting.value.${task.aim}`, { value: unit(value), bound: unit(bound) })
  }
  function proofWords(scenario: SitingScenario): string {
    const { task: { aim }, value, bound } = scenario
    const beyond = aim === 'most_served' ? value - bound : bound - value
    if (beyond > GOOD_GAP * Math.max(value, bound)) return t('siting.beyond')
    const gap = gapOf(scenario)
    return gap < GOOD_GAP ? t('siting.proved') : t('siting.gap', { gap: formatShare(gap) })
  }
  const passWords = (pass: string): string => t(`siting.pass.${pass}`)
  return { whereWords, metresWords, lineOf, valueWords, proofWords, passWords }
}
