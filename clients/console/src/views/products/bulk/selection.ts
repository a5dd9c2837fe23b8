/** Which products a bulk change is for: chosen in the list, kept while the next page is reloaded. */
import { limits, type Merchant } from '@/api'

export interface Selection {
  productIds: string[]
  /** All that these filters find; null: those named. */
  matching: NonNullable<Merchant['BulkPreviewIn']['matching']> | null
}

const KEY = 'bofen.bulk-selection'
export const CHOSEN_MAX = limits.BulkPreviewIn.product_ids.maxItems

export const keepSelection = (selection: Selection): void =>
  sessionStorage.setItem(KEY, JSON.stringify(selection))

export function keptSelection(): Selection | null {
  const kept = sessionStorage.getItem(KEY)
  return kept ? (JSON.parse(kept) as Selection) : null
}
