import type { PrimaryTableCol, TableRowData } from 'tdesign-vue-next'

/** TDesign's table is not generic in templates; this keeps the cells typed. */
export const columns = <T extends TableRowData>(cols: PrimaryTableCol<T>[]) =>
  cols as unknown as PrimaryTableCol[]
