/** Forbidding a person to speak in a room, asked before it is done. */
import { host } from '@/api'
import { confirmed, useActing } from './loaded'

/** Answers whether it was done. */
export function useMuting(room_id: string) {
  const { act } = useActing()
  return async (person_id: string, nickname: string): Promise<boolean> =>
    (await confirmed('禁言', `「${nickname}」将不能在本直播间发言，可在「禁言」里解除。`)) &&
    (await act(
      () => host.post('/rooms/{room_id}/mutes', { path: { room_id }, body: { person_id } }),
      '已禁言',
    ))
}
