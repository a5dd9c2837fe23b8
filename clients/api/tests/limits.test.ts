import { describe, expect, it } from 'vitest'
import { limitsOf } from '../limits.mjs'

const text = { type: 'string', minLength: 1, maxLength: 60, title: 'Title' }
const document = {
  components: {
    schemas: {
      Plain: { properties: { id: { type: 'string' } } },
      ProductIn: {
        properties: {
          title: text,
          brand: { anyOf: [{ type: 'string', maxLength: 30 }, { type: 'null' }] },
          tags: { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 20 } },
          weight_g: { type: 'integer', exclusiveMinimum: 0, maximum: 99 },
          is_listed: { type: 'boolean' },
        },
      },
    },
  },
}

describe('the limits of forms', () => {
  it('are the bounds of the document, of optional fields and of items too, and nothing else', () => {
    expect(limitsOf(document)).toEqual({
      ProductIn: {
        brand: { maxLength: 30 },
        tags: { maxItems: 10, each: { maxLength: 20 } },
        title: { minLength: 1, maxLength: 60 },
        weight_g: { minimum: 1, maximum: 99 },
      },
    })
  })
})
