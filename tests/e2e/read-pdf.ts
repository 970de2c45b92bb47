import { inflateSync } from 'node:zlib'

/** A page of a PDF: its size in millimetres, and its words in the order they are drawn. */
export interface PdfPage {
  readonly widthMm: number
  readonly heightMm: number
  readonly text: string
}

interface PdfObject {
  readonly head: string
  readonly stream: Buffer | null
}

const MM_PER_POINT = 25.4 / 72

/** Codes of a font as text. */
interface PdfFont {
  /** Hexadecimal digits of one code: two for fonts of drawn glyphs, four for others. */
  readonly digits: number
  readonly texts: ReadonlyMap<number, string>
}

/**
 * Pages of a PDF as Chromium writes it (PDF 1.4, ISO 32000-1: plain objects, deflated streams, a table to Unicode for each
 * font, and the text itself where a glyph stands for several signs). Not a reader of any PDF.
 */
export function readPdf(bytes: Buffer): PdfPage[] {
  const objects = readObjects(bytes)
  const fonts = new Map<number, PdfFont>()
  for (const [id, { head }] of objects) {
    const table = /\/ToUnicode (\d+) 0 R/.exec(head)
    const stream = table && objects.get(Number(table[1]))?.stream
    if (stream) fonts.set(id, readUnicodes(stream.toString('latin1')))
  }
  const pages: PdfPage[] = []
  for (const id of pageIds(objects)) {
    const { head } = objects.get(id)!
    const [, , width, height] = /\/MediaBox \[([\d.\s-]+)\]/.exec(head)![1].trim().split(/\s+/).map(Number)
    const named = new Map<string, PdfFont>()
    const resources = resourcesOf(head, objects)
    for (const [, name, id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = fonts.get(Number(id))
      if (font) named.set(name, font)
    }
    const content = /\/Contents (\d+) 0 R/.exec(head)
    const drawn = (content && objects.get(Number(content[1]))?.stream?.toString('latin1')) ?? ''
    pages.push({ widthMm: width * MM_PER_POINT, heightMm: height * MM_PER_POINT, text: readText(drawn, named) })
  }
  return pages
}

function readObjects(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1')
  const objects = new Map<number, PdfObject>()
  const start = /(\d+) 0 obj\s/g
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const from = start.lastIndex
    const end = text.indexOf('endobj', from)
    const at = text.indexOf('stream', from)
    const length = at >= 0 && at < end ? Number(/\/Length (\d+)/.exec(text.slice(from, at))?.[1] ?? 0) : 0
    if (length > 0) {
      const first = at + (text[at + 6] === '\r' ? 8 : 7)
      const head = text.slice(from, at)
      const raw = bytes.subarray(first, first + length)
      objects.set(Number(found[1]), { head, stream: head.includes('/FlateDecode') ? inflateSync(raw) : Buffer.from(raw) })
      start.lastIndex = first + length
    } else {
      objects.set(Number(found[1]), { head: text.slice(from, end), stream: null })
      start.lastIndex = end
    }
  }
  return objects
}

/** Pages in their order, through the tree of pages. */
function pageIds(objects: ReadonlyMap<number, PdfObject>): number[] {
  const root = [...objects].find(([, { head }]) => head.includes('/Type /Catalog'))![1]
  const walk = (id: number): number[] => {
    const { head } = objects.get(id)!
    const kids = /\/Kids \[([^\]]*)\]/.exec(head)?.[1]
    return kids === undefined ? [id] : [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => walk(Number(kid)))
  }
  return walk(Number(/\/Pages (\d+) 0 R/.exec(root.head)![1]))
}

const resourcesOf = (head: string, objects: ReadonlyMap<number, PdfObject>): string => {
  const elsewhere = /\/Resources (\d+) 0 R/.exec(head)
  return elsewhere ? (objects.get(Number(elsewhere[1]))?.head ?? '') : head
}

const unicodeOf = (hex: string): string => (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join('')

function readUnicodes(table: string): PdfFont {
  const texts = new Map<number, string>()
  for (const [, lines] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code, hex] of lines.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) texts.set(parseInt(code, 16), unicodeOf(hex))
  }
  for (const [, lines] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, hex] of lines.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      const first = unicodeOf(hex)
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) {
        texts.set(code, first.slice(0, -1) + String.fromCharCode(first.charCodeAt(first.length - 1) + code - parseInt(from, 16)))
      }
    }
  }
  return { digits: /begincodespacerange\s*<([0-9A-Fa-f]+)>/.exec(table)?.[1].length ?? 4, texts }
}

function readText(drawn: string, fonts: ReadonlyMap<string, PdfFont>): string {
  let font: PdfFont | undefined
  let text = ''
  /** Between BDC and EMC the text is said instead of the glyphs. */
  let isSaid = false
  for (const [part, name, said, hex] of drawn.matchAll(/\/(F\d+) [\d.]+ Tf|\/ActualText <FEFF([0-9A-Fa-f]*)>|<([0-9A-Fa-f]+)>|\bET\b|\bEMC\b/g)) {
    if (name !== undefined) font = fonts.get(name)
    else if (said !== undefined) {
      text += unicodeOf(said)
      isSaid = true
    } else if (hex !== undefined && font && !isSaid) {
      for (let at = 0; at < hex.length; at += font.digits) text += font.texts.get(parseInt(hex.slice(at, at + font.digits), 16)) ?? ''
    } else if (part === 'ET') text += ' '
    else if (part === 'EMC') isSaid = false
  }
  // Fonts name some ideographs by their radicals.
  return text.normalize('NFKC')
}
