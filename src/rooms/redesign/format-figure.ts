import { formatArea, formatNumber, formatShare } from '@/ui/format'
import type { Figure } from './figures'

const signed = (value: number): string => (Math.round(value) === 0 ? '0' : `${value > 0 ? '+' : '−'}${formatNumber(Math.abs(value))}`)

/** A figure in words of the interface; a dash where there is none. `mean` gives means of counts one decimal. */
export function formatFigure(unit: Figure['unit'], value: number, mean = false): string {
  if (Number.isNaN(value)) return '–'
  switch (unit) {
    case 'signed':
      return signed(value)
    case 'm2':
      return formatArea(value)
    case 'm':
      return `${formatNumber(value)} m`
    case 'ratio':
      return value.toFixed(2)
    case 'share':
      return formatShare(value)
    case 'count':
      return mean && !Number.isInteger(value) ? value.toFixed(1) : formatNumber(value)
  }
}
