/**
 * A room as a client holds it: the snapshot, then numbered changes over a socket. After a gap, or when
 * the socket was away, the snapshot is fetched again: nothing is lost, and nobody needs a history.
 */
import { ref, shallowRef } from 'vue'
import { ApiError, applyTick, sentenceOf, type RoomView, type Tick } from '@bofen/api'

export const PING_MS = 25_000
export const WAIT_MIN_MS = 500
export const WAIT_MAX_MS = 15_000
/** Whoever is refused with one of these is refused the next time too. */
const FINAL = [401, 403, 404, 422]

interface RoomSocket {
  send(frame: string): void
  close(): void
}
export interface SocketEvents {
  opened(): void
  received(frame: string): void
  /** Closed by the other side, or never reached it. */
  lost(): void
}
/** A browser's WebSocket in the console, `uni.connectSocket` in the shop. */
export type OpenSocket = (url: string, events: SocketEvents) => RoomSocket

interface RoomOptions<View> {
  fetch: () => Promise<View>
  open: OpenSocket
  /** Who enters; null for a visitor. */
  token: () => string | null
  /** The desk of whoever runs the room is no audience. */
  isWatching?: boolean
}

/** The caller calls `enter` when its page is shown and `leave` when it is gone for good. */
export function useRoomConnection<View extends RoomView & { socket_url: string }>(
  options: RoomOptions<View>,
) {
  const view = shallowRef<View | null>(null)
  const error = ref('')
  const isConnected = ref(false)
  let socket: RoomSocket | null = null
  let isLeft = false
  let tries = 0
  let asked = 0
  let pinging: ReturnType<typeof setInterval> | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++asked
    try {
      const found = await options.fetch()
      if (mine !== asked || isLeft) return
      view.value = found
      error.value = ''
      connect(found)
    } catch (failed) {
      if (mine !== asked || isLeft) return
      error.value = sentenceOf(failed)
      if (failed instanceof ApiError && FINAL.includes(failed.status)) leaveSocket()
      else again()
    }
  }
  function connect({ socket_url, epoch, seq }: View): void {
    leaveSocket()
    const opened: RoomSocket = options.open(socket_url, {
      opened() {
        if (socket !== opened) return
        const desk = options.isWatching === false ? { watching: false } : {}
        send({ type: 'enter', token: options.token(), epoch, seq, ...desk })
        isConnected.value = true
        pinging = setInterval(() => send({ type: 'ping' }), PING_MS)
      },
      received(text) {
        if (socket === opened) receive(JSON.parse(text) as { type: string })
      },
      lost() {
        if (socket === opened) again()
      },
    })
    socket = opened
  }
  function receive(frame: { type: string }): void {
    if (frame.type !== 'tick' || !view.value) return
    const next = applyTick(view.value, frame as Tick)
    if (next === 'gap') return again()
    // Only a frame that fits proves that this connection works: a door that shuts at once is not hammered.
    tries = 0
    view.value = next
  }
  function send(frame: object): void {
    socket?.send(JSON.stringify(frame))
  }
  function leaveSocket(): void {
    clearInterval(pinging)
    const old = socket
    socket = null
    isConnected.value = false
    old?.close()
  }
  /** Comes back after a while, each client at a moment of its own: the crowd must not come back as one. */
  function again(): void {
    leaveSocket()
    clearTimeout(waiting)
    if (isLeft) return
    const wait = Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** tries++)
    waiting = setTimeout(load, wait * (0.5 + Math.random() / 2))
  }
  /** At once, whatever was waited for: the page is new, shows another room, or somebody pressed "try again". */
  async function enter(): Promise<void> {
    isLeft = false
    tries = 0
    clearTimeout(waiting)
    leaveSocket()
    await load()
  }
  function leave(): void {
    isLeft = true
    clearTimeout(waiting)
    leaveSocket()
  }
  return { view, error, isConnected, enter, leave, send }
}
