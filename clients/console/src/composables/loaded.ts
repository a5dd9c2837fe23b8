/** Lists, single things and buttons' work, with the console's own way to say a sentence and ask a question. */
import { reactive } from 'vue'
import { DialogPlugin, MessagePlugin } from 'tdesign-vue-next'
import { useActing as useActingWith, useList as useListOf, type PageOf } from '@bofen/kit'

export { useLoaded } from '@bofen/kit'

/** A list as one thing, which `list-page` and `data-list` show. */
export const useList = <Row>(fetch: (cursor?: string) => Promise<PageOf<Row>>) => reactive(useListOf(fetch))

/** A button's work: once at a time, its refusal shown, its success said. */
export const useActing = () =>
  useActingWith({
    success: (sentence) => void MessagePlugin.success(sentence),
    failure: (content) => void MessagePlugin.error({ content, duration: 5000 }),
  })

export function confirmed(
  header: string,
  body: string,
  theme: 'warning' | 'danger' = 'warning',
): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = DialogPlugin.confirm({
      header,
      body,
      theme,
      onConfirm: () => (dialog.hide(), resolve(true)),
      onClose: () => (dialog.hide(), resolve(false)),
    })
  })
}
