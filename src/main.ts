import { MAP_ENGINE_KEY } from '@/map/contracts'
import { createMapEngine } from '@/map/engine'
import { WORKSPACE_KEY } from '@/core/workspace'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { chosenLocale, i18n, loadRoomMessages, setLocale } from './app/i18n'
import { createAppRouter } from './app/router'
import { createShell, SHELL_KEY } from './app/shell'
import './ui/element-styles'
import './ui/tokens.css'

async function boot(): Promise<void> {
  const map = createMapEngine()
  const [shell] = await Promise.all([createShell(() => map), loadRoomMessages()])
  setLocale(chosenLocale())
  createApp(App)
    .use(createPinia())
    .use(i18n)
    .use(createAppRouter())
    .provide(WORKSPACE_KEY, shell.workspace)
    .provide(MAP_ENGINE_KEY, map)
    .provide(SHELL_KEY, shell)
    .mount('#app')
  await shell.start()
}

void boot()
