// Made by schema.mjs from the OpenAPI document of /api/affiliate. Not edited by hand.
export const limits = {
  "ApplicationIn": {
    "agreement_version": {
      "maxLength": 20
    },
    "introduction": {
      "maxLength": 500
    },
    "real_name": {
      "minLength": 2,
      "maxLength": 40
    }
  },
  "LinkIn": {
    "campaign": {
      "maxLength": 40
    }
  },
  "WithdrawalIn": {
    "amount_fen": {
      "minimum": 1,
      "maximum": 10000000000
    }
  }
} as const
