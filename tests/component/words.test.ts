import { i18n, setLocale } from '@/app/i18n'
import en from '@/app/messages/en'
import zh from '@/app/messages/zh'
import { ROOMS } from '@/app/rooms'
import { describe, expect, it } from 'vitest'

const keysOf = (words: unknown, path = ''): string[] =>
  words !== null && typeof words === 'object'
    ? Object.entries(words).flatMap(([key, value]) => keysOf(value, path === '' ? key : `${path}.${key}`))
    : [path]

describe('words', () => {
  it('of the shell are the same keys in both languages', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort())
  })

  it.each(ROOMS.map((room) => [room.id, room] as const))('of %s are the same keys in both languages', async (_id, room) => {
    const words = await room.messages()
    expect(keysOf(words.en).sort()).toEqual(keysOf(words.zh).sort())
  })

  it.each(ROOMS.map((room) => [room.id, room] as const))('of %s name and explain the room', async (id, room) => {
    const words = await room.messages()
    const commands = (await room.acts?.())?.commands ?? []
    for (const key of [room.titleKey, room.purposeKey, ...commands.map((command) => command.labelKey)]) {
      const [root, ...rest] = key.split('.')
      expect(root).toBe(id)
      for (const language of [words.zh, words.en]) {
        expect(rest.reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], language), key).toBeTypeOf('string')
      }
    }
  })

  it('of one thing are not those of many', () => {
    setLocale('en')
    const say = (n: number) => i18n.global.t('unit.grids', { n: n.toLocaleString('en-US'), count: n })
    expect([0, 1, 2, 1200].map(say)).toEqual(['0 grids', '1 grid', '2 grids', '1,200 grids'])
  })
})
