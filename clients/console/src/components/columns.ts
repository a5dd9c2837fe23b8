/** What a list is told of its columns and its rows. */

export interface Column {
  /** The field that is shown as it is, and the name of the slot `cell-<key>` that shows it otherwise. */
  key: string
  title: string
  width?: number
  minWidth?: number
  align?: 'left' | 'right' | 'center'
}

export interface List<Row> {
  items: Row[]
  next: string | null
  error: string
  isLoading: boolean
  load: () => Promise<void>
  more: () => Promise<void>
}

/** A cell without a slot of its own: the field as it is. */
export const textOf = (row: object, key: string): string =>
  String((row as Record<string, unknown>)[key] ?? '')
