/** Between a group of settings as it is kept and as it is typed. */
import { parseYuan, yuan } from '@bofen/api'
import { textProblem } from '@bofen/kit'
import { limits, merchant, type Merchant } from '@/api'
import type { Key, SettingGroup } from './groups'

type Value = Readonly<Record<string, string | number | boolean>>
export interface Kept {
  version: number
  value: Merchant['SettingsOut'][Key]['value']
  from_at: string | null
}
interface Bounds {
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** The shape of a group is called as its key is, with a capital. */
const shapeOf = (key: Key) => (key[0]!.toUpperCase() + key.slice(1)) as Capitalize<Key>
const unitOf = (group: SettingGroup, field: string) => group.fields[field]?.unit ?? ''
const boundsOf = (group: SettingGroup, field: string): Bounds =>
  (limits[shapeOf(group.key)] as Readonly<Record<string, Bounds>>)[field] ?? {}

/** As it is typed: yuan without separators, numbers plain, a switch as `true` or `false`. */
export function textOf(group: SettingGroup, field: string, value: object): string {
  const kept = (value as Value)[field] ?? ''
  return unitOf(group, field) === '¥' ? yuan(Number(kept)).replaceAll(',', '') : String(kept)
}

export const typedOf = (group: SettingGroup, value: object): Record<string, string> =>
  Object.fromEntries(Object.keys(group.fields).map((field) => [field, textOf(group, field, value)]))

function numberOf(group: SettingGroup, field: string, text: string): number | null {
  if (unitOf(group, field) === '¥') return parseYuan(text)
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null
}

/** "1 到 90 天", as the server bounds it; a bound that nobody meets is not said. */
export function boundsSaid(group: SettingGroup, field: string): string {
  const unit = unitOf(group, field)
  const { minimum, maximum, maxLength } = boundsOf(group, field)
  if (unit === 'switch') return ''
  if (!unit) return maxLength ? `最多 ${maxLength} 字` : ''
  const said = (bound: number) => (unit === '¥' ? `¥${yuan(bound)}` : String(bound))
  if (minimum === undefined || maximum === undefined || maximum >= 1_000_000_000) return ''
  return `${said(minimum)} 到 ${said(maximum)}${unit === '¥' ? '' : ` ${unit}`}`
}

export function problemOf(group: SettingGroup, field: string, text: string): string {
  const name = group.fields[field]?.name ?? ''
  const bounds = boundsOf(group, field)
  if (!unitOf(group, field)) return textProblem(name, text, bounds)
  if (unitOf(group, field) === 'switch') return ''
  const number = numberOf(group, field, text)
  const { minimum = 0, maximum = Infinity } = bounds
  if (number !== null && number >= minimum && number <= maximum) return ''
  return `请填 ${boundsSaid(group, field) || '一个数'}`
}

export const valueOf = (group: SettingGroup, typed: Value): Value =>
  Object.fromEntries(
    Object.keys(group.fields).map((field) => {
      const text = String(typed[field] ?? '').trim()
      const unit = unitOf(group, field)
      if (unit === 'switch') return [field, text === 'true']
      return [field, unit ? (numberOf(group, field, text) ?? 0) : text]
    }),
  )

/** @throws ApiError `settings_changed` when `version` is no longer the newest. */
export const writeGroup = (key: Key, version: number, value: Value): Promise<Merchant['SettingsOut']> =>
  merchant.put(`/settings/${key}`, { body: { version, value: value as never } })
