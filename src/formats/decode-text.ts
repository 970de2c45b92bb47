/** Text of a file and the encoding that fitted. */
export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16' | 'gb18030' | 'utf-8-lossy'
}

/**
 * Text of bytes: by byte-order mark, else strict UTF-8, else GB18030 (which holds GBK and GB2312, what Chinese office software
 * writes), else UTF-8 with replacement signs. A trial, so that no one has to know the word encoding.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' }
  const strict = tryDecode('utf-8', bytes)
  if (strict !== null) return { text: strict, encoding: 'utf-8' }
  const chinese = tryDecode('gb18030', bytes)
  if (chinese !== null) return { text: chinese, encoding: 'gb18030' }
  return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8-lossy' }
}

function tryDecode(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
