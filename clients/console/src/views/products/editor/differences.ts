/** What is otherwise between two versions of a product, in plain words. */
import { yuan } from '@bofen/api'
import type { Merchant } from '@/api'
import { PART } from '@/words'

type Difference = Merchant['DifferenceOut']
export interface Saying {
  name: string
  /** A text, a price or a category: what it was and what it is. */
  before?: string
  after?: string
  /** Lines of a list or a text. */
  added: readonly string[]
  removed: readonly string[]
  addedPictures: readonly string[]
  removedPictures: readonly string[]
}

const MONEY = ['price', 'strike', 'cost']
const PICTURES = ['pictures', 'detail_pictures']
const SAME: Partial<Record<Merchant['ProductPart'], string>> = {
  detail: '只改了排版，文字没变',
  pictures: '只调整了顺序',
  detail_pictures: '只调整了顺序',
  tags: '只调整了顺序',
  options: '只调整了顺序',
  skus: '只调整了顺序',
}
const money = (fen: number | null): string => (fen === null ? '未设置' : `¥${yuan(fen)}`)
const none = { added: [], removed: [], addedPictures: [], removedPictures: [] }

export function sayingOf(difference: Difference): Saying {
  const { field, spec, before, after, before_fen, after_fen, added, removed } = difference
  const name = spec ? `${PART[field]}（${spec}）` : PART[field]
  if (MONEY.includes(field))
    return { ...none, name, before: money(before_fen ?? null), after: money(after_fen ?? null) }
  if (field === 'sku_picture')
    return { ...none, name, addedPictures: after ? [after] : [], removedPictures: before ? [before] : [] }
  if (field === 'skus' && before_fen !== null)
    return { ...none, name: '规格', removed: [`${spec || '默认'}，¥${yuan(before_fen ?? 0)}`] }
  if (field === 'skus' && after_fen !== null)
    return { ...none, name: '规格', added: [`${spec || '默认'}，¥${yuan(after_fen ?? 0)}`] }
  if (before !== null || after !== null) {
    const empty = field === 'category' ? '（已删除的分类）' : '（空）'
    return { ...none, name, before: before || empty, after: after || empty }
  }
  if (!added.length && !removed.length) return { ...none, name, after: SAME[field] ?? '有改动' }
  return PICTURES.includes(field)
    ? { ...none, name, addedPictures: added, removedPictures: removed }
    : { ...none, name, added, removed }
}
