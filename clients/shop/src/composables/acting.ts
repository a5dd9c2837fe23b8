/** How the shop says a sentence and asks a question. */
import { useActing as useActingWith } from '@bofen/kit'

export function say(title: string): void {
  uni.showToast({ title, icon: 'none', duration: 2500 })
}

/** A button's work: once at a time, with its refusal shown. */
export const useActing = () => useActingWith({ success: say, failure: say })

export function confirmed(title: string, content: string): Promise<boolean> {
  return new Promise((resolve) =>
    uni.showModal({
      title,
      content,
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    }),
  )
}

export const copy = (text: string) => uni.setClipboardData({ data: text, success: () => say('已复制') })
