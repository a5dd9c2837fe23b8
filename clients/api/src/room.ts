/**
 * How a viewer's picture of a room changes: the twin of `bofen/live/rules.py`.
 * Both are tested on `tests/rooms/examples/*.json`.
 */
import type { components } from './schema/buyer'

type Shapes = components['schemas']
export type RoomMessage = Shapes['MessageOut']
export type RoomView = Pick<
  Shapes['Snapshot'],
  'epoch' | 'seq' | 'session' | 'pin' | 'shelf' | 'messages' | 'likes' | 'viewers'
>

export type Change = { seq: number } & (
  | { kind: 'message'; message: RoomMessage }
  | { kind: 'retracted'; message_seq: number }
  | { kind: 'pinned'; pin: NonNullable<RoomView['pin']> }
  | { kind: 'unpinned' }
  | { kind: 'session'; session: RoomView['session'] }
  | { kind: 'shelf'; shelf: RoomView['shelf'] }
  | { kind: 'stock'; product_id: string; is_sold_out: boolean }
)
export interface Tick {
  type: 'tick'
  epoch: number
  changes: Change[]
  counts?: { viewers: number; likes: number }
}

export const MESSAGES_KEPT = 50

/** The view after one frame of the socket; `'gap'` when the snapshot must be fetched again. */
export function applyTick<View extends RoomView>(view: View, tick: Tick): View | 'gap' {
  if (tick.epoch !== view.epoch) return 'gap'
  let now = view
  for (const change of tick.changes) {
    if (change.seq <= now.seq) continue
    if (change.seq > now.seq + 1) return 'gap'
    now = { ...now, ...touched(now, change), seq: change.seq }
  }
  return { ...now, ...tick.counts }
}

/** What one change touches. A kind we do not know yet touches nothing. */
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
    case 'stock':
      return stocked(view, change.product_id, change.is_sold_out)
    default:
      return {}
  }
}

/** A product is sold out, or back. */
function stocked(view: RoomView, productId: string, isSoldOut: boolean): Partial<RoomView> {
  const told = <Card extends { id: string }>(card: Card) =>
    card.id === productId ? { ...card, is_sold_out: isSoldOut } : card
  return { shelf: view.shelf.map(told), pin: view.pin && { ...view.pin, product: told(view.pin.product) } }
}
