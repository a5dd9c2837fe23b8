/** What a form must keep to: the bounds of the fields of every shape of one audience. */

const BOUNDS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum']

/** @returns `{ ProductIn: { subtitle: { maxLength: 120 }, tags: { maxItems: 10, each: { maxLength: 20 } } } }` */
export function limitsOf(document) {
  const limits = Object.entries(document.components.schemas).map(([name, { properties }]) => [
    name,
    Object.fromEntries(
      Object.entries(properties ?? {})
        .map(([field, schema]) => [field, boundsOf(schema)])
        .filter(isFilled)
        .sort(byName),
    ),
  ])
  return Object.fromEntries(limits.filter(isFilled).sort(byName))
}

/** Of one field, whether it may be null or not; `each` bounds the items of a list. */
function boundsOf(schema) {
  const kind = schema.anyOf?.find(({ type }) => type !== 'null') ?? schema
  const bounds = Object.fromEntries(BOUNDS.filter((name) => name in kind).map((name) => [name, kind[name]]))
  if ('exclusiveMinimum' in kind) bounds.minimum = kind.exclusiveMinimum + 1
  if ('exclusiveMaximum' in kind) bounds.maximum = kind.exclusiveMaximum - 1
  const each = kind.items ? boundsOf(kind.items) : {}
  return Object.keys(each).length ? { ...bounds, each } : bounds
}

const isFilled = ([, found]) => Object.keys(found).length > 0
const byName = ([a], [b]) => (a < b ? -1 : 1)
