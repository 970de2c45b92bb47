import type { Page } from 'playwright-core'
import appZh from '@/app/messages/zh'
import adminZh from '@/rooms/admin/messages/zh'
import { zh as exchangeZh } from '@/rooms/data-exchange/messages/zh'
import overviewZh from '@/rooms/overview/messages/zh'
import { zh as redesignZh } from '@/rooms/redesign/messages/zh'
import territoryZh from '@/rooms/territory/messages/zh'

type Words = { readonly [key: string]: string | Words }

/** All Chinese words of the console as they are merged at boot: those of the shell, and each room's under its id. */
const ZH = {
  ...appZh,
  admin: adminZh,
  'data-exchange': exchangeZh,
  overview: overviewZh,
  redesign: redesignZh,
  territory: territoryZh,
} as unknown as Words

const HAN = /[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]/u
const NAMESPACES = Object.keys(ZH).join('|')
/** A key shown instead of its words, and a code that was to have words. */
const RAW_KEY = new RegExp(`(?<![\\w./@-])(?:${NAMESPACES})(?:\\.[A-Za-z0-9_]+)+`)
const RAW_CODE = /\b[a-z]+(?:_[a-z]+)+\b/

const leavesOf = (words: Words | string): string[] =>
  typeof words === 'string' ? [words] : Object.values(words).flatMap(leavesOf)
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Messages of Chinese words, as patterns: what stands for a placeholder has no Chinese of its own to betray it. */
const MESSAGES = leavesOf(ZH)
  .filter((message) => HAN.test(message.replace(/\{\w+\}/g, '')))
  .map((message) => new RegExp(`^${message.split(/\{\w+\}/).map(escape).join('.*')}$`, 'su'))

/** Chinese strings that the server sent to this page: names, addresses and notes, which no language changes. */
export function collectData(page: Page): Set<string> {
  const data = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      if (HAN.test(value)) data.add(value.trim())
    } else if (value && typeof value === 'object') Object.values(value).forEach(collect)
  }
  page.on('response', (response) => {
    if (!/\/rest\/v1\/|app-config/.test(response.url())) return
    // An answer that was overtaken by a new one has no body.
    response.json().then(collect, () => undefined)
  })
  return data
}

export interface Said {
  text: string
  where: string
}

/** What the page says to eyes and to screen readers, piece by piece; words in another language are marked as such. */
export async function readChrome(page: Page): Promise<Said[]> {
  return page.evaluate(() => {
    const said: { text: string; where: string }[] = [{ text: document.title, where: 'title' }]
    const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext', 'label']
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')}`
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('[lang]:not(html), script, style, .maplibregl-canvas')) continue
      for (const name of ATTRIBUTES) {
        const text = element.getAttribute(name)?.trim()
        if (text) said.push({ text, where: `${nameOf(element)}[${name}]` })
      }
      for (const node of element.childNodes) {
        const text = node.nodeType === Node.TEXT_NODE ? node.textContent!.trim() : ''
        if (text) said.push({ text, where: nameOf(element) })
      }
    }
    return said
  })
}

/** Pieces that are not English: Chinese words of the console, Chinese of unknown origin, and keys without words. */
export function findUntranslated(said: readonly Said[], data: ReadonlySet<string>): Said[] {
  const known = [...data].sort((a, b) => b.length - a.length)
  const found = new Map<string, Said>()
  for (const piece of said) {
    if (isUntranslated(piece.text, data, known)) found.set(`${piece.where} ${piece.text}`, piece)
  }
  return [...found.values()]
}

function isUntranslated(text: string, data: ReadonlySet<string>, known: readonly string[]): boolean {
  if (RAW_KEY.test(text) || RAW_CODE.test(text)) return true
  if (!HAN.test(text) || data.has(text)) return false
  if (MESSAGES.some((message) => message.test(text))) return true
  // What is left when all that came from the server is taken away; part of such a name may stand alone.
  const rest = known.reduce((left, name) => left.replaceAll(name, '\0'), text)
  return rest.split(/[^\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]+/u).some((piece) => piece && !known.some((name) => name.includes(piece)))
}
