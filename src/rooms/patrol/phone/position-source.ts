import type { PositionSource } from './recorder'

/** A position is taken at once; its stamp is believed where it says so. Some phones stamp by another clock than the page's. */
const OLDEST_MS = 10_000
const PERMISSION_DENIED = 1

/** Positions of this phone, their times by `nowMs`; null where it has none or the page is not served securely. */
export function browserPositions(nowMs: () => number): PositionSource | null {
  if (!('geolocation' in navigator) || !isSecureContext) return null
  return {
    watch(onFix, onTrouble) {
      const id = navigator.geolocation.watchPosition(
        ({ coords, timestamp }) => {
          const ageMs = Date.now() - timestamp
          onFix({
            atMs: Math.round(nowMs() - (ageMs > 0 && ageMs <= OLDEST_MS ? ageMs : 0)),
            lng: coords.longitude, lat: coords.latitude, accuracyM: Number.isFinite(coords.accuracy) ? coords.accuracy : null,
          })
        },
        ({ code }) => onTrouble(code === PERMISSION_DENIED ? 'denied' : 'unavailable'),
        { enableHighAccuracy: true, maximumAge: 0 },
      )
      return () => navigator.geolocation.clearWatch(id)
    },
  }
}

/** Keep the screen on where the phone lets one, and again whenever the page comes back to sight: a dark phone tells no positions. */
export function keepScreenOn(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined
  let held: WakeLockSentinel | null = null
  let isOver = false
  const hold = async (): Promise<void> => {
    if (isOver || document.visibilityState !== 'visible') return
    try {
      const lock = await navigator.wakeLock.request('screen')
      if (isOver) await lock.release()
      else held = lock
    } catch {
      // Refused while the battery is low: the recording goes on as long as the phone stays awake.
    }
  }
  const again = (): void => void hold()
  document.addEventListener('visibilitychange', again)
  void hold()
  return () => {
    isOver = true
    document.removeEventListener('visibilitychange', again)
    void held?.release()
  }
}
