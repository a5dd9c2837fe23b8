/**
 * How a viewer's picture of a room changes: the twin of `bofen/live/rules.py`.
 * Both are tested on `tests/rooms/examples/*.json`. The kinds of change are declared in
 * `bofen/live/changes.py` and generated from there: a new one does not compile here until it is handled.
 */
import type { components } from './schema/buyer'

type Shapes = components['schemas']
export type Tick = Shapes['Tick']
type Change = Tick['changes'][number]
export type RoomView = Omit<Shapes['Snapshot'], 'socket_url'>
type ProductCard = Shapes['ProductCard']

const MESSAGES_KEPT = 50

/** The view after one frame of the socket; `'gap'` when the snapshot must be fetched again. */
export function applyTick<View extends RoomView>(view: View, tick: Tick): View | 'gap' {
  if (tick.epoch !== view.epoch) return 'gap'
  let now = view
  for (const change of tick.changes) {
    if (change.seq <= now.seq) continue
    if (change.seq > now.seq + 1) return 'gap'
    now = { ...now, ...touched(now, change), seq: change.seq }
  }
  if (tick.seq > now.seq) return 'gap'
  return { ...now, ...tick.counts }
}

/** What one change touches. */
function touched(view: RoomView, change: Change): Partial<RoomView> {
  switch (change.kind) {
    case 'message':
      return { messages: [...view.messages, change.message].slice(-MESSAGES_KEPT) }
    case 'retracted':
      return { messages: view.messages.filter((message) => message.seq !== change.message_seq) }
    case 'pinned':
      return { pin: change.pin }
    case 'unpinned':
      return { pin: null }
    case 'session':
      return { session: change.session }
    case 'shelf':
      return { shelf: change.shelf }
    case 'product':
      return shownAnew(view, change.product)
    case 'room':
      return { room: change.room }
    default:
      return unknownTo(change)
  }
}

/** A kind that a newer server sends and this client does not know: it touches nothing. */
function unknownTo(_: never): Partial<RoomView> {
  return {}
}

/** A product looks different, wherever it is shown. */
function shownAnew(view: RoomView, card: ProductCard): Partial<RoomView> {
  return {
    shelf: view.shelf.map((other) => (other.id === card.id ? card : other)),
    pin: view.pin?.product.id === card.id ? { ...view.pin, product: card } : view.pin,
  }
}
