/** Ends the reading of a file: a finding's code with its figures. The caller turns it into a blocker. */
export class ReadRefusal extends Error {
  constructor(
    readonly code: string,
    readonly values: Readonly<Record<string, string | number>> = {},
    readonly row: number | null = null,
  ) {
    super(code)
    this.name = 'ReadRefusal'
  }
}
