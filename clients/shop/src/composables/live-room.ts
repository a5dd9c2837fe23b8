/**
 * A room as a viewer holds it: the snapshot, then numbered changes over a socket.
 * After a gap, or when the socket was away, the snapshot is fetched again: nothing is lost.
 */
import { onUnmounted, ref, shallowRef } from 'vue'
import { ApiError, applyTick, type Tick } from '@bofen/api'
import { buyer, sentenceOf, type Buyer } from '@/api'
import { token } from '@/stores/session'

const PING_MS = 25_000
const WAIT_MIN_MS = 500
const WAIT_MAX_MS = 15_000
const LIKES_A_FRAME = 20

export function useLiveRoom(roomId: () => string) {
  const view = shallowRef<Buyer['Snapshot'] | null>(null)
  const error = ref('')
  const isConnected = ref(false)
  let socket: UniApp.SocketTask | null = null
  let isLeft = false
  let tries = 0
  let pinging: ReturnType<typeof setInterval> | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  let likes = 0
  let liking: ReturnType<typeof setTimeout> | undefined

  async function enter() {
    try {
      view.value = await buyer.get('/rooms/{room_id}', { path: { room_id: roomId() } })
      error.value = ''
      if (!isLeft) connect()
    } catch (failed) {
      error.value = sentenceOf(failed)
      if (!(failed instanceof ApiError && failed.status === 404)) again()
    }
  }
  function connect() {
    const now = view.value
    if (!now) return
    leaveSocket()
    const opened = uni.connectSocket({
      url: now.socket_url,
      complete: () => {},
    }) as unknown as UniApp.SocketTask
    socket = opened
    const isMine = () => socket === opened
    opened.onOpen(() => {
      if (!isMine()) return
      send({ type: 'enter', token: token(), epoch: now.epoch, seq: now.seq })
      isConnected.value = true
      tries = 0
      pinging = setInterval(() => send({ type: 'ping' }), PING_MS)
    })
    opened.onMessage((message) => {
      if (isMine()) heard(JSON.parse(message.data as string))
    })
    const lost = () => {
      if (isMine()) again()
    }
    opened.onClose(lost)
    opened.onError(lost)
  }
  function heard(frame: Tick | { type: string }) {
    if (frame.type !== 'tick' || !view.value) return
    const next = applyTick(view.value, frame as Tick)
    if (next === 'gap') enter()
    else view.value = next
  }
  function send(frame: object) {
    socket?.send({ data: JSON.stringify(frame), fail: () => {} })
  }
  function leaveSocket() {
    clearInterval(pinging)
    const old = socket
    socket = null
    isConnected.value = false
    old?.close({})
  }
  /** Comes back after a while; the crowd does not come back in one moment. */
  function again() {
    leaveSocket()
    if (isLeft) return
    clearTimeout(waiting)
    const wait = Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** tries++)
    waiting = setTimeout(enter, wait * (0.5 + Math.random() / 2))
  }
  /** Taps are counted and sent once a second. */
  function like() {
    likes += 1
    if (view.value) view.value = { ...view.value, likes: view.value.likes + 1 }
    liking ??= setTimeout(() => {
      send({ type: 'like', times: Math.min(LIKES_A_FRAME, likes) })
      likes = 0
      liking = undefined
    }, 1000)
  }
  function leave() {
    isLeft = true
    clearTimeout(waiting)
    leaveSocket()
  }
  onUnmounted(leave)
  return { view, error, isConnected, enter, like, leave }
}
