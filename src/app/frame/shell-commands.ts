import type { Room } from '@/core/room'
import { LAYER_SWITCHES, MAP_THEMES } from '@/core/workspace'
import { useWorkspace } from '@/ui/use-workspace'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { setLocale } from '../i18n'
import { useMapHost, useShell } from '../use-shell'

export interface ShellCommand {
  readonly icon: string
  readonly label: string
  readonly detail: string
  /** Language of the label where it is not that of the page. */
  readonly lang?: string
  run(): void
}

/** What the console itself can be told, by name: rooms, the map, its colours and layers, language, account. */
export function useShellCommands(acts: { rooms(): readonly Room[]; shortcuts(): void }): () => ShellCommand[] {
  const workspace = useWorkspace()
  const shell = useShell()
  const map = useMapHost()
  const router = useRouter()
  const { t, locale } = useI18n()

  const whole = (): void => {
    const scope = workspace.scope.get()
    if (scope) map.fit(scope.bounds)
  }
  const ofMap = (): ShellCommand[] => {
    const on = workspace.layers.get()
    return [
      { icon: 'locate', label: t('map.whole'), detail: '', run: whole },
      { icon: 'plus', label: t('map.zoomIn'), detail: '+', run: () => map.zoomBy(1) },
      { icon: 'minus', label: t('map.zoomOut'), detail: '-', run: () => map.zoomBy(-1) },
      ...MAP_THEMES.filter((theme) => theme !== workspace.mapTheme.get()).map((theme) => ({
        icon: 'layers',
        label: t('search.theme', { theme: t(`theme.${theme}`) }),
        detail: '',
        run: () => workspace.mapTheme.set(theme),
      })),
      ...LAYER_SWITCHES.map((layer) => ({
        icon: 'layers',
        label: t(on.includes(layer) ? 'search.hideLayer' : 'search.showLayer', { layer: t(`layer.${layer}`) }),
        detail: '',
        run: () => workspace.layers.set(LAYER_SWITCHES.filter((one) => on.includes(one) !== (one === layer))),
      })),
    ]
  }

  return () => [
    ...acts.rooms().map((room) => ({
      icon: room.icon,
      label: t('search.goTo', { room: t(room.titleKey) }),
      detail: t(room.purposeKey),
      run: () => void router.push(room.path),
    })),
    ...(workspace.scope.get() ? ofMap() : []),
    { icon: 'keyboard', label: t('keys.title'), detail: '?', run: acts.shortcuts },
    {
      icon: 'command',
      label: locale.value === 'zh' ? 'Switch to English' : '切换到中文',
      detail: '',
      lang: locale.value === 'zh' ? 'en' : 'zh',
      run: () => setLocale(locale.value === 'zh' ? 'en' : 'zh'),
    },
    { icon: 'member', label: t('account.title'), detail: '', run: () => shell.dialog.set('account') },
    { icon: 'lock', label: t('signIn.out'), detail: '', run: () => void shell.keepIn.leave() },
  ]
}
