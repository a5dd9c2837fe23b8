// Made by schema.mjs from the OpenAPI document of /api/affiliate. Not edited by hand.
export interface paths {
    "/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Agreement
         * @description The text in force, with today's days and limits in it.
         */
        get: operations["read_agreement_application"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/application": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Application
         * @description One's own application; not found where there is none.
         */
        get: operations["read_application_application"];
        put?: never;
        /**
         * Apply
         * @description Ask to be an affiliate; a refused person may ask again.
         */
        post: operations["apply_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commissions/{commission_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why
         * @description Why this number: base, plan version, rate, attribution, refunds, dates, and a sentence.
         */
        get: operations["why_money"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description One's own links, newest first.
         */
        get: operations["listed_links"];
        put?: never;
        /**
         * Make
         * @description A link to a product, a room or the shop.
         */
        post: operations["make_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/links/{token}/poster.png": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Poster
         * @description Shown to the affiliate, or to whoever holds the signed `poster_url` of his link.
         */
        get: operations["poster_links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description What was sold through this affiliate, newest first.
         */
        get: operations["listed_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview
         * @description The distributor centre's first page.
         */
        get: operations["overview_money"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statement
         * @description Every movement of one's money, newest first.
         */
        get: operations["statement_money"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description One's own withdrawals, newest first.
         */
        get: operations["listed_money"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals/{withdrawal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Ask
         * @description The amount is held at once. When WeChat Pay is slow, the transfer follows by itself.
         */
        put: operations["ask_money"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals/{withdrawal_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check
         * @description Asks WeChat Pay how the transfer stands, for whoever has just confirmed it.
         */
        post: operations["check_money"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AffiliateOrder
         * @description An order as its affiliate may see it: no name, no phone, no address.
         */
        AffiliateOrder: {
            /** Commission Fen */
            commission_fen: number;
            commission_status: components["schemas"]["Earning"];
            /** Order No */
            order_no: string;
            /**
             * Paid At
             * Format: date-time
             */
            paid_at: string;
            /** Sales Fen */
            sales_fen: number;
            shown: components["schemas"]["Shown"];
            /** Title */
            title: string;
        };
        /**
         * AffiliateStatus
         * @description How far an application came, and whether an affiliate may act.
         * @enum {string}
         */
        AffiliateStatus: "pending" | "approved" | "refused" | "frozen" | "closed";
        /**
         * AgreementOut
         * @description The text that an applicant agrees to, with its version.
         */
        AgreementOut: {
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Version */
            version: string;
        };
        /**
         * ApplicationIn
         * @description What a person writes to become an affiliate.
         */
        ApplicationIn: {
            /** Agreement Version */
            agreement_version: string;
            /**
             * Introduction
             * @default
             */
            introduction: string;
            /** Real Name */
            real_name: string;
        };
        /**
         * ApplicationOut
         * @description One's own application, and what became of it.
         */
        ApplicationOut: {
            /**
             * Agreed At
             * Format: date-time
             */
            agreed_at: string;
            /** Agreement Version */
            agreement_version: string;
            /**
             * Applied At
             * Format: date-time
             */
            applied_at: string;
            /** Decided At */
            decided_at: string | null;
            /** Decision Reason */
            decision_reason: string | null;
            /** Introduction */
            introduction: string;
            /** Real Name */
            real_name: string;
            status: components["schemas"]["AffiliateStatus"];
        };
        /**
         * AttributionKind
         * @description By what right somebody earns on an order; the first of them wins.
         * @enum {string}
         */
        AttributionKind: "share" | "host" | "binding" | "none";
        /**
         * CommissionStatus
         * @description `reversed`: all of it went back before it was released.
         * @enum {string}
         */
        CommissionStatus: "pending" | "released" | "reversed";
        /**
         * Earning
         * @description How the commission of a whole order stands; the first of its lines' states that applies.
         * @enum {string}
         */
        Earning: "suspended" | "blocked" | "pending" | "released" | "reversed";
        /**
         * LinkIn
         * @description A link that an affiliate wants; the same wish answers the same link.
         */
        LinkIn: {
            /**
             * Campaign
             * @default
             */
            campaign: string;
            /**
             * TargetIn
             * @description What shall be shared; only the shop has no id.
             */
            target: {
                /** Id */
                id?: string | null;
                kind: components["schemas"]["TargetKind"];
            };
        };
        /**
         * LinkOut
         * @description A share link with its poster and its openings.
         */
        LinkOut: {
            /** Campaign */
            campaign: string;
            /** Clicks */
            clicks: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Poster Url */
            poster_url: string;
            target: components["schemas"]["TargetOut"];
            /** Token */
            token: string;
            /** Url */
            url: string;
        };
        /** Listed[AffiliateOrder] */
        Listed_AffiliateOrder_: {
            /** Items */
            items: components["schemas"]["AffiliateOrder"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[LinkOut] */
        Listed_LinkOut_: {
            /** Items */
            items: components["schemas"]["LinkOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[StatementItem] */
        Listed_StatementItem_: {
            /** Items */
            items: components["schemas"]["StatementItem"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[WithdrawalOut] */
        Listed_WithdrawalOut_: {
            /** Items */
            items: components["schemas"]["WithdrawalOut"][];
            /** Next */
            next?: string | null;
        };
        /**
         * LossReason
         * @description Why somebody who might have earned does not.
         * @enum {string}
         */
        LossReason: "outranked" | "self_purchase" | "expired" | "never_opened" | "affiliate_pending" | "affiliate_refused" | "affiliate_frozen" | "affiliate_closed";
        /**
         * LostClaim
         * @description Somebody else, or the affiliate by another way, who might have earned. Nobody is named.
         */
        LostClaim: {
            /** Is You */
            is_you: boolean;
            kind: components["schemas"]["AttributionKind"];
            why: components["schemas"]["LossReason"];
        };
        /**
         * OverviewOut
         * @description How an affiliate stands: his money, his rate, his day.
         */
        OverviewOut: {
            balance: components["schemas"]["Wallet"];
            payout: components["schemas"]["PayoutTerms"];
            /** Phone Masked */
            phone_masked: string | null;
            /** Rate Bp */
            rate_bp: number;
            status: components["schemas"]["AffiliateStatus"];
            /** Status Reason */
            status_reason: string | null;
            /** Tier */
            tier: string;
            /** Tier Name */
            tier_name: string;
            today: components["schemas"]["TodayOut"];
            /** Unsettled Fen */
            unsettled_fen: number;
        };
        /**
         * PayoutTerms
         * @description What the withdrawal page says before anybody asks.
         */
        PayoutTerms: {
            /** Automatic Max Fen */
            automatic_max_fen: number;
            /** Holding Days */
            holding_days: number;
            /**
             * Next Settlement At
             * Format: date-time
             */
            next_settlement_at: string;
            /** Withdrawal Min Fen */
            withdrawal_min_fen: number;
        };
        /**
         * RateLimit
         * @description What kept a commission below its rate.
         * @enum {string}
         */
        RateLimit: "cap" | "margin";
        /**
         * RateSource
         * @description Which rate applied to a line, the most particular first.
         * @enum {string}
         */
        RateSource: "product" | "category" | "affiliate" | "tier" | "shop";
        /**
         * Reason
         * @description Why money moved between accounts.
         * @enum {string}
         */
        Reason: "accrued" | "reversed" | "released" | "withdrawal_held" | "withdrawal_paid" | "withdrawal_returned" | "written_off";
        /**
         * RefusalOut
         * @description Every "no": what happened (`code` is stable), how to say it, and to what.
         */
        RefusalOut: {
            /** Code */
            code: string;
            /** Facts */
            facts: {
                [key: string]: unknown;
            };
            message: components["schemas"]["SentenceOut"];
        };
        /**
         * Sentence
         * @description The same in two languages.
         */
        Sentence: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * SentenceOut
         * @description A sentence in both languages.
         */
        SentenceOut: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * Shown
         * @description What the buyer sees: a projection of order, parcels and after-sales.
         * @enum {string}
         */
        Shown: "submitted" | "paid" | "shipped" | "in_transit" | "signed" | "refunding" | "refunded" | "cancelled" | "completed";
        /**
         * Side
         * @description Which of an owner's two figures a transfer changed: what he expects, or what he has.
         * @enum {string}
         */
        Side: "expected" | "available";
        /**
         * StatementItem
         * @description One movement of money; `commission_id` leads to the reason why.
         */
        StatementItem: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Available At */
            available_at: string | null;
            /** Balance After Fen */
            balance_after_fen: number;
            /** Commission Id */
            commission_id: string | null;
            /** Expected After Fen */
            expected_after_fen: number;
            /** Id */
            id: string;
            kind: components["schemas"]["Reason"];
            /** Lines */
            lines: number | null;
            /** Order No */
            order_no: string | null;
            side: components["schemas"]["Side"];
            /** Title */
            title: string | null;
        };
        /**
         * Taken
         * @description What one refund took back; `was_released`: from what was available, not from what waited.
         */
        Taken: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Refunded Base Fen */
            refunded_base_fen: number;
            /**
             * Was Released
             * @default false
             */
            was_released: boolean;
        };
        /**
         * TargetIn
         * @description What shall be shared; only the shop has no id.
         */
        TargetIn: {
            /** Id */
            id?: string | null;
            kind: components["schemas"]["TargetKind"];
        };
        /**
         * TargetKind
         * @description What a share link may lead to.
         * @enum {string}
         */
        TargetKind: "product" | "room" | "shop";
        /**
         * TargetOut
         * @description Where a link leads; `id` is null for the shop.
         */
        TargetOut: {
            /** Id */
            id: string | null;
            kind: components["schemas"]["TargetKind"];
        };
        /**
         * TodayOut
         * @description Since midnight in Shanghai, in fen.
         */
        TodayOut: {
            /** Clicks */
            clicks: number;
            /** Commission Fen */
            commission_fen: number;
            /** Orders */
            orders: number;
            /** Sales Fen */
            sales_fen: number;
        };
        /**
         * Wallet
         * @description All of an affiliate's money, each fen in exactly one place (debt is a negative available).
         */
        Wallet: {
            /** Available Fen */
            available_fen: number;
            /** Clawed Back Fen */
            clawed_back_fen: number;
            /** Debt Fen */
            debt_fen: number;
            /** Expected Fen */
            expected_fen: number;
            /** Frozen Fen */
            frozen_fen: number;
            /** Suspended Fen */
            suspended_fen: number;
            /** Withdrawing Fen */
            withdrawing_fen: number;
            /** Withdrawn Fen */
            withdrawn_fen: number;
        };
        /**
         * Why
         * @description Why this number: everything from the line's own snapshot, and a sentence that tells it.
         */
        Why: {
            /** Amount Fen */
            amount_fen: number;
            /** Base Fen */
            base_fen: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            limited_by: components["schemas"]["RateLimit"] | null;
            /** Losers */
            losers: components["schemas"]["LostClaim"][];
            /** Order No */
            order_no: string | null;
            /**
             * Paid At
             * Format: date-time
             */
            paid_at: string;
            /** Plan Version */
            plan_version: number;
            /** Rate Bp */
            rate_bp: number;
            rate_source: components["schemas"]["RateSource"];
            /** Refunds */
            refunds: components["schemas"]["Taken"][];
            /** Release At */
            release_at: string | null;
            /** Reversed Fen */
            reversed_fen: number;
            sentence: components["schemas"]["Sentence"];
            status: components["schemas"]["CommissionStatus"];
            /** Title */
            title: string | null;
            winner: components["schemas"]["AttributionKind"];
        };
        /**
         * WithdrawalIn
         * @description How much shall be paid out, in fen.
         */
        WithdrawalIn: {
            /** Amount Fen */
            amount_fen: number;
        };
        /**
         * WithdrawalOut
         * @description One's own withdrawal and how far it came.
         */
        WithdrawalOut: {
            /** Amount Fen */
            amount_fen: number;
            /** Confirm Token */
            confirm_token: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Fail Reason */
            fail_reason: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Sandbox Confirm Url */
            sandbox_confirm_url: string | null;
            status: components["schemas"]["WithdrawalStatus"];
        };
        /**
         * WithdrawalStatus
         * @description `requested` waits for people, `approved` for the provider, `waiting_user` for the payee.
         * @enum {string}
         */
        WithdrawalStatus: "requested" | "approved" | "waiting_user" | "paid" | "failed" | "refused";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    read_agreement_application: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementOut"];
                };
            };
        };
    };
    read_application_application: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
        };
    };
    apply_application: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Agreement Version */
                    agreement_version: string;
                    /**
                     * Introduction
                     * @default
                     */
                    introduction?: string;
                    /** Real Name */
                    real_name: string;
                };
            };
        };
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationOut"];
                };
            };
        };
    };
    why_money: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                commission_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Why"];
                };
            };
        };
    };
    listed_links: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed_LinkOut_"];
                };
            };
        };
    };
    make_links: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Campaign
                     * @default
                     */
                    campaign?: string;
                    /**
                     * TargetIn
                     * @description What shall be shared; only the shop has no id.
                     */
                    target: {
                        /** Id */
                        id?: string | null;
                        kind: components["schemas"]["TargetKind"];
                    };
                };
            };
        };
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkOut"];
                };
            };
        };
    };
    poster_links: {
        parameters: {
            query?: {
                sign?: string | null;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listed_orders: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed_AffiliateOrder_"];
                };
            };
        };
    };
    overview_money: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewOut"];
                };
            };
        };
    };
    statement_money: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed_StatementItem_"];
                };
            };
        };
    };
    listed_money: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed_WithdrawalOut_"];
                };
            };
        };
    };
    ask_money: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                withdrawal_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Amount Fen */
                    amount_fen: number;
                };
            };
        };
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalOut"];
                };
            };
        };
    };
    check_money: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                withdrawal_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refused; the code says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalOut"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalOut"];
                };
            };
        };
    };
}
