// Made by schema.mjs from the OpenAPI document of /api/host. Not edited by hand.
export const limits = {
  "SessionIn": {
    "title": {
      "minLength": 1,
      "maxLength": 60
    }
  },
  "ShelfIn": {
    "product_ids": {
      "maxItems": 100
    }
  }
} as const
