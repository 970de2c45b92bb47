import { pinyin } from 'pinyin-pro'

/** Pinyin initials in lower case, Latin letters and digits as they are, for search: three signs of a street give three letters. */
export function initialsOf(name: string): string {
  if (name === '') return ''
  if (/^[\x20-\x7e]*$/.test(name)) return latinInitials(name)
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .map((part) => (part.length > 1 ? latinInitials(part) : part))
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 60)
}

const latinInitials = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => (/^\d/.test(word) ? word : word.slice(0, 1)))
    .join('')
    .toLowerCase()
    .slice(0, 60)
