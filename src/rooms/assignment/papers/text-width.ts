/**
 * Width of a text in em, never less than what fonts for Chinese draw it: ideographs and full-width signs are 1, capitals 0.72,
 * other Latin signs and digits 0.6, blanks 0.3. Pages are cut by it without asking a browser.
 */
export function emWidth(text: string): number {
  let em = 0
  for (const sign of text) em += sign === ' ' ? 0.3 : /[A-Z@%&MW]/.test(sign) ? 0.72 : sign < '\u1100' ? 0.6 : 1
  return em
}

/** Cut a text into lines of at most `most` em; a sign wider than a line stands alone. */
export function wrapEm(text: string, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const sign of text) {
    if (line !== '' && emWidth(line + sign) > most) {
      lines.push(line)
      line = ''
    }
    line += sign
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}
