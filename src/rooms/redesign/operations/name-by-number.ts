/** A name that ends in digits with another number in their place, as wide as before; others stay as they are. */
export function nameByNumber(name: string, number: number): string {
  return name.replace(/\d+$/, (digits) => String(number).padStart(digits.length, '0'))
}
