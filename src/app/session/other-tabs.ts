/** What tabs of one browser tell each other about the session they share. */
export interface OtherTabs {
  /** Say that the person left of his or her own will. */
  left(): void
}

/** Not the name under which the token is kept: the client speaks to its own kind on a channel of that name. */
const CHANNEL = 'gewu.tabs'
const LEFT = 'left'

/** Hear when the person leaves in another tab. */
export function joinTabs(onLeft: () => void): OtherTabs {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }) => {
    if (data === LEFT) onLeft()
  }
  return { left: () => channel.postMessage(LEFT) }
}
