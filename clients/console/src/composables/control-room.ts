/** The room as its control desk holds it; its sales figures are asked for again now and then. */
import { onMounted, onUnmounted } from 'vue'
import { useRoomConnection, type OpenSocket } from '@bofen/kit'
import { host, type Host } from '@/api'

const FIGURES_MS = 10_000

const open: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.onopen = events.opened
  socket.onmessage = (message) => events.received(message.data as string)
  socket.onclose = events.lost
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(),
  }
}

export function useControlRoom(roomId: string) {
  const fetch = () => host.get('/rooms/{room_id}', { path: { room_id: roomId } })
  const { view, error, isConnected, enter, leave } = useRoomConnection<Host['ControlRoom']>({
    fetch,
    open,
    token: () => null,
    isWatching: false,
  })
  async function load(): Promise<void> {
    const fresh = await fetch().catch(() => null)
    if (fresh && view.value) view.value = { ...view.value, orders: fresh.orders, gmv_fen: fresh.gmv_fen }
  }
  let asking: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    enter()
    asking = setInterval(load, FIGURES_MS)
  })
  onUnmounted(() => {
    clearInterval(asking)
    leave()
  })
  return { view, error, isConnected, enter }
}
