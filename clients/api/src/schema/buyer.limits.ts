// Made by schema.mjs from the OpenAPI document of /api/buyer. Not edited by hand.
export const limits = {
  "AddressIn": {
    "city": {
      "minLength": 1,
      "maxLength": 40
    },
    "detail": {
      "minLength": 1,
      "maxLength": 120
    },
    "district": {
      "maxLength": 40
    },
    "name": {
      "minLength": 1,
      "maxLength": 40
    },
    "phone": {
      "maxLength": 40
    },
    "province": {
      "minLength": 1,
      "maxLength": 40
    }
  },
  "AfterSaleIn": {
    "lines": {
      "minItems": 1,
      "maxItems": 50
    },
    "reason": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "AfterSaleLineIn": {
    "no": {
      "minimum": 1,
      "maximum": 50
    },
    "quantity": {
      "minimum": 1,
      "maximum": 999
    }
  },
  "AskedLine": {
    "quantity": {
      "minimum": 1,
      "maximum": 999
    }
  },
  "CartChanged": {
    "quantity": {
      "minimum": 1,
      "maximum": 999
    }
  },
  "ClaimIn": {
    "media_time_ms": {
      "minimum": 0,
      "maximum": 864000000
    }
  },
  "CodeAsked": {
    "phone": {
      "maxLength": 40
    }
  },
  "MeChanged": {
    "nickname": {
      "maxLength": 24
    }
  },
  "MessageIn": {
    "media_time_ms": {
      "minimum": 0,
      "maximum": 864000000
    },
    "text": {
      "minLength": 1,
      "maxLength": 80
    }
  },
  "OrderIn": {
    "lines": {
      "minItems": 1,
      "maxItems": 50
    },
    "remark": {
      "maxLength": 200
    },
    "total_fen": {
      "minimum": 0,
      "maximum": 499500000000000
    }
  },
  "PhoneOfWeChat": {
    "code": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "PhoneProved": {
    "code": {
      "maxLength": 40
    },
    "phone": {
      "maxLength": 40
    }
  },
  "PhoneSignIn": {
    "code": {
      "maxLength": 40
    },
    "phone": {
      "maxLength": 40
    }
  },
  "QuoteAsked": {
    "lines": {
      "minItems": 1,
      "maxItems": 50
    }
  },
  "ReturnIn": {
    "carrier": {
      "minLength": 2,
      "maxLength": 20
    },
    "tracking_no": {
      "maxLength": 64
    }
  },
  "SourceIn": {
    "media_time_ms": {
      "minimum": 0,
      "maximum": 864000000
    },
    "share": {
      "maxLength": 12
    }
  },
  "WeChatPageSignIn": {
    "code": {
      "minLength": 1,
      "maxLength": 200
    },
    "state": {
      "maxLength": 128
    }
  },
  "WeChatSignIn": {
    "code": {
      "minLength": 1,
      "maxLength": 200
    }
  }
} as const
