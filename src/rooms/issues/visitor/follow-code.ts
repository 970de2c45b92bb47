/** Letters of a code, as sent: small letters, blanks and dashes do not count; O reads 0, I and L read 1. */
export const plainCode = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

/** In groups of four, as one reads it off the screen. */
export const groupedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

/** Whether it can be a code at all: sixteen letters of Crockford's base 32. */
export const isCode = (code: string): boolean => /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code)

/** The address that opens one's own slip; after #, so that no server and no log of one ever sees the code. */
export const followAddress = (code: string): string => `${location.origin}${location.pathname}#/public/follow?code=${code}`
