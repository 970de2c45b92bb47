import { decodeText } from './decode-text'
import { ReadRefusal } from './read-refusal'

export interface DbfTable {
  readonly fields: readonly string[]
  readonly encoding: string
  readonly rowCount: number
  /** Attributes of a record (from 0) as text. Deleted records answer as others do: the .shp still counts them. */
  row(index: number): Record<string, string>
}

/**
 * Open a dBASE table. The encoding is the one named by the .cpg file if that fits, else found by trial over the whole text:
 * Chinese files are mostly GBK and seldom say so.
 */
export function openDbf(bytes: Uint8Array, namedEncoding: string | null, textLength: number): DbfTable {
  if (bytes.length < 33) throw new ReadRefusal('dbf_broken')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const headerSize = view.getUint16(8, true)
  const rowSize = view.getUint16(10, true)
  if (headerSize < 33 || headerSize > bytes.length || rowSize < 1) throw new ReadRefusal('dbf_broken')
  // A count that exceeds the bytes there are is a cut file; what is there can still be read.
  const rowCount = Math.min(view.getUint32(4, true), Math.floor((bytes.length - headerSize) / rowSize))
  const decode = chooseDecoder(bytes.subarray(32, headerSize + rowCount * rowSize), namedEncoding)
  const columns: { name: string; from: number; size: number }[] = []
  let from = 1
  for (let at = 32; at + 32 <= headerSize && bytes[at] !== 0x0d; at += 32) {
    const name = decode.text(untilZero(bytes.subarray(at, at + 11))).trim()
    const size = bytes[at + 16]
    if (from + size > rowSize) break
    if (name !== '' && name !== '__proto__') columns.push({ name, from, size })
    from += size
  }
  return {
    fields: columns.map((column) => column.name),
    encoding: decode.encoding,
    rowCount,
    row(index) {
      const start = headerSize + index * rowSize
      const values: Record<string, string> = {}
      if (index >= rowCount) return values
      for (const { name, from: offset, size } of columns) {
        const text = decode.text(untilZero(bytes.subarray(start + offset, start + offset + size))).trim()
        if (text !== '' && !/^\*+$/.test(text)) values[name] = text.slice(0, textLength)
      }
      return values
    },
  }
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function chooseDecoder(sample: Uint8Array, named: string | null): { encoding: string; text(bytes: Uint8Array): string } {
  const label = named === null ? null : labelOf(named)
  const encoding = label ?? decodeText(sample).encoding
  // Fixed-width fields may cut a sign in half, so a trial that fails on a few bytes still means the encoding it nearly was.
  const decoder = new TextDecoder(encoding === 'utf-8-lossy' ? 'gb18030' : encoding === 'utf-16' ? 'utf-8' : encoding)
  return { encoding: decoder.encoding, text: (bytes) => decoder.decode(bytes) }
}

function labelOf(named: string): string | null {
  const name = named.trim().toLowerCase()
  if (name === '936' || name === 'cp936' || name === 'ansi 936' || name.startsWith('gb')) return 'gb18030'
  if (name.replace('-', '') === 'utf8' || name === '65001') return 'utf-8'
  try {
    return new TextDecoder(name).encoding
  } catch {
    return null
  }
}
