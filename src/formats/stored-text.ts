/** Text of a file as every database takes it: at most so many characters, a sign in the place of zero bytes and of half pairs. */
export const storedText = (text: string, length: number): string => text.slice(0, length).replace(/[\0\p{Surrogate}]/gu, '\uFFFD')
