/** What tabs of one browser tell each other about the session they share. */
export interface OtherTabs {
  /** Say that the person left of his or her own will. */
  left(): void
  close(): void
}

const CHANNEL = 'gewu.session'

/** Hear when the person leaves in another tab. */
export function joinTabs(onLeft: () => void): OtherTabs {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => onLeft()
  return { left: () => channel.postMessage('left'), close: () => channel.close() }
}
