import { formatNumber, formatShare } from '@/ui/format'
import { useI18n } from 'vue-i18n'
import { leadingReason, type AreaFigures, type Period } from '../operations/figures'
import { comparable, lessIsBetter, tileValue, type Measure } from '../operations/measures'

/** The five figures in words: value, what stands below it, what changed since the period before. */
export function useMeasureWords() {
  const { t } = useI18n()

  const value = (measure: Measure, figures: AreaFigures | null): string => {
    const number = figures && tileValue(measure, figures)
    if (number === null) return '—'
    return measure === 'gap' ? formatNumber(number) : formatShare(number).replace('%', '')
  }
  const unit = (measure: Measure, figures: AreaFigures): string =>
    tileValue(measure, figures) === null ? '' : measure === 'gap' ? t('overview.unit.households') : '%'

  function below(measure: Measure, figures: AreaFigures): string {
    const n = (count: number): string => formatNumber(count)
    switch (measure) {
      case 'tied': return t('overview.below.tied', { n: n(figures.households - figures.tied) })
      case 'visited': return figures.late === null ? t('overview.below.visitedUnknown') : figures.due > 0 ? t('overview.below.visited', { n: n(figures.late) }) : t('overview.below.visitedNone')
      case 'gap': {
        const most = leadingReason(figures)
        return most ? t('overview.below.gap', { reason: t(`overview.reason.${most.reason}`), n: n(most.households) }) : t('overview.below.gapNone')
      }
      case 'settled': return t('overview.below.settled', { n: n(figures.collected), late: n(figures.overdue) })
      case 'band': return t('overview.below.band', { n: n(figures.grids), out: n(figures.above + figures.below) })
    }
  }

  /** `tone`: whether the change is for the better; null where one of the two is not known. `isInProgress`: the period told is not over. */
  function change(
    measure: Measure, now: AreaFigures | null, before: AreaFigures | null, period: Period, isInProgress = true,
  ): { readonly text: string; readonly tone: 'better' | 'worse' | 'same' } | null {
    const [value, former] = [now && tileValue(measure, now), before && tileValue(measure, comparable(before, isInProgress))]
    if (value === null || former === null) return null
    // As it is shown: what rounds to nothing has not changed.
    const difference = measure === 'gap' ? value - former : Math.round((value - former) * 1000) / 10
    const amount = measure === 'gap' ? formatNumber(Math.abs(difference)) : Math.abs(difference).toFixed(1)
    const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±'
    return {
      text: t('overview.since_former', { former: t(`overview.former.${period}`), change: `${sign}${amount}` }),
      tone: difference === 0 ? 'same' : difference > 0 === !lessIsBetter(measure) ? 'better' : 'worse',
    }
  }

  return { value, unit, below, change }
}
