/** A product while somebody edits it, and the way from and to what the server keeps. */
import { combinations, parseYuan, yuan } from '@bofen/api'
import { textProblem, type Problems } from '@bofen/kit'
import { limits, type Merchant } from '@/api'

export interface Picture {
  key: string
  url: string
}
export interface Option {
  name: string
  values: string[]
}
export interface SkuRow {
  options: Record<string, string>
  price: string
  strike: string
  cost: string
  /** Pieces that arrive with a new SKU. */
  stock: number
  /** Of a SKU that exists; null for a new one. */
  onHand: number | null
  picture: Picture | null
}
interface Draft {
  title: string
  subtitle: string
  brand: string
  category_id: string
  tags: string[]
  detail_html: string
  version: number | null
  pictures: Picture[]
  options: Option[]
  rows: SkuRow[]
}

export const BOUNDS = limits.ProductIn

export const emptyDraft = (): Draft => ({
  title: '',
  subtitle: '',
  brand: '',
  category_id: '',
  tags: [],
  detail_html: '',
  version: null,
  pictures: [],
  options: [{ name: '', values: [] }],
  rows: [newRow({})],
})

const newRow = (options: Record<string, string>): SkuRow => ({
  options,
  price: '',
  strike: '',
  cost: '',
  stock: 0,
  onHand: null,
  picture: null,
})

export function draftOf(kept: Merchant['KeptProduct']): Draft {
  const { title, subtitle, brand, category_id, detail_html, version } = kept
  return {
    ...{ title, subtitle, brand, category_id, detail_html, version },
    tags: [...kept.tags],
    pictures: kept.picture_keys.map((key, at) => ({ key, url: kept.pictures[at] ?? '' })),
    options: kept.options.map(({ name, values }) => ({ name, values: [...values] })),
    rows: kept.skus.map((sku) => ({
      options: sku.options,
      price: yuan(sku.price_fen),
      strike: sku.strike_fen ? yuan(sku.strike_fen) : '',
      cost: sku.cost_fen ? yuan(sku.cost_fen) : '',
      stock: 0,
      onHand: sku.on_hand,
      picture: sku.picture_key ? { key: sku.picture_key, url: sku.picture ?? '' } : null,
    })),
  }
}

const namedOptions = (options: readonly Option[]): Option[] =>
  options.filter(({ name, values }) => name.trim() && values.length)

export const signature = (chosen: Record<string, string>): string =>
  JSON.stringify(Object.entries(chosen).sort())

export const specOf = (row: SkuRow): string => Object.values(row.options).join(' / ') || '默认'

/** Every combination is a row; a row that was filled in stays filled in. */
export function rowsFor(options: readonly Option[], rows: readonly SkuRow[]): SkuRow[] {
  const kept = new Map(rows.map((row) => [signature(row.options), row]))
  return combinations(namedOptions(options)).map((chosen) => kept.get(signature(chosen)) ?? newRow(chosen))
}

type Field = 'title' | 'subtitle' | 'brand' | 'category' | 'tags' | 'pictures' | 'detail' | 'options' | 'skus'

export function problemsOf(draft: Draft): Problems<Field> {
  return {
    title: textProblem('名称', draft.title, BOUNDS.title),
    subtitle: textProblem('卖点', draft.subtitle, BOUNDS.subtitle),
    brand: textProblem('品牌', draft.brand, BOUNDS.brand),
    detail: textProblem('详情', draft.detail_html, BOUNDS.detail_html),
    category: draft.category_id ? '' : '请选择分类',
    pictures: draft.pictures.length ? '' : '请上传至少一张图片',
    tags: draft.tags.some((tag) => [...tag].length > BOUNDS.tags.each.maxLength)
      ? `每个标签最多 ${BOUNDS.tags.each.maxLength} 个字`
      : '',
    options: optionsProblem(draft.options),
    skus: skusProblem(draft.rows),
  }
}

function optionsProblem(options: readonly Option[]): string {
  const { name, values } = limits.OptionIn
  const named = namedOptions(options)
  if (new Set(named.map((option) => option.name.trim())).size < named.length) return '规格名不能重复'
  for (const option of options) {
    if (option.values.length && !option.name.trim()) return '请给规格起个名字，如 颜色'
    if ([...option.name].length > name.maxLength) return `规格名最多 ${name.maxLength} 个字`
    if (option.values.length > values.maxItems) return `「${option.name}」最多 ${values.maxItems} 个值`
    const long = option.values.find((value) => [...value].length > values.each.maxLength)
    if (long) return `「${long}」太长，每个值最多 ${values.each.maxLength} 个字`
  }
  return ''
}

function skusProblem(rows: readonly SkuRow[]): string {
  if (rows.length > BOUNDS.skus.maxItems)
    return `最多 ${BOUNDS.skus.maxItems} 个规格组合，现在有 ${rows.length} 个`
  const wrong = rows.find(
    ({ price, strike, cost }) =>
      !parseYuan(price) || (strike && !parseYuan(strike)) || (cost && parseYuan(cost) === null),
  )
  return wrong ? `请检查「${specOf(wrong)}」的价格：填大于 0 的金额，最多两位小数` : ''
}

/** Whether a price field of a row holds something that is no price. */
export const isWrongPrice = (text: string, isRequired: boolean): boolean =>
  text ? parseYuan(text) === null : isRequired

export function bodyOf(draft: Draft): Merchant['ProductIn'] {
  const { title, subtitle, brand, category_id, tags, detail_html, version } = draft
  return {
    ...{ title, subtitle, brand, category_id, tags, detail_html, version },
    pictures: draft.pictures.map(({ key }) => key),
    options: namedOptions(draft.options),
    skus: draft.rows.map((row) => ({
      options: row.options,
      price_fen: parseYuan(row.price) ?? 0,
      strike_fen: row.strike ? parseYuan(row.strike) : null,
      cost_fen: row.cost ? parseYuan(row.cost) : null,
      stock: row.onHand === null ? row.stock : 0,
      picture: row.picture?.key ?? null,
    })),
  }
}
