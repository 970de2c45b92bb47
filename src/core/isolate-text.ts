/** Letters written from right to left, and marks that turn the direction of what follows. */
const TURNING = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/
const MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g
const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/**
 * A text from outside, to stand between words of ours in one line of text: its marks of direction are taken out and its
 * own direction ends with it (Unicode TR 9, isolates). A text without either is returned as it is. Where a text has an
 * element of its own, the element isolates it.
 */
export const isolateText = (text: string): string =>
  TURNING.test(text) ? FIRST_STRONG_ISOLATE + text.replace(MARKS, '') + POP_ISOLATE : text
