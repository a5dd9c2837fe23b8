/** Rates as they are typed: per cent, while the server counts in basis points. */
import { percent, yuan } from '@bofen/api'
import { limits, type Merchant } from '@/api'

export type Kind = Merchant['RateKind']
export interface TypedRate {
  kind: Kind
  subject_id: string
  name: string
  /** "12.5", without the sign. */
  text: string
}

const MAX_BP = limits.PlanRateIn.rate_bp.maximum
const EXAMPLE_FEN = 100_00

/** "12.5" → 1250; null for what is no rate. */
export const rateOf = (text: string): number | null =>
  /^\d{1,2}(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text.trim()) * 100) : null

export const rateText = (bp: number): string => String(bp / 100)

export function rateProblem(text: string): string {
  const bp = rateOf(text)
  return bp === null || bp > MAX_BP ? `请填 0 到 ${percent(MAX_BP)}，最多两位小数` : ''
}

/** What a rate means, for somebody who does not count in per cent; a cap may hold it down. */
export function exampleOf(text: string, capText: string): string {
  const [bp, cap] = [rateOf(text), rateOf(capText)]
  if (bp === null || bp > MAX_BP) return ''
  const held = cap !== null && bp > cap ? cap : bp
  const earned = `卖 ¥100 → 分销员得 ¥${yuan((EXAMPLE_FEN * held) / 10_000)}`
  return held < bp ? `${earned}（受封顶限制）` : earned
}

export const keyOf = ({ kind, subject_id }: { kind: Kind; subject_id: string }) => `${kind}:${subject_id}`
