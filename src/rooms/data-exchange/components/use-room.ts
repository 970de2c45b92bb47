import type { LngLat } from '@/core/units'
import { formatNumber } from '@/ui/format'
import { useMap } from '@/map/use-map'
import { useWorkspace } from '@/ui/use-workspace'
import { useI18n } from 'vue-i18n'
import { epsgOf, gaussZone } from '../coordinates/coordinate-systems'
import type { CoordinateSystem, ImportFinding, RoomWords } from '../model'
import { useExchangeStore } from '../store'

/** Values of a finding that are words themselves. */
const WORD_VALUES: Readonly<Record<string, string>> = { bearing: 'bearing', layer: 'layer' }

/** Numbers that name something rather than count: no thousands separated. */
const NAMES = new Set(['line', 'row', 'other', 'otherRow', 'chosen', 'seen', 'at', 'x', 'y'])

/** What every component of the room begins with: the store, words, workspace and map. */
export function useRoom() {
  const store = useExchangeStore()
  const workspace = useWorkspace()
  const map = useMap()
  store.workspace = workspace
  const { t: translate, te, tm, locale } = useI18n()
  const t = (key: string, values: Record<string, string | number> = {}): string => translate(`data-exchange.${key}`, values)
  const has = (key: string): boolean => te(`data-exchange.${key}`)

  function systemName(system: CoordinateSystem): string {
    const epsg = epsgOf(system)
    if (epsg === null) return t(`system.${system}`)
    const zone = gaussZone(epsg)
    if (zone === null) return system
    return zone.prefix === null
      ? t('system.unzoned', { epsg, meridian: zone.centralMeridianDeg })
      : t('system.zoned', { epsg, meridian: zone.centralMeridianDeg, prefix: zone.prefix })
  }

  function valuesOf(finding: ImportFinding): Record<string, string | number> {
    return Object.fromEntries(
      Object.entries(finding.values).map(([key, value]) => {
        if (key === 'system' || key === 'suggestion') return [key, systemName(value as CoordinateSystem)]
        if (typeof value === 'number') return [key, NAMES.has(key) || value < 1_000 ? value : formatNumber(value)]
        const group = WORD_VALUES[key]
        return [key, group !== undefined && has(`${group}.${value}`) ? t(`${group}.${value}`) : value]
      }),
    )
  }

  /** What was found, in a sentence; and what to do about it. */
  const saysOf = (finding: ImportFinding): string =>
    has(`finding.${finding.code}`) ? t(`finding.${finding.code}`, valuesOf(finding)) : finding.code
  const remedyOf = (finding: ImportFinding): string => (has(finding.remedyKey) ? t(finding.remedyKey, valuesOf(finding)) : '')
  const placeOf = (finding: ImportFinding): string =>
    finding.file < 0 ? t('drawer.together') : (store.fileNames[finding.file] ?? '')

  /** Names for what has none, with `{n}` left in for the worker to fill. */
  const words = (): RoomWords => {
    const raw = (key: string): string => t(`made.${key}`, { n: '{n}' })
    return { community: raw('community'), compound: raw('compound'), room: raw('room'), changeNote: t('made.changeNote') }
  }

  /** Mark a place on the map and show it with what lies within `reachDeg` of it. */
  function locate([lng, lat]: LngLat, reachDeg = 0.0006): void {
    store.focus = [lng, lat]
    map.fit([lng - reachDeg, lat - reachDeg / 1.5, lng + reachDeg, lat + reachDeg / 1.5], { maxZoom: 18 })
  }

  return { store, workspace, map, t, has, tm, locale, systemName, saysOf, remedyOf, placeOf, words, locate }
}
