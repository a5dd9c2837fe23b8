// Made by schema.mjs from the OpenAPI document of /api/merchant. Not edited by hand.
export const limits = {
  "Binding": {
    "binding_days": {
      "minimum": 1,
      "maximum": 365
    },
    "clicks_kept_days": {
      "minimum": 60,
      "maximum": 3660
    },
    "protection_days": {
      "minimum": 0,
      "maximum": 90
    },
    "share_days": {
      "minimum": 1,
      "maximum": 30
    }
  },
  "BulkChangeIn": {
    "products": {
      "minItems": 1,
      "maxItems": 500
    }
  },
  "BulkPreviewIn": {
    "product_ids": {
      "maxItems": 500
    }
  },
  "CategoryIn": {
    "name": {
      "minLength": 1,
      "maxLength": 20
    },
    "position": {
      "minimum": 0,
      "maximum": 10000
    }
  },
  "CodeAsked": {
    "phone": {
      "maxLength": 40
    }
  },
  "CountedLine": {
    "quantity": {
      "minimum": 0,
      "maximum": 1000000000
    }
  },
  "CountedRow": {
    "quantity": {
      "minimum": 0,
      "maximum": 1000000000
    },
    "was": {
      "minimum": 0,
      "maximum": 1000000000
    }
  },
  "CountsIn": {
    "rows": {
      "minItems": 1,
      "maxItems": 500
    }
  },
  "DecisionIn": {
    "reason": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "GroupIn_Binding_": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "GroupIn_Live_": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "GroupIn_Payout_": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "GroupIn_Policies_": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "GroupIn_Shop_": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "GroupIn_Trade_": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "JobDropped": {
    "reason": {
      "minLength": 2,
      "maxLength": 200
    }
  },
  "JobsRun": {
    "job_ids": {
      "minItems": 1,
      "maxItems": 200,
      "each": {
        "minimum": 1,
        "maximum": 4611686018427388000
      }
    }
  },
  "LabelIn": {
    "carrier": {
      "maxLength": 20
    },
    "tracking_no": {
      "maxLength": 64
    }
  },
  "LimitIn": {
    "low_below": {
      "minimum": 0,
      "maximum": 100000
    },
    "sku_ids": {
      "minItems": 1,
      "maxItems": 200
    }
  },
  "Live": {
    "grace_s": {
      "minimum": 10,
      "maximum": 1800
    },
    "likes_a_second_max": {
      "minimum": 1,
      "maximum": 100
    },
    "messages_in_ten_s_max": {
      "minimum": 1,
      "maximum": 50
    },
    "messages_kept_days": {
      "minimum": 1096,
      "maximum": 7320
    }
  },
  "MatchingIn": {
    "q": {
      "maxLength": 60
    }
  },
  "OptionIn": {
    "name": {
      "minLength": 1,
      "maxLength": 30
    },
    "values": {
      "minItems": 1,
      "maxItems": 40,
      "each": {
        "minLength": 1,
        "maxLength": 30
      }
    }
  },
  "ParcelLineIn": {
    "no": {
      "minimum": 1,
      "maximum": 1000
    },
    "quantity": {
      "minimum": 1,
      "maximum": 999
    }
  },
  "PasswordChanged": {
    "new": {
      "minLength": 8,
      "maxLength": 200
    },
    "old": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "Payout": {
    "automatic_max_fen": {
      "minimum": 0,
      "maximum": 2000000
    },
    "holding_days": {
      "minimum": 0,
      "maximum": 60
    },
    "withdrawal_min_fen": {
      "minimum": 100,
      "maximum": 100000
    }
  },
  "PersonSaid": {
    "phone": {
      "maxLength": 40
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
  "PlanIn": {
    "cap_bp": {
      "minimum": 0,
      "maximum": 5000
    },
    "rates": {
      "maxItems": 4000
    },
    "shop_bp": {
      "minimum": 0,
      "maximum": 5000
    },
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "PlanRateIn": {
    "rate_bp": {
      "minimum": 0,
      "maximum": 5000
    },
    "subject_id": {
      "minLength": 1,
      "maxLength": 36
    }
  },
  "Policies": {
    "privacy_policy": {
      "maxLength": 20000
    },
    "user_agreement": {
      "maxLength": 20000
    }
  },
  "PriceAddedIn": {
    "amount_fen": {
      "minimum": -10000000000,
      "maximum": 10000000000
    }
  },
  "PriceScaledIn": {
    "change_bp": {
      "minimum": -9900,
      "maximum": 100000
    }
  },
  "PriceSetIn": {
    "amount_fen": {
      "minimum": 1,
      "maximum": 10000000000
    }
  },
  "ProductIn": {
    "brand": {
      "maxLength": 30
    },
    "detail_html": {
      "maxLength": 50000
    },
    "options": {
      "maxItems": 3
    },
    "pictures": {
      "maxItems": 12
    },
    "skus": {
      "minItems": 1,
      "maxItems": 300
    },
    "subtitle": {
      "maxLength": 120
    },
    "tags": {
      "maxItems": 10,
      "each": {
        "minLength": 1,
        "maxLength": 30
      }
    },
    "title": {
      "minLength": 1,
      "maxLength": 60
    },
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "Receipt": {
    "lines": {
      "minItems": 1,
      "maxItems": 200
    },
    "note": {
      "maxLength": 200
    }
  },
  "RefuseIn": {
    "reason": {
      "minLength": 2,
      "maxLength": 200
    }
  },
  "RestoreIn": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "RevealIn": {
    "reason": {
      "minLength": 2,
      "maxLength": 200
    }
  },
  "RoomIn": {
    "host_name": {
      "minLength": 1,
      "maxLength": 24
    },
    "slow_mode_s": {
      "minimum": 0,
      "maximum": 120
    },
    "title": {
      "minLength": 1,
      "maxLength": 40
    }
  },
  "SeenProduct": {
    "version": {
      "minimum": 0,
      "maximum": 2147483647
    }
  },
  "SettleIn": {
    "reason": {
      "minLength": 2,
      "maxLength": 200
    }
  },
  "SheetIn": {
    "text": {
      "minLength": 1,
      "maxLength": 300000
    }
  },
  "ShipmentIn": {
    "carrier": {
      "maxLength": 20
    },
    "lines": {
      "minItems": 1,
      "maxItems": 100
    },
    "tracking_no": {
      "maxLength": 64
    }
  },
  "Shop": {
    "company": {
      "maxLength": 60
    },
    "licence_no": {
      "maxLength": 30
    },
    "name": {
      "minLength": 1,
      "maxLength": 20
    },
    "notice": {
      "maxLength": 200
    },
    "return_address": {
      "maxLength": 200
    },
    "return_name": {
      "maxLength": 40
    },
    "return_phone": {
      "maxLength": 30
    },
    "service_phone": {
      "maxLength": 30
    }
  },
  "SkuIn": {
    "cost_fen": {
      "minimum": 0,
      "maximum": 10000000000
    },
    "price_fen": {
      "minimum": 1,
      "maximum": 10000000000
    },
    "stock": {
      "minimum": 0,
      "maximum": 1000000
    },
    "strike_fen": {
      "minimum": 1,
      "maximum": 10000000000
    }
  },
  "StaffChanged": {
    "name": {
      "minLength": 1,
      "maxLength": 40
    },
    "password": {
      "minLength": 8,
      "maxLength": 200
    }
  },
  "StaffHired": {
    "name": {
      "minLength": 1,
      "maxLength": 40
    },
    "password": {
      "minLength": 8,
      "maxLength": 200
    }
  },
  "StaffSignIn": {
    "login": {
      "minLength": 1,
      "maxLength": 60
    },
    "password": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "StandingIn": {
    "rate_bp": {
      "minimum": 0,
      "maximum": 5000
    }
  },
  "StockLine": {
    "quantity": {
      "minimum": 1,
      "maximum": 1000000
    }
  },
  "StockTake": {
    "lines": {
      "minItems": 1,
      "maxItems": 200
    },
    "note": {
      "maxLength": 200
    }
  },
  "TakeIn": {
    "note": {
      "maxLength": 200
    },
    "sku_ids": {
      "maxItems": 1000
    }
  },
  "TierIn": {
    "name": {
      "minLength": 1,
      "maxLength": 10
    },
    "position": {
      "minimum": 0,
      "maximum": 100
    }
  },
  "Trade": {
    "after_sale_days": {
      "minimum": 7,
      "maximum": 90
    },
    "confirm_after_shipped_days": {
      "minimum": 7,
      "maximum": 60
    },
    "confirm_after_signed_days": {
      "minimum": 3,
      "maximum": 30
    },
    "freight_fen": {
      "minimum": 0,
      "maximum": 100000
    },
    "freight_free_from_fen": {
      "minimum": 0,
      "maximum": 10000000000
    },
    "low_stock_below": {
      "minimum": 0,
      "maximum": 100000
    },
    "open_orders_max": {
      "minimum": 1,
      "maximum": 200
    },
    "pay_within_min": {
      "minimum": 5,
      "maximum": 120
    },
    "traces_kept_days": {
      "minimum": 90,
      "maximum": 3660
    }
  },
  "WithdrawalRefusalIn": {
    "reason": {
      "minLength": 1,
      "maxLength": 200
    }
  },
  "WriteOffIn": {
    "amount_fen": {
      "minimum": 1,
      "maximum": 10000000000
    },
    "reason": {
      "minLength": 1,
      "maxLength": 200
    }
  }
} as const
