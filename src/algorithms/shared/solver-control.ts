/** Progress and cancelling of a long run; both optional. */
export interface SolverControl {
  /** Share done, 0 … 1, and the name of the pass. */
  readonly onProgress?: (share: number, pass: string) => void
  /** Looked at between passes. */
  readonly signal?: { readonly aborted: boolean }
}
