import { callRpc } from './call-rpc'

/** A sign-in of one's own that still stands. */
export interface OwnSession {
  readonly id: string
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly userAgent: string | null
  readonly current: boolean
}

/** What a new password is refused for. */
export type WeakPassword = 'too_short' | 'too_long' | 'common' | 'run' | 'repeated' | 'personal' | 'few_kinds'

/** Say that somebody is at work. `session_expired` when the session is over. */
export const touchSession = (): Promise<{ idleAt: string | null; idleMinutes: number }> => callRpc('touch_session')

/**
 * Change one's own password; sessions elsewhere end. `password_wrong` {attemptsLeft}, `password_locked` {until},
 * `password_weak` {reason: WeakPassword}, `password_used`.
 */
export const changePassword = (before: string, after: string): Promise<{ endedSessions: number }> =>
  callRpc('change_password', { p_old: before, p_new: after })

/** One's sign-ins that still stand, last used first. */
export const listOwnSessions = (): Promise<OwnSession[]> => callRpc('my_sessions')

/** End one sign-in of one's own; `ended` is 0 where it was over already. */
export const endOwnSession = (id: string): Promise<{ ended: number }> => callRpc('end_session', { p_id: id })

/** End all sign-ins of one's own but this. */
export const endOtherSessions = (): Promise<{ ended: number }> => callRpc('end_other_sessions')

/** A secret to be put into an authenticator; it counts only once a code was confirmed. `second_factor_present`. */
export const beginSecondFactor = (): Promise<{ secret: string; uri: string }> => callRpc('begin_second_factor')

/** The codes that open the account when the telephone is lost, given this once. `second_factor_wrong`, `second_factor_absent`. */
export const confirmSecondFactor = (code: string): Promise<{ recoveryCodes: string[] }> =>
  callRpc('confirm_second_factor', { p_code: code })

/** Answer at sign-in with six digits or a recovery code. `second_factor_wrong` {attemptsLeft}, `second_factor_locked` {until}. */
export const answerSecondFactor = (code: string): Promise<{ recoveryCodesLeft: number }> =>
  callRpc('answer_second_factor', { p_code: code })

/** Do without the second factor again. `password_wrong` {attemptsLeft}, `password_locked` {until}, `second_factor_wrong`, `second_factor_locked`. */
export const removeSecondFactor = (password: string, code: string): Promise<{ removed: true }> =>
  callRpc('remove_second_factor', { p_password: password, p_code: code })
