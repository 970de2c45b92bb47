/** Outcome of an operation that may be refused: a value, or a stable reason code with what is needed to explain it. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly details?: Readonly<Record<string, unknown>> }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const refused = (code: string, details?: Readonly<Record<string, unknown>>): Result<never> => ({
  ok: false,
  code,
  details,
})
