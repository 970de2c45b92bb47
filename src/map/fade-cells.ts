/** Milliseconds in which a flipped cell goes from its old colour to the new one. */
export const FADE_MS = 150

const BARE = 'rgba(0,0,0,0)'

/** Red, green, blue 0 … 255, opacity 0 … 1. */
type Colour = readonly [red: number, green: number, blue: number, opacity: number]

interface Fading {
  readonly from: Colour
  readonly to: Colour
  /** What stands in the end; null is bare. */
  readonly fill: string | null
  readonly since: number
}

/** Colours of cells on the map. A cell flipped while it fades goes on from the colour it has by then. */
export interface CellColours {
  /** Give a cell its colour, `#rrggbb` or null for bare; faded when it had another one before. */
  set(cell: number, fill: string | null, fade: boolean): void
  /** Send the colour of a cell once more: it is drawn from elsewhere now. */
  again(cell: number): void
  /** Stop where it stands. */
  end(): void
}

/**
 * Colours kept by cell and sent as states. While cells fade each frame sends the state of these alone, and nothing runs
 * when none does.
 */
export function createCellColours(put: (cell: number, state: { readonly fill: string }) => void): CellColours {
  const shown = new Map<number, string | null>()
  const fading = new Map<number, Fading>()
  let frame = 0

  const send = (cell: number, fill: string) => put(cell, { fill })

  function step(now: number): void {
    frame = 0
    for (const [cell, fade] of fading) {
      const share = shareOf(fade, now)
      if (share >= 1) {
        fading.delete(cell)
        send(cell, fade.fill ?? BARE)
      } else send(cell, write(mix(fade.from, fade.to, share)))
    }
    if (fading.size > 0) frame = requestAnimationFrame(step)
  }

  return {
    set(cell, fill, fade) {
      const before = shown.get(cell)
      shown.set(cell, fill)
      if (before === fill) return
      const running = fading.get(cell)
      if (!fade || before === undefined) {
        fading.delete(cell)
        send(cell, fill ?? BARE)
        return
      }
      const since = performance.now()
      const from = running ? mix(running.from, running.to, shareOf(running, since)) : read(before ?? fill!)
      const had: Colour = before === null && !running ? [from[0], from[1], from[2], 0] : from
      const to: Colour = fill === null ? [had[0], had[1], had[2], 0] : read(fill)
      fading.set(cell, { from: had, to, fill, since })
      if (frame === 0) frame = requestAnimationFrame(step)
    },
    again(cell) {
      if (shown.has(cell) && !fading.has(cell)) send(cell, shown.get(cell) ?? BARE)
    },
    end() {
      cancelAnimationFrame(frame)
      frame = 0
      fading.clear()
    },
  }
}

const shareOf = ({ since }: Fading, now: number): number => Math.min(1, Math.max(0, (now - since) / FADE_MS))

function read(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255, 1]
}

const mix = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
  from[3] + (to[3] - from[3]) * share,
]

const write = ([red, green, blue, opacity]: Colour): string =>
  `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${opacity.toFixed(3)})`
