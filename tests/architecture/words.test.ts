import { describe, expect, it } from 'vitest'

type Tree = { [key: string]: string | Tree }

const words = import.meta.glob<Record<string, Tree>>('/src/**/messages/{zh,en}.ts', { eager: true })
const sources = import.meta.glob<string>('/src/**/*.{vue,ts}', { eager: true, query: '?raw', import: 'default' })

const flatten = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  )

/** The one thing a message file exports, whatever it is called. */
const treeOf = (path: string): Tree => Object.values(words[path]!)[0]!

const folders = [...new Set(Object.keys(words).map((path) => path.replace(/\/(zh|en)\.ts$/, '')))]
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort()

describe('words of the interface', () => {
  it('are there for the shell and every room that shows itself', () => {
    expect(folders.length).toBeGreaterThan(0)
  })

  it.each(folders)('%s says the same things in Chinese and English', (folder) => {
    const zh = new Map(flatten(treeOf(`${folder}/zh.ts`)))
    const en = new Map(flatten(treeOf(`${folder}/en.ts`)))
    expect([...zh.keys()].filter((key) => !en.has(key)), 'missing in English').toEqual([])
    expect([...en.keys()].filter((key) => !zh.has(key)), 'missing in Chinese').toEqual([])
    const unlike = [...zh].filter(([key, text]) => placeholders(text).join() !== placeholders(en.get(key)!).join())
    expect(unlike.map(([key]) => key), 'other values named').toEqual([])
  })

  it('stand in the message files only, so that nothing is left in one language', () => {
    const withoutComments = (text: string) =>
      text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/<!--[\s\S]*?-->/g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    const left = Object.entries(sources)
      .filter(([path]) => !path.includes('/messages/') && !path.includes('database.types'))
      .filter(([, text]) => /[\u4e00-\u9fff]/.test(withoutComments(text).replace(OWN_NAME, '')))
      .map(([path]) => path)
    // Rules on Chinese text itself: reading place names and types of Chinese files, or drawing a sign.
    expect(left.filter((path) => !CHINESE_BY_NATURE.some((place) => path.startsWith(place)))).toEqual([])
  })
})

/** The choice of language is written in the language it leads to. */
const OWN_NAME = /aria-label="中文"|>中<|'切换到中文'/g

const CHINESE_BY_NATURE = [
  '/src/rooms/data-exchange/layers/', '/src/rooms/data-exchange/readers/', '/src/app/i18n.ts', '/src/map/map-icons.ts',
  '/src/core/unit-names.ts', '/src/core/coverage/opening-hours.ts', '/src/rooms/redesign/exchange/field-names.ts', '/src/rooms/assignment/operations/building-matrix.ts',
  '/src/rooms/assignment/papers/notice-blocks.ts', '/src/rooms/assignment/register/register-fields.ts', '/src/rooms/issues/reception/read-reception.ts',
]
