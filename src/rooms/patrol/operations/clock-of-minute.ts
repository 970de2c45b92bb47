const MINUTES_AN_HOUR = 60

/** Time of day by minutes after midnight, to the nearest minute: 08:30. Past midnight it begins anew. */
export function clockOfMinute(minute: number): string {
  const whole = Math.round(minute)
  return [Math.floor(whole / MINUTES_AN_HOUR) % 24, whole % MINUTES_AN_HOUR].map((part) => String(part).padStart(2, '0')).join(':')
}
