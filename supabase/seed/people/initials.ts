import { pinyin } from 'pinyin-pro'

const known = new Map<string, string>()

/** Pinyin initials in lower case, digits kept: 桃园小区3号楼 → tyxq3hl. Remembered by text. */
export function initialsOf(text: string): string {
  const held = known.get(text)
  if (held !== undefined) return held
  const out = pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('').toLowerCase().replace(/[^a-z0-9]/g, '')
  known.set(text, out)
  return out
}

const byCharacter = new Map<string, string>()

/** The same character by character: for the tens of thousands of addresses, whose parts recur. */
export function quickInitials(text: string): string {
  let out = ''
  for (const character of text) {
    let letter = byCharacter.get(character)
    if (letter === undefined) {
      letter = initialsOf(character)
      byCharacter.set(character, letter)
    }
    out += letter
  }
  return out
}
