import type ToneChip from '@/ui/ToneChip.vue'

type Tone = NonNullable<InstanceType<typeof ToneChip>['$props']['tone']>

/** The levels rows of a `LevelTable` fall into, as they are shown in the first column and chosen above. */
export interface LevelScale<Row, Level extends string> {
  readonly title: string
  /** What choosing among them is called. */
  readonly filter: string
  readonly levels: readonly Level[]
  readonly tone: Readonly<Record<Level, Tone>>
  readonly of: (row: Row) => Level
  readonly wordOf: (level: Level) => string
}

/** A column of a `LevelTable`: what the table to keep holds, and what is read on the screen where that differs. */
export interface TableColumn<Row> {
  readonly title: string
  readonly of: (row: Row) => string | number
  readonly shown?: (row: Row) => string
  readonly isAside?: boolean
  /** Figures: ends stand below one another. */
  readonly isNumber?: boolean
  /** One line, cut where it is too long. */
  readonly isShort?: boolean
  readonly widthPct?: number
}
