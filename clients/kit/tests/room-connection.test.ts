import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type RoomView } from '@bofen/api'
import { PING_MS, useRoomConnection, WAIT_MAX_MS, WAIT_MIN_MS, type SocketEvents } from '../src/index'

type View = RoomView & { socket_url: string }
const snapshot = (seq: number): View => ({
  epoch: 1,
  seq,
  room: { id: '1', title: '晚间专场', cover: null, host_name: '小满' },
  session: null,
  pin: null,
  shelf: [],
  messages: [],
  likes: 0,
  viewers: 1,
  socket_url: 'ws://rooms/1',
})
const refused = (status: number) => new ApiError(status, 'refused', { zh: '不行', en: 'No' })
const tick = (...seqs: number[]) =>
  JSON.stringify({ type: 'tick', epoch: 1, changes: seqs.map((seq) => ({ kind: 'unpinned', seq })) })

/** A server that answers snapshots in turn and remembers every socket that was opened to it. */
function server(...answers: (View | Error | Promise<View>)[]) {
  const sockets: { events: SocketEvents; sent: object[]; isClosed: boolean }[] = []
  const fetch = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!
    if (answer instanceof Error) throw answer
    return answer
  })
  const room = useRoomConnection<View>({
    fetch,
    open(_url, events) {
      const socket = { events, sent: [] as object[], isClosed: false }
      sockets.push(socket)
      return {
        send: (frame) => socket.sent.push(JSON.parse(frame)),
        close: () => (socket.isClosed = true),
      }
    },
    token: () => 'a token',
  })
  return { room, sockets, fetch, last: () => sockets.at(-1)! }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a room connection', () => {
  it('enters where the snapshot ends, and follows the changes from there', async () => {
    const { room, last } = server(snapshot(7))
    await room.enter()
    expect(room.isConnected.value).toBe(false)
    last().events.opened()
    expect(last().sent).toEqual([{ type: 'enter', token: 'a token', epoch: 1, seq: 7 }])
    last().events.received(tick(8, 9))
    expect(room.view.value?.seq).toBe(9)
    expect(room.isConnected.value).toBe(true)
  })

  it('fetches the snapshot again after a gap, and by a new socket', async () => {
    const { room, sockets, fetch, last } = server(snapshot(7), snapshot(20))
    await room.enter()
    last().events.opened()
    last().events.received(tick(9))
    expect(room.view.value?.seq).toBe(7)
    await vi.advanceTimersByTimeAsync(WAIT_MIN_MS)
    expect(fetch).toHaveBeenCalledTimes(2)
    expect(room.view.value?.seq).toBe(20)
    expect(sockets.map(({ isClosed }) => isClosed)).toEqual([true, false])
  })

  it('does not listen any more to a socket that it has left', async () => {
    const { room, sockets, last } = server(snapshot(7), snapshot(20))
    await room.enter()
    last().events.opened()
    last().events.received(tick(9))
    await vi.advanceTimersByTimeAsync(WAIT_MIN_MS)
    sockets[0]!.events.received(tick(21))
    sockets[0]!.events.lost()
    await vi.advanceTimersByTimeAsync(WAIT_MAX_MS)
    expect(room.view.value?.seq).toBe(20)
    expect(sockets).toHaveLength(2)
  })

  it('comes back after twice the wait each time, up to the longest, while nobody answers', async () => {
    const { room, fetch } = server(refused(0))
    await room.enter()
    const waits: number[] = []
    for (let round = 0; round < 8; round += 1) {
      const [before, from] = [fetch.mock.calls.length, Date.now()]
      while (fetch.mock.calls.length === before) await vi.advanceTimersByTimeAsync(50)
      waits.push(Date.now() - from)
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500, 7500])
    expect(room.error.value).toBe('不行')
  })

  it('spreads a crowd over half of each wait', async () => {
    const moments = []
    for (const random of [0, 0.5, 1]) {
      vi.spyOn(Math, 'random').mockReturnValue(random)
      const { room, fetch, last } = server(snapshot(7))
      await room.enter()
      last().events.opened()
      last().events.lost()
      const from = Date.now()
      while (fetch.mock.calls.length === 1) await vi.advanceTimersByTimeAsync(1)
      moments.push(Date.now() - from)
      room.leave()
    }
    expect(moments).toEqual([250, 375, 500])
  })

  it('begins with the shortest wait again only after a frame that fits', async () => {
    const { room, sockets, last } = server(snapshot(7))
    await room.enter()
    for (let round = 0; round < 3; round += 1) {
      last().events.opened()
      last().events.lost()
      await vi.advanceTimersByTimeAsync(WAIT_MAX_MS)
    }
    const count = sockets.length
    last().events.opened()
    last().events.lost()
    await vi.advanceTimersByTimeAsync(1999)
    expect(sockets).toHaveLength(count)
    await vi.advanceTimersByTimeAsync(1)
    last().events.opened()
    last().events.received(tick(8))
    last().events.lost()
    await vi.advanceTimersByTimeAsync(WAIT_MIN_MS / 2)
    expect(sockets).toHaveLength(count + 2)
  })

  it.each([401, 403, 404])(
    'stops when the room is refused with %i, until somebody asks again',
    async (status) => {
      const { room, fetch } = server(refused(status), snapshot(7))
      await room.enter()
      await vi.advanceTimersByTimeAsync(10 * WAIT_MAX_MS)
      expect(fetch).toHaveBeenCalledTimes(1)
      expect(room.error.value).toBe('不行')
      await room.enter()
      expect(room.view.value?.seq).toBe(7)
      expect(room.error.value).toBe('')
    },
  )

  it('says now and then that it is there, while it is', async () => {
    const { room, last } = server(snapshot(7))
    await room.enter()
    last().events.opened()
    await vi.advanceTimersByTimeAsync(2 * PING_MS)
    expect(last().sent.slice(1)).toEqual([{ type: 'ping' }, { type: 'ping' }])
    room.leave()
    await vi.advanceTimersByTimeAsync(2 * PING_MS)
    expect(last().sent).toHaveLength(3)
  })

  it('does not come back after it was left, even when the snapshot arrives late', async () => {
    let answer: (view: View) => void = () => {}
    const { room, sockets } = server(new Promise<View>((resolve) => (answer = resolve)))
    const entering = room.enter()
    room.leave()
    answer(snapshot(7))
    await entering
    await vi.advanceTimersByTimeAsync(WAIT_MAX_MS)
    expect(sockets).toHaveLength(0)
    expect(room.view.value).toBeNull()
  })
})
