import { ISSUE_ACT_RULES } from '@/core/issues/issue-acts'
import { ISSUE_LEVELS, type IssueAct, type IssueLevel, type IssueOutcome, type IssueSource, type IssueState } from '@/core/issues/issue'
import { ISSUE_SETTINGS } from '@/core/issues/issue-scope'
import type { Report } from './draw-reports'
import type { WorkCalendar } from './work-calendar'

/** One line of a slip's history. Times are seconds since 1970; persons positions in the staff, −1 a rule or a reporter. */
export interface SlipEvent {
  readonly atS: number
  readonly act: IssueAct | 'report'
  readonly actor: string
  readonly person: number
  readonly fromState: IssueState | null
  readonly toState: IssueState
  readonly fromLevel: IssueLevel | null
  readonly toLevel: IssueLevel
  readonly note: string
  /** Person it was given to, −1 none. */
  readonly to: number
  /** Deadline that came with it, 0 none. */
  readonly dueS: number
  /** Slip it is the same as, by position, −1 none. */
  readonly of: number
  readonly satisfaction: number
}

export interface ActInput {
  readonly note?: string
  readonly to?: number
  readonly of?: number
  readonly satisfaction?: number
}

const OUTCOMES: Partial<Record<IssueAct, IssueOutcome>> = { close: 'solved', explain: 'explained', mark_duplicate: 'duplicate', withdraw: 'withdrawn' }

/** A slip as it is lived through: it goes by the state machine, and what would happen after the last moment does not. */
export class Slip {
  state: IssueState = 'reported'
  level: IssueLevel = 'grid'
  topLevel: IssueLevel = 'grid'
  outcome: IssueOutcome | null = null
  claimedS = 0
  finishedS = 0
  closedS = 0
  publishedS = 0
  dueS: number
  handler = -1
  satisfaction = 0
  reminders = 0
  duplicateOf = -1
  /** The last moment was reached. */
  isOver = false
  readonly events: SlipEvent[] = []

  constructor(
    readonly report: Report,
    readonly source: IssueSource,
    readonly grid: number,
    readonly household: number,
    readonly reporter: { readonly name: string; readonly phone: string } | null,
    readonly reportedBy: number,
    actor: string,
    private readonly calendar: WorkCalendar,
    private readonly untilS: number,
  ) {
    this.dueS = this.deadline(report.atS)
    this.write(report.atS, 'report', actor, reportedBy, null, null, {}, this.dueS)
  }

  /** When it was last changed. */
  get lastS(): number {
    return this.events.at(-1)?.atS ?? 0
  }

  private deadline(fromS: number): number {
    return this.calendar.addWorkingDays(fromS, ISSUE_SETTINGS.deadlines[this.report.category][ISSUE_LEVELS.indexOf(this.level)])
  }

  /**
   * Do an act, unless the last moment has passed by then. Throws where the state machine does not allow it.
   * @param person position in the staff, −1 for a reporter or a rule
   */
  act(atS: number, act: IssueAct, actor: string, person: number, input: ActInput = {}): void {
    if (this.isOver || atS > this.untilS) {
      this.isOver = true
      return
    }
    if (atS < this.lastS) throw new Error(`${act} before what came before`)
    const rule = ISSUE_ACT_RULES[act]
    const needs = this.outcome !== null ? 'closed' : this.finishedS > 0 && rule.needs === 'finished' ? 'finished' : 'open'
    if (!rule.from.includes(this.state) || rule.needs !== needs) throw new Error(`${act} of a slip that is ${this.state} and ${needs}`)
    if (!(rule.by as readonly string[]).includes(actor)) throw new Error(`${act} by ${actor}`)
    const { state, level } = this
    let dueS = 0
    this.state = rule.to ?? state
    if (act === 'claim' || act === 'assign') {
      this.handler = input.to ?? person
      this.claimedS = atS
      this.finishedS = 0
    } else if (act === 'remind') this.reminders++
    else if (act === 'finish') this.finishedS = atS
    else if (act === 'return') this.finishedS = 0
    else if (act === 'escalate') {
      this.level = ISSUE_LEVELS[ISSUE_LEVELS.indexOf(level) + 1]
      if (ISSUE_LEVELS.indexOf(this.level) > ISSUE_LEVELS.indexOf(this.topLevel)) this.topLevel = this.level
      this.handler = -1
      this.claimedS = this.finishedS = 0
      this.dueS = dueS = this.deadline(atS)
    } else if (act === 'reopen') {
      this.outcome = null
      this.closedS = this.finishedS = this.publishedS = this.satisfaction = 0
      this.dueS = dueS = this.deadline(atS)
    } else if (act === 'publish') this.publishedS = atS
    const outcome = OUTCOMES[act]
    if (outcome) {
      this.outcome = outcome
      this.closedS = atS
      this.duplicateOf = input.of ?? -1
    }
    if (input.satisfaction) this.satisfaction = input.satisfaction
    this.write(atS, act, actor, person, state, level, input, dueS)
  }

  /**
   * What the clock does before a moment: a claimed slip past its deadline comes under supervision, and so many working days
   * later it goes up. Returns whether it went up.
   */
  letClockRun(toS: number): boolean {
    if (this.outcome !== null || this.finishedS > 0) return false
    const lateS = Math.max(this.dueS, this.lastS) + LATER_S
    if (this.state === 'claimed' && lateS < toS) this.act(lateS, 'supervise', 'system', -1)
    const upS = Math.max(this.calendar.addWorkingDays(this.dueS, ISSUE_SETTINGS.escalateAfterDays), this.lastS) + LATER_S
    if (this.level === 'district' || upS >= toS) return false
    this.act(upS, 'escalate', 'system', -1)
    return !this.isOver
  }

  private write(atS: number, act: SlipEvent['act'], actor: string, person: number, fromState: IssueState | null, fromLevel: IssueLevel | null, input: ActInput, dueS: number): void {
    const { note = '', to = -1, of = -1, satisfaction = 0 } = input
    this.events.push({ atS, act, actor, person, fromState, toState: this.state, fromLevel, toLevel: this.level, note, to, dueS, of, satisfaction })
  }
}

/** The rules run every few minutes. */
const LATER_S = 300
