/** Which options of a product can still be chosen, and which SKU they make. */

interface Choosable {
  id: string
  options: Record<string, string>
  available: number
}
export type Chosen = Record<string, string>

const fits = (sku: Choosable, chosen: Chosen) =>
  Object.entries(chosen).every(([name, value]) => sku.options[name] === value)

/** Is there a SKU in stock with this value and all else that was chosen? */
export function isChoosable(
  skus: readonly Choosable[],
  chosen: Chosen,
  name: string,
  value: string,
): boolean {
  return skus.some((sku) => sku.available > 0 && fits(sku, { ...chosen, [name]: value }))
}

/** The one SKU, once every option has a value. */
export function chosenSku<Sku extends Choosable>(
  skus: readonly Sku[],
  names: readonly string[],
  chosen: Chosen,
): Sku | null {
  if (!names.every((name) => name in chosen)) return null
  return skus.find((sku) => fits(sku, chosen)) ?? null
}

/** Options with one value are chosen from the start. */
export function preselected(options: readonly { name: string; values: readonly string[] }[]): Chosen {
  return Object.fromEntries(
    options.filter((option) => option.values.length === 1).map((option) => [option.name, option.values[0]!]),
  )
}

/** Every combination of the options' values, in reading order. */
export function combinations(options: readonly { name: string; values: readonly string[] }[]): Chosen[] {
  return options.reduce<Chosen[]>(
    (made, option) =>
      made.flatMap((chosen) => option.values.map((value) => ({ ...chosen, [option.name]: value }))),
    [{}],
  )
}
