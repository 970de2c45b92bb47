import { ReadRefusal } from './read-refusal'

/** What an XML text is made of, as it comes. Names are without their prefix: kml:Placemark is Placemark. */
export type XmlPart =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly line: number }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

const MOST_DEPTH = 64
const NAME = /^[\p{L}_][\p{L}\p{N}_.:-]*/u
const ATTRIBUTE = /\s+([\p{L}_][\p{L}\p{N}_.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Take an XML text apart without building a tree. Document types are refused, so there are no entities but the five of XML and
 * numbers, and nothing is ever fetched. Throws `ReadRefusal`: `xml_invalid` with the line, `xml_doctype`, `xml_too_deep`.
 */
export function* scanXml(text: string): Generator<XmlPart> {
  const open: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  const fail = (code = 'xml_invalid'): never => {
    throw new ReadRefusal(code, { line }, line)
  }
  const pass = (to: number): string => {
    const passed = text.slice(at, to)
    for (let k = passed.indexOf('\n'); k >= 0; k = passed.indexOf('\n', k + 1)) line++
    at = to
    return passed
  }
  const passBeyond = (end: string): string => {
    const to = text.indexOf(end, at)
    return to < 0 ? fail() : pass(to + end.length)
  }

  while (at < text.length) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at)
      const words = pass(next < 0 ? text.length : next)
      if (open.length > 0) yield { kind: 'text', text: decode(words, fail) }
      else if (words.trim() !== '') fail()
    } else if (text.startsWith('<!--', at)) passBeyond('-->')
    else if (text.startsWith('<?', at)) passBeyond('?>')
    else if (text.startsWith('<![CDATA[', at)) {
      if (open.length === 0) fail()
      yield { kind: 'text', text: passBeyond(']]>').slice(9, -3) }
    } else if (text.startsWith('<!', at)) fail('xml_doctype')
    else if (text[at + 1] === '/') {
      const name = passBeyond('>').slice(2, -1).trim()
      if (open.pop() !== name) fail()
      yield { kind: 'close', name: local(name) }
    } else {
      const opened = readTag(text, at) ?? fail()
      const here = line
      pass(opened.end)
      if (open.length >= MOST_DEPTH) fail('xml_too_deep')
      const attributes: Record<string, string> = {}
      for (const [name, value] of opened.attributes) if (name !== '__proto__') attributes[local(name)] = decode(value, fail)
      yield { kind: 'open', name: local(opened.name), attributes, line: here }
      if (opened.isEmpty) yield { kind: 'close', name: local(opened.name) }
      else open.push(opened.name)
    }
  }
  if (open.length > 0) throw new ReadRefusal('file_truncated', {}, line)
}

function readTag(text: string, at: number) {
  const name = NAME.exec(text.slice(at + 1, at + 200))?.[0]
  if (name === undefined) return null
  const attributes: [string, string][] = []
  ATTRIBUTE.lastIndex = at + 1 + name.length
  let end = ATTRIBUTE.lastIndex
  for (let found = ATTRIBUTE.exec(text); found !== null; found = ATTRIBUTE.exec(text)) {
    attributes.push([found[1], found[2] ?? found[3]])
    end = ATTRIBUTE.lastIndex
  }
  while (/\s/.test(text[end] ?? '')) end++
  const isEmpty = text[end] === '/'
  if (isEmpty) end++
  return text[end] === '>' ? { name, attributes, isEmpty, end: end + 1 } : null
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

function decode(text: string, fail: () => never): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{1,10});|&/g, (_, entity: string | undefined) => {
    if (entity === undefined) return fail()
    const sign = Object.hasOwn(ENTITIES, entity) ? ENTITIES[entity] : null
    if (sign !== null) return sign
    const code = /^#x([0-9a-f]{1,6})$/i.exec(entity)?.[1]
    const number = code !== undefined ? parseInt(code, 16) : /^#\d{1,7}$/.test(entity) ? Number(entity.slice(1)) : NaN
    return number > 0 && number <= 0x10ffff ? String.fromCodePoint(number) : fail()
  })
}
