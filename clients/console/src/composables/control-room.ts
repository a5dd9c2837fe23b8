/** The room as its control desk holds it: the snapshot, then numbered changes; figures are asked for again now and then. */
import { onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { applyTick, type Tick } from '@bofen/api'
import { host, sentenceOf, type Host } from '@/api'

const PING_MS = 25_000
const FIGURES_MS = 10_000
const WAIT_MAX_MS = 15_000

export function useControlRoom(roomId: string) {
  const view = shallowRef<Host['ControlRoom'] | null>(null)
  const error = ref('')
  const isConnected = ref(false)
  const path = { room_id: roomId }
  const timers: ReturnType<typeof setInterval>[] = []
  let socket: WebSocket | null = null
  let isLeft = false
  let tries = 0

  async function load(): Promise<void> {
    try {
      view.value = await host.get('/rooms/{room_id}', { path })
      error.value = ''
    } catch (failed) {
      error.value = sentenceOf(failed)
    }
  }
  async function enter(): Promise<void> {
    await load()
    if (isLeft) return
    if (!view.value) return again()
    socket?.close()
    const { epoch, seq, socket_url } = view.value
    const opened = new WebSocket(socket_url)
    socket = opened
    opened.onopen = () => {
      opened.send(JSON.stringify({ type: 'enter', token: null, epoch, seq }))
      isConnected.value = true
      tries = 0
    }
    opened.onmessage = (message) => {
      const frame = JSON.parse(message.data) as Tick
      if (frame.type !== 'tick' || !view.value || socket !== opened) return
      const next = applyTick(view.value, frame)
      if (next === 'gap') enter()
      else view.value = next
    }
    opened.onclose = () => {
      if (socket === opened) again()
    }
  }
  function again(): void {
    isConnected.value = false
    if (!isLeft)
      setTimeout(
        () => {
          if (!isLeft) enter()
        },
        Math.min(WAIT_MAX_MS, 500 * 2 ** tries++),
      )
  }
  async function figures(): Promise<void> {
    const fresh = await host.get('/rooms/{room_id}', { path }).catch(() => null)
    if (fresh && view.value) view.value = { ...view.value, orders: fresh.orders, gmv_fen: fresh.gmv_fen }
  }
  onMounted(() => {
    enter()
    timers.push(
      setInterval(() => {
        if (socket?.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}')
      }, PING_MS),
      setInterval(figures, FIGURES_MS),
    )
  })
  onUnmounted(() => {
    isLeft = true
    timers.forEach(clearInterval)
    socket?.close()
  })
  return { view, error, isConnected, load }
}
