// Made by schema.mjs from the OpenAPI document of /api/buyer. Not edited by hand.
export interface paths {
    "/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Addresses
         * @description The default first, then the newest.
         */
        get: operations["my_addresses_addresses"];
        put?: never;
        /**
         * Add Address
         * @description A new address; the first is the default.
         */
        post: operations["add_address_addresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/addresses/{address_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Address
         * @description The whole address as it shall be.
         */
        put: operations["change_address_addresses"];
        post?: never;
        /**
         * Remove Address
         * @description Orders keep the copy that they were placed with.
         */
        delete: operations["remove_address_addresses"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My After Sales
         * @description One's own after-sales, newest first.
         */
        get: operations["my_after_sales_after-sales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales/{after_sale_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My After Sale
         * @description One's own; anyone else's is not found.
         */
        get: operations["my_after_sale_after-sales"];
        /**
         * Apply After Sale
         * @description The same id with the same content answers the same after-sale.
         */
        put: operations["apply_after_sale_after-sales"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales/{after_sale_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Back
         * @description The buyer says with which parcel the goods come back.
         */
        post: operations["send_back_after-sales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales/{after_sale_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description The buyer keeps the goods after all.
         */
        post: operations["withdraw_after-sales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bind
         * @description Tells that a signed-in person opened a share link. A stale link is not the buyer's fault.
         */
        post: operations["bind_shares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Carriers
         * @description Every carrier that goods may be sent back with.
         */
        get: operations["carriers_parcels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Cart
         * @description One's own cart, newest first.
         */
        get: operations["my_cart_cart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cart/{sku_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put In Cart
         * @description From now on the cart holds this many; without a source it remembers the one it has.
         */
        put: operations["put_in_cart_cart"];
        post?: never;
        /**
         * Take From Cart
         * @description What is not in the cart is passed over.
         */
        delete: operations["take_from_cart_cart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Categories
         * @description The whole category tree, in the order staff arranged.
         */
        get: operations["categories_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hall
         * @description The same for everybody, signed in or not.
         */
        get: operations["hall_rooms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who Am I
         * @description The signed-in person.
         */
        get: operations["who_am_i_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename
         * @description Everybody in a room reads a nickname: it holds no word that a person would have to allow.
         */
        patch: operations["rename_me"];
        trace?: never;
    };
    "/me/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose Avatar
         * @description Kept as a small square of our own, whatever was sent.
         */
        post: operations["choose_avatar_me"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Prove Phone
         * @description Proved by the code that `POST /phone-codes` sent: this phone is the signed-in person's.
         */
        put: operations["prove_phone_me"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/phone-of-wechat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Prove Phone Of Wechat
         * @description The number that WeChat knows and he has shown us, in the mini program.
         */
        put: operations["prove_phone_of_wechat_me"];
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
         * My Orders
         * @description Newest first. `to_receive`: what has left, however far it has come.
         */
        get: operations["my_orders_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Order
         * @description The buyer's own; anyone else's is not found.
         */
        get: operations["my_order_orders"];
        /**
         * Place
         * @description Durable before answered. The same id with the same content answers the same order.
         */
        put: operations["place_orders"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description Closes an unpaid order; its stock is free once no provider takes money for it any more.
         */
        post: operations["cancel_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm
         * @description The buyer has the goods; said again, nothing changes.
         */
        post: operations["confirm_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay
         * @description Opens the cashier of WeChat Pay; asked again, the same payment.
         */
        post: operations["pay_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/payment/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check Payment
         * @description Asks the provider, in case its callback got lost.
         */
        post: operations["check_payment_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/tracking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tracking
         * @description The parcels of one's own order, with every trace.
         */
        get: operations["tracking_parcels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Code
         * @description A code to sign in with; the codes before are good no more.
         */
        post: operations["send_code_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find Products
         * @description Listed products that match; a page and the cursor of the next.
         *
         *     What is sold out is not among them unless the settings say so: its link stays good.
         */
        get: operations["find_products_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See Product
         * @description One listed product with its SKUs and what can still be promised of each.
         */
        get: operations["see_product_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Quote
         * @description Anybody may ask; what is answered is promised only by placing the order.
         */
        post: operations["quote_quotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replays/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch
         * @description One broadcast with everything that was shown in it; not found until its recording is kept.
         */
        get: operations["watch_replays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Enter
         * @description The room as it is now; changes go on over the socket that the answer names.
         */
        get: operations["enter_rooms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/messages/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Speak
         * @description The same `client_id` twice is one message.
         */
        put: operations["speak_rooms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/play": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Play
         * @description Signed addresses of the picture, good for a whole broadcast. Empty when nothing is on air.
         */
        get: operations["play_rooms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replays
         * @description The room's broadcasts that can be watched again, newest first.
         */
        get: operations["replays_replays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description By WeChat or by phone; a person is made the first time.
         */
        post: operations["sign_in_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign Out
         * @description Signing out twice is fine.
         */
        delete: operations["sign_out_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/wechat-h5": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Authorize Page
         * @description Where to send the browser. The state fits only the browser that asked (a cookie).
         */
        get: operations["authorize_page_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/wechat-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link
         * @description Somebody who came by phone joins his WeChat account, to pay with it.
         */
        post: operations["link_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shares/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open Share
         * @description Where the link leads. A person, or an address without one, is counted once a day.
         */
        get: operations["open_share_shares"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The Shop
         * @description What every page tells of the merchant; read anew each time it is asked.
         */
        get: operations["the_shop_shop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shop/policies/{policy}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Policy Text
         * @description The user agreement or the privacy policy.
         */
        get: operations["policy_text_shop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    room: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Room Socket
         * @description Each text frame of a room's socket, at most ten a second; see `Snapshot.socket_url`.
         */
        get: operations["room_socketroom_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * AddressIn
         * @description An address as its owner writes it.
         */
        AddressIn: {
            /** City */
            city: string;
            /** Detail */
            detail: string;
            /**
             * District
             * @default
             */
            district: string;
            /**
             * Is Default
             * @default false
             */
            is_default: boolean;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
            /** Province */
            province: string;
        };
        /**
         * AddressOut
         * @description One's own address, in full.
         */
        AddressOut: {
            /** City */
            city: string;
            /** Detail */
            detail: string;
            /** District */
            district: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Default */
            is_default: boolean;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
            /** Province */
            province: string;
        };
        /**
         * AffiliateStatus
         * @description How far an application came, and whether an affiliate may act.
         * @enum {string}
         */
        AffiliateStatus: "pending" | "approved" | "refused" | "frozen" | "closed";
        /**
         * AfterSaleIn
         * @description What the buyer wants back, and why.
         */
        AfterSaleIn: {
            kind: components["schemas"]["AfterSaleKind"];
            /** Lines */
            lines: {
                /** No */
                no: number;
                /** Quantity */
                quantity: number;
            }[];
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /** Reason */
            reason: string;
        };
        /**
         * AfterSaleKind
         * @description Money only, or the goods come back first.
         * @enum {string}
         */
        AfterSaleKind: "refund" | "return_and_refund";
        /**
         * AfterSaleLineIn
         * @description A line of the order by its number, and how many pieces of it.
         */
        AfterSaleLineIn: {
            /** No */
            no: number;
            /** Quantity */
            quantity: number;
        };
        /**
         * AfterSaleLineOut
         * @description What is asked back of a line, and the money for it.
         */
        AfterSaleLineOut: {
            /** Amount Fen */
            amount_fen: number;
            /** No */
            no: number;
            /** Picture */
            picture: string | null;
            /** Quantity */
            quantity: number;
            /** Spec */
            spec: string;
            /** Title */
            title: string;
        };
        /**
         * AfterSaleStatus
         * @description How far a request for money back came.
         * @enum {string}
         */
        AfterSaleStatus: "applied" | "returning" | "returned" | "refunding" | "done" | "refused" | "withdrawn";
        /**
         * AskedLine
         * @description A SKU, and how many of it.
         */
        AskedLine: {
            /** Quantity */
            quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
        };
        /**
         * AuthorizePage
         * @description Where to send the browser; it comes back with `state`.
         */
        AuthorizePage: {
            /** State */
            state: string;
            /** Url */
            url: string;
        };
        /**
         * BindingIn
         * @description The token of the link that was opened.
         */
        BindingIn: {
            /** Share */
            share: string;
        };
        /** Body_choose_avatar_me */
        Body_choose_avatar_me: {
            /** File */
            file: string;
        };
        /**
         * Can
         * @description What the buyer may do now.
         */
        Can: {
            /** After Sale */
            after_sale: boolean;
            /** Cancel */
            cancel: boolean;
            /** Confirm */
            confirm: boolean;
            /** Pay */
            pay: boolean;
        };
        /**
         * CarrierOut
         * @description A carrier's code and its name.
         */
        CarrierOut: {
            /** Code */
            code: string;
            /** Name */
            name: string;
        };
        /**
         * CartChanged
         * @description How many pieces the cart shall hold, and where they were chosen, if in a broadcast.
         */
        CartChanged: {
            /** Quantity */
            quantity: number;
            /**
             * ClaimIn
             * @description The broadcast that the buyer is in, as the client says it; `media_time_ms` into it.
             * @default {}
             */
            source: {
                /** Media Time Ms */
                media_time_ms?: number | null;
                /** Pin Id */
                pin_id?: string | null;
                /** Replay Session Id */
                replay_session_id?: string | null;
                /** Room Id */
                room_id?: string | null;
            };
        };
        /**
         * CartItem
         * @description A line of the cart at today's price; `is_listed` false: it cannot be bought now.
         */
        CartItem: {
            /** Available */
            available: number;
            /** Is Listed */
            is_listed: boolean;
            /** Picture */
            picture: string | null;
            /** Price Fen */
            price_fen: number;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            /** Quantity */
            quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
            /** Spec */
            spec: string;
            /** Title */
            title: string;
        };
        /**
         * CategoryOut
         * @description One category; a top one has no parent.
         */
        CategoryOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Parent Id */
            parent_id: string | null;
            /** Picture */
            picture: string | null;
            /** Position */
            position: number;
        };
        /**
         * ChapterOut
         * @description A product that was spoken of, as an interval of the recording; null: no longer for sale.
         */
        ChapterOut: {
            /** End Ms */
            end_ms: number;
            /**
             * Pin Id
             * Format: uuid
             */
            pin_id: string;
            product: components["schemas"]["ProductCard"] | null;
            /** Start Ms */
            start_ms: number;
        };
        /**
         * ClaimIn
         * @description The broadcast that the buyer is in, as the client says it; `media_time_ms` into it.
         * @default {}
         */
        ClaimIn: {
            /** Media Time Ms */
            media_time_ms?: number | null;
            /** Pin Id */
            pin_id?: string | null;
            /** Replay Session Id */
            replay_session_id?: string | null;
            /** Room Id */
            room_id?: string | null;
        };
        /**
         * CloseReason
         * @description Why an order was closed unpaid: its buyer cancelled, or the time to pay was over.
         * @enum {string}
         */
        CloseReason: "buyer" | "timeout";
        /**
         * CodeAsked
         * @description The phone that a code shall go to.
         */
        CodeAsked: {
            /** Phone */
            phone: string;
        };
        /**
         * CodeSent
         * @description When the next code may be asked for, in seconds.
         */
        CodeSent: {
            /** Retry After S */
            retry_after_s: number;
        };
        /**
         * Counts
         * @description Totals, so that a lost one does no harm.
         */
        Counts: {
            /** Likes */
            likes: number;
            /** Viewers */
            viewers: number;
        };
        /**
         * Hall
         * @description What is on air, what is planned, and what sells best.
         */
        Hall: {
            /** Featured */
            featured: components["schemas"]["ProductCard"][];
            /** Live */
            live: components["schemas"]["RoomCard"][];
            /** Upcoming */
            upcoming: components["schemas"]["RoomCard"][];
        };
        /**
         * LineOut
         * @description A line as it was sold; `refundable_quantity` is neither refunded nor asked back.
         */
        LineOut: {
            /** Media Time Ms */
            media_time_ms: number | null;
            /** No */
            no: number;
            /** Paid Fen */
            paid_fen: number;
            /** Picture */
            picture: string | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            /** Quantity */
            quantity: number;
            /** Refundable Quantity */
            refundable_quantity: number;
            /** Refunded Quantity */
            refunded_quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
            source: components["schemas"]["Source"];
            /** Spec */
            spec: string;
            /** Title */
            title: string;
            /** Unit Fen */
            unit_fen: number;
        };
        /** Listed[AddressOut] */
        Listed_AddressOut_: {
            /** Items */
            items: components["schemas"]["AddressOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[CarrierOut] */
        Listed_CarrierOut_: {
            /** Items */
            items: components["schemas"]["CarrierOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[CartItem] */
        Listed_CartItem_: {
            /** Items */
            items: components["schemas"]["CartItem"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[CategoryOut] */
        Listed_CategoryOut_: {
            /** Items */
            items: components["schemas"]["CategoryOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[MyAfterSaleOut] */
        Listed_MyAfterSaleOut_: {
            /** Items */
            items: components["schemas"]["MyAfterSaleOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[OrderOut] */
        Listed_OrderOut_: {
            /** Items */
            items: components["schemas"]["OrderOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[ProductCard] */
        Listed_ProductCard_: {
            /** Items */
            items: components["schemas"]["ProductCard"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[ReplayCard] */
        Listed_ReplayCard_: {
            /** Items */
            items: components["schemas"]["ReplayCard"][];
            /** Next */
            next?: string | null;
        };
        /**
         * Me
         * @description The signed-in person, as he is shown himself.
         */
        Me: {
            affiliate: components["schemas"]["MyAffiliate"] | null;
            /** Avatar */
            avatar: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Nickname */
            nickname: string;
            /** Phone Masked */
            phone_masked: string | null;
        };
        /**
         * MeChanged
         * @description Another nickname.
         */
        MeChanged: {
            /** Nickname */
            nickname: string;
        };
        /**
         * MessageIn
         * @description `media_time_ms`: how far the broadcast had come on this screen; see `PlayOut.started_at`.
         */
        MessageIn: {
            /** Media Time Ms */
            media_time_ms?: number | null;
            /** Text */
            text: string;
        };
        /**
         * MessageKind
         * @description Whose words they are: what the house says is never shown as a viewer's.
         * @enum {string}
         */
        MessageKind: "user";
        /**
         * MessageOut
         * @description `seq` is its number in the room, by which it is retracted; `nickname` is masked.
         */
        MessageOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** @default user */
            kind: components["schemas"]["MessageKind"];
            /** Nickname */
            nickname: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Seq */
            seq: number;
            /** Text */
            text: string;
        };
        /**
         * MessageRetracted
         * @description A danmaku is gone from every screen.
         */
        MessageRetracted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "retracted";
            /** Message Seq */
            message_seq: number;
            /** Seq */
            seq: number;
        };
        /**
         * MessageShown
         * @description A danmaku that everybody may read.
         */
        MessageShown: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "message";
            message: components["schemas"]["MessageOut"];
            /** Seq */
            seq: number;
        };
        /**
         * MessageStatus
         * @description `held` waits for a moderator and is seen by its writer alone.
         * @enum {string}
         */
        MessageStatus: "shown" | "held" | "refused" | "retracted";
        /**
         * MyAffiliate
         * @description Whether this person recommends, and may.
         */
        MyAffiliate: {
            status: components["schemas"]["AffiliateStatus"];
        };
        /**
         * MyAfterSaleOut
         * @description One's own request. `return_to` is there while the goods are to be sent, if the shop said.
         */
        MyAfterSaleOut: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * Applied At
             * Format: date-time
             */
            applied_at: string;
            /** Decided At */
            decided_at: string | null;
            /** Freight Fen */
            freight_fen: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["AfterSaleKind"];
            /** Lines */
            lines: components["schemas"]["AfterSaleLineOut"][];
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /** Order No */
            order_no: string;
            /** Reason */
            reason: string;
            /** Refunded At */
            refunded_at: string | null;
            /** Refused Reason */
            refused_reason: string | null;
            /** Return Carrier */
            return_carrier: string | null;
            return_to: components["schemas"]["ReturnAddress"] | null;
            /** Return Tracking No */
            return_tracking_no: string | null;
            status: components["schemas"]["AfterSaleStatus"];
        };
        /**
         * OptionOut
         * @description What a buyer chooses, and from what.
         */
        OptionOut: {
            /** Name */
            name: string;
            /** Values */
            values: string[];
        };
        /**
         * OrderIn
         * @description An order as the buyer confirms it; `total_fen` is the sum that he was shown.
         */
        OrderIn: {
            /**
             * Address Id
             * Format: uuid
             */
            address_id: string;
            /** Lines */
            lines: {
                /** Quantity */
                quantity: number;
                /**
                 * Sku Id
                 * Format: uuid
                 */
                sku_id: string;
            }[];
            /**
             * Remark
             * @default
             */
            remark: string;
            /**
             * SourceIn
             * @description Where the buyer came from, as the client says it.
             * @default {
             *       "is_from_cart": false
             *     }
             */
            source: {
                /**
                 * Is From Cart
                 * @default false
                 */
                is_from_cart: boolean;
                /** Media Time Ms */
                media_time_ms?: number | null;
                /** Pin Id */
                pin_id?: string | null;
                /** Replay Session Id */
                replay_session_id?: string | null;
                /** Room Id */
                room_id?: string | null;
                /** Share */
                share?: string | null;
            };
            /** Total Fen */
            total_fen: number;
        };
        /**
         * OrderOut
         * @description An order. `shown` is what its buyer is told, `total_fen` what he pays or has paid.
         */
        OrderOut: {
            /** Accepted At */
            accepted_at: string | null;
            address: components["schemas"]["RecipientOut"];
            can: components["schemas"]["Can"];
            close_reason: components["schemas"]["CloseReason"] | null;
            /** Closed At */
            closed_at: string | null;
            /** Completed At */
            completed_at: string | null;
            /** Discount Fen */
            discount_fen: number;
            /** Freight Fen */
            freight_fen: number;
            /** Goods Fen */
            goods_fen: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Lines */
            lines: components["schemas"]["LineOut"][];
            /** Order No */
            order_no: string;
            /** Paid At */
            paid_at: string | null;
            /**
             * Pay By
             * Format: date-time
             */
            pay_by: string;
            /** Pay Left S */
            pay_left_s: number;
            /**
             * Placed At
             * Format: date-time
             */
            placed_at: string;
            /** Received At */
            received_at: string | null;
            /** Refunded Fen */
            refunded_fen: number;
            /** Remark */
            remark: string;
            /** Shipped At */
            shipped_at: string | null;
            shown: components["schemas"]["Shown"];
            /** Signed At */
            signed_at: string | null;
            source: components["schemas"]["Source"];
            /** Source Tags */
            source_tags: components["schemas"]["Tag"][];
            status: components["schemas"]["OrderStatus"];
            /** Total Fen */
            total_fen: number;
            /** Unsent */
            unsent: number;
        };
        /**
         * OrderStatus
         * @description How far an order came; what the buyer sees is `Shown`.
         * @enum {string}
         */
        OrderStatus: "placed" | "paid" | "shipped" | "received" | "completed" | "cancelled" | "refunded";
        /**
         * ParcelLineOut
         * @description Which line of the order is in the parcel, and how many of it.
         */
        ParcelLineOut: {
            /** No */
            no: number;
            /** Quantity */
            quantity: number;
        };
        /**
         * PaySheetOut
         * @description What the client hands to the cashier (`wx.requestPayment`), and until when it is good.
         */
        PaySheetOut: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Pay Sheet */
            pay_sheet: {
                [key: string]: string;
            };
            /** Sandbox Pay Url */
            sandbox_pay_url: string | null;
        };
        /**
         * PhoneOfWeChat
         * @description With the code of the mini program's `getPhoneNumber` button: WeChat has asked him.
         */
        PhoneOfWeChat: {
            /** Code */
            code: string;
        };
        /**
         * PhoneProved
         * @description A number and the code that was sent to it.
         */
        PhoneProved: {
            /** Code */
            code: string;
            /** Phone */
            phone: string;
        };
        /**
         * PhoneSignIn
         * @description With the code that was sent to the phone.
         */
        PhoneSignIn: {
            /** Code */
            code: string;
            /**
             * Kind
             * @constant
             */
            kind: "phone";
            /** Phone */
            phone: string;
        };
        /**
         * Pinned
         * @description From now on the host speaks of this product.
         */
        Pinned: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "pinned";
            pin: components["schemas"]["PinOut"];
            /** Seq */
            seq: number;
        };
        /**
         * PinOut
         * @description The product that is shown now, since when in the broadcast.
         */
        PinOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            product: components["schemas"]["ProductCard"];
        };
        /**
         * Placed
         * @description The order exists. `GET /orders/{id}` tells everything else.
         */
        Placed: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Order No */
            order_no: string;
            /** Total Fen */
            total_fen: number;
        };
        /**
         * Play
         * @description One way to watch, and its signed address.
         */
        Play: {
            kind: components["schemas"]["PlayKind"];
            /** Url */
            url: string;
        };
        /**
         * PlayKind
         * @description How a stream can be watched; each kind needs its own player.
         * @enum {string}
         */
        PlayKind: "llhls" | "hls" | "flv" | "wsflv";
        /**
         * PlayOut
         * @description Media time is the time since `started_at` by the clock of the server, which says `now`.
         *
         *     A player that knows the wall time of the picture (`EXT-X-PROGRAM-DATE-TIME`) subtracts
         *     `started_at`; any other takes the server's time less its own delay.
         */
        PlayOut: {
            /** Endpoints */
            endpoints: components["schemas"]["Play"][];
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /** Started At */
            started_at: string | null;
        };
        /**
         * Policy
         * @description Which of the texts; the name is that of its field in the settings.
         * @enum {string}
         */
        Policy: "user_agreement" | "privacy_policy";
        /**
         * PolicyOut
         * @description What a buyer agrees to, as it holds now. `from_at` is null for the text of the house.
         */
        PolicyOut: {
            /** From At */
            from_at: string | null;
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Version */
            version: string;
        };
        /**
         * ProductCard
         * @description A product in a list or on a shelf; the price is that of its cheapest SKU.
         */
        ProductCard: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Sold Out */
            is_sold_out: boolean;
            /** Picture */
            picture: string | null;
            /** Price Fen */
            price_fen: number;
            /** Sold Count */
            sold_count: number;
            /** Strike Fen */
            strike_fen: number | null;
            /** Subtitle */
            subtitle: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * ProductChanged
         * @description A product of the shelf was sold out, is back, or has another price, title or picture.
         */
        ProductChanged: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "product";
            product: components["schemas"]["ProductCard"];
            /** Seq */
            seq: number;
        };
        /**
         * ProductOut
         * @description A listed product with everything a buyer decides by.
         */
        ProductOut: {
            /** Brand */
            brand: string;
            /** Category */
            category: string;
            /**
             * Category Id
             * Format: uuid
             */
            category_id: string;
            /** Detail Html */
            detail_html: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Options */
            options: components["schemas"]["OptionOut"][];
            /** Pictures */
            pictures: string[];
            /** Price Max Fen */
            price_max_fen: number;
            /** Price Min Fen */
            price_min_fen: number;
            /** Skus */
            skus: components["schemas"]["SkuOut"][];
            /** Sold Count */
            sold_count: number;
            status: components["schemas"]["ProductStatus"];
            /** Subtitle */
            subtitle: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * ProductStatus
         * @description A draft was never listed; a delisted product was, and may be again.
         * @enum {string}
         */
        ProductStatus: "draft" | "listed" | "delisted";
        /**
         * Quote
         * @description What the basket costs now: goods - discount + freight = total.
         */
        Quote: {
            /** Discount Fen */
            discount_fen: number;
            /** Freight Fen */
            freight_fen: number;
            /** Goods Fen */
            goods_fen: number;
            /** Lines */
            lines: components["schemas"]["QuotedLine"][];
            /** Total Fen */
            total_fen: number;
        };
        /**
         * QuoteAsked
         * @description A basket. Each SKU once.
         */
        QuoteAsked: {
            /** Lines */
            lines: {
                /** Quantity */
                quantity: number;
                /**
                 * Sku Id
                 * Format: uuid
                 */
                sku_id: string;
            }[];
        };
        /**
         * QuotedLine
         * @description `available` is what could be promised now; an order of more is refused.
         */
        QuotedLine: {
            /** Available */
            available: number;
            /** Discount Fen */
            discount_fen: number;
            /** Goods Fen */
            goods_fen: number;
            /** Paid Fen */
            paid_fen: number;
            /** Picture */
            picture: string | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            /** Quantity */
            quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
            /** Spec */
            spec: string;
            /** Title */
            title: string;
            /** Unit Fen */
            unit_fen: number;
        };
        /**
         * RecipientOut
         * @description The name and the phone are masked, and of the street only the beginning is shown.
         */
        RecipientOut: {
            /** City */
            city: string;
            /** Detail */
            detail: string;
            /** District */
            district: string;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
            /** Province */
            province: string;
        };
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
         * ReplayCard
         * @description A broadcast that can be watched again. `recorded_ms` is the length of the recording.
         */
        ReplayCard: {
            /** Recorded Ms */
            recorded_ms: number;
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Title */
            title: string;
        };
        /**
         * ReplayMessageOut
         * @description What somebody said; `at_ms` is its place in the recording.
         */
        ReplayMessageOut: {
            /** At Ms */
            at_ms: number;
            /** Nickname */
            nickname: string;
            /** Text */
            text: string;
        };
        /**
         * ReplayOut
         * @description The recording leaves interruptions out: `stretches` lead from its time to media time.
         */
        ReplayOut: {
            /** Chapters */
            chapters: components["schemas"]["ChapterOut"][];
            /** Ended At */
            ended_at: string | null;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            kind: components["schemas"]["PlayKind"];
            /** Messages */
            messages: components["schemas"]["ReplayMessageOut"][];
            /** Recorded Ms */
            recorded_ms: number;
            room: components["schemas"]["RoomOut"];
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
            /** Shelf */
            shelf: components["schemas"]["ProductCard"][];
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Stretches */
            stretches: components["schemas"]["StretchOut"][];
            /** Title */
            title: string;
            /** Url */
            url: string;
        };
        /**
         * ReturnAddress
         * @description Where the goods go back to.
         */
        ReturnAddress: {
            /** Address */
            address: string;
            /** Name */
            name: string;
            /** Phone */
            phone: string;
        };
        /**
         * ReturnIn
         * @description The parcel that the goods come back in.
         */
        ReturnIn: {
            /** Carrier */
            carrier: string;
            /** Tracking No */
            tracking_no: string;
        };
        /**
         * RoomCard
         * @description A room in a list. `scheduled_at` is that of its broadcast on air, else of the next one.
         */
        RoomCard: {
            /** Cover */
            cover: string | null;
            /** Host Name */
            host_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Scheduled At */
            scheduled_at: string | null;
            status: components["schemas"]["RoomStatus"];
            /** Title */
            title: string;
            /** Viewers */
            viewers: number;
        };
        /**
         * RoomChanged
         * @description Another title, cover or host's name.
         */
        RoomChanged: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "room";
            room: components["schemas"]["RoomOut"];
            /** Seq */
            seq: number;
        };
        /**
         * RoomOut
         * @description What viewers see of a room itself.
         */
        RoomOut: {
            /** Cover */
            cover: string | null;
            /** Host Name */
            host_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Title */
            title: string;
        };
        /**
         * RoomStatus
         * @description What a room's card says: its broadcast on air, else whether one is planned.
         * @enum {string}
         */
        RoomStatus: "live" | "interrupted" | "scheduled" | "idle";
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
         * SentOut
         * @description `seq` is null while a moderator decides; until then only the writer sees it.
         */
        SentOut: {
            /** Seq */
            seq: number | null;
            status: components["schemas"]["MessageStatus"];
        };
        /**
         * SessionBrief
         * @description The broadcast on air, else the next one, else the last. Media time counts from its start.
         */
        SessionBrief: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Scheduled At
             * Format: date-time
             */
            scheduled_at: string;
            /** Started At */
            started_at: string | null;
            status: components["schemas"]["SessionStatus"];
            /** Title */
            title: string;
        };
        /**
         * SessionChanged
         * @description The broadcast was planned, began, was interrupted, came back, ended or was called off.
         */
        SessionChanged: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "session";
            /** Seq */
            seq: number;
            session: components["schemas"]["SessionBrief"] | null;
        };
        /**
         * SessionStatus
         * @description Where a broadcast is: planned, on air, waiting for its encoder, over.
         * @enum {string}
         */
        SessionStatus: "scheduled" | "live" | "interrupted" | "ended";
        /**
         * ShareOut
         * @description Where a share link leads, and by whose masked name.
         */
        ShareOut: {
            /** Affiliate Name */
            affiliate_name: string;
            target: components["schemas"]["ShareTarget"];
        };
        /**
         * ShareTarget
         * @description Where a share link leads; the shop itself has no id.
         */
        ShareTarget: {
            /** Id */
            id: string | null;
            kind: components["schemas"]["TargetKind"];
        };
        /**
         * ShelfArranged
         * @description The whole shelf in its new order.
         */
        ShelfArranged: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "shelf";
            /** Seq */
            seq: number;
            /** Shelf */
            shelf: components["schemas"]["ProductCard"][];
        };
        /**
         * ShipmentOut
         * @description A parcel, its newest trace first.
         */
        ShipmentOut: {
            /** Carrier */
            carrier: string;
            /** Carrier Name */
            carrier_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Lines */
            lines: components["schemas"]["ParcelLineOut"][];
            /**
             * Shipped At
             * Format: date-time
             */
            shipped_at: string;
            /** Signed At */
            signed_at: string | null;
            status: components["schemas"]["TrackStatus"];
            /** Traces */
            traces: components["schemas"]["TraceOut"][];
            /** Tracking No */
            tracking_no: string;
        };
        /**
         * ShopOut
         * @description What buyers are told of the merchant. Empty texts are not shown.
         */
        ShopOut: {
            /** After Sale Days */
            after_sale_days: number;
            /** Company */
            company: string;
            /** Freight Fen */
            freight_fen: number;
            /** Freight Free From Fen */
            freight_free_from_fen: number;
            /** Is Sold Out Hidden */
            is_sold_out_hidden: boolean;
            /** Licence No */
            licence_no: string;
            /** Name */
            name: string;
            /** Notice */
            notice: string;
            /** Pay Within Min */
            pay_within_min: number;
            /** Service Phone */
            service_phone: string;
        };
        /**
         * Shown
         * @description What the buyer sees: a projection of order, parcels and after-sales.
         * @enum {string}
         */
        Shown: "submitted" | "paid" | "shipped" | "in_transit" | "signed" | "refunding" | "refunded" | "cancelled" | "completed";
        /**
         * SignedIn
         * @description A new session: the token is shown this once.
         */
        SignedIn: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            person: components["schemas"]["Me"];
            /** Token */
            token: string;
        };
        /**
         * SkuOut
         * @description One buyable combination; `options` maps each option's name to its value.
         */
        SkuOut: {
            /** Available */
            available: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Options */
            options: {
                [key: string]: string;
            };
            /** Picture */
            picture: string | null;
            /** Price Fen */
            price_fen: number;
            /** Strike Fen */
            strike_fen: number | null;
        };
        /**
         * Snapshot
         * @description Numbered changes go on from (`epoch`, `seq`) over the socket.
         */
        Snapshot: {
            /** Epoch */
            epoch: number;
            /** Likes */
            likes: number;
            /** Messages */
            messages: components["schemas"]["MessageOut"][];
            pin: components["schemas"]["PinOut"] | null;
            room: components["schemas"]["RoomOut"];
            /** Seq */
            seq: number;
            session: components["schemas"]["SessionBrief"] | null;
            /** Shelf */
            shelf: components["schemas"]["ProductCard"][];
            /** Socket Url */
            socket_url: string;
            /** Viewers */
            viewers: number;
        };
        /**
         * Source
         * @description Where an order came from; one primary source excludes the others.
         * @enum {string}
         */
        Source: "live" | "affiliate" | "replay" | "shop";
        /**
         * SourceIn
         * @description Where the buyer came from, as the client says it.
         * @default {
         *       "is_from_cart": false
         *     }
         */
        SourceIn: {
            /**
             * Is From Cart
             * @default false
             */
            is_from_cart: boolean;
            /** Media Time Ms */
            media_time_ms?: number | null;
            /** Pin Id */
            pin_id?: string | null;
            /** Replay Session Id */
            replay_session_id?: string | null;
            /** Room Id */
            room_id?: string | null;
            /** Share */
            share?: string | null;
        };
        /**
         * StretchOut
         * @description A part of the broadcast, in media time, that follows the one before in the recording.
         */
        StretchOut: {
            /** End Ms */
            end_ms: number;
            /** Start Ms */
            start_ms: number;
        };
        /**
         * Tag
         * @description What else is true of an order beside its primary source.
         * @enum {string}
         */
        Tag: "affiliate";
        /**
         * TargetKind
         * @description What a share link may lead to.
         * @enum {string}
         */
        TargetKind: "product" | "room" | "shop";
        /**
         * Tick
         * @description One frame of a room's socket: what happened since the last, in order.
         */
        Tick: {
            /** Changes */
            changes: (components["schemas"]["MessageShown"] | components["schemas"]["MessageRetracted"] | components["schemas"]["Pinned"] | components["schemas"]["Unpinned"] | components["schemas"]["SessionChanged"] | components["schemas"]["ShelfArranged"] | components["schemas"]["ProductChanged"] | components["schemas"]["RoomChanged"])[];
            counts?: components["schemas"]["Counts"] | null;
            /** Epoch */
            epoch: number;
            /** Seq */
            seq: number;
            /**
             * Type
             * @constant
             */
            type: "tick";
        };
        /**
         * TraceOut
         * @description One event on a parcel's way, in the courier's words.
         */
        TraceOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Location */
            location: string;
            /** Text */
            text: string;
        };
        /**
         * TrackingOut
         * @description Every parcel of an order, first sent first.
         */
        TrackingOut: {
            /** Shipments */
            shipments: components["schemas"]["ShipmentOut"][];
        };
        /**
         * TrackStatus
         * @description Where a parcel is. `ordered`: its label exists, nobody has picked it up yet.
         * @enum {string}
         */
        TrackStatus: "no_trace" | "ordered" | "collected" | "in_transit" | "delivering" | "awaiting_pickup" | "signed" | "signed_by_proxy" | "exception" | "rejected" | "returning" | "returned" | "customs" | "cancelled";
        /**
         * Unpinned
         * @description Nothing is shown now.
         */
        Unpinned: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "unpinned";
            /** Seq */
            seq: number;
        };
        /**
         * WeChatPageSignIn
         * @description With what the authorize page sent back.
         */
        WeChatPageSignIn: {
            /** Code */
            code: string;
            /**
             * Kind
             * @constant
             */
            kind: "wechat_h5";
            /** State */
            state: string;
        };
        /**
         * WeChatSignIn
         * @description With the code of `wx.login`.
         */
        WeChatSignIn: {
            /** Code */
            code: string;
            /**
             * Kind
             * @constant
             */
            kind: "wechat";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    my_addresses_addresses: {
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
                    "application/json": components["schemas"]["Listed_AddressOut_"];
                };
            };
        };
    };
    add_address_addresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** City */
                    city: string;
                    /** Detail */
                    detail: string;
                    /**
                     * District
                     * @default
                     */
                    district?: string;
                    /**
                     * Is Default
                     * @default false
                     */
                    is_default?: boolean;
                    /** Name */
                    name: string;
                    /** Phone */
                    phone: string;
                    /** Province */
                    province: string;
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
                    "application/json": components["schemas"]["AddressOut"];
                };
            };
        };
    };
    change_address_addresses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** City */
                    city: string;
                    /** Detail */
                    detail: string;
                    /**
                     * District
                     * @default
                     */
                    district?: string;
                    /**
                     * Is Default
                     * @default false
                     */
                    is_default?: boolean;
                    /** Name */
                    name: string;
                    /** Phone */
                    phone: string;
                    /** Province */
                    province: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressOut"];
                };
            };
        };
    };
    remove_address_addresses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address_id: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "my_after_sales_after-sales": {
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
                    "application/json": components["schemas"]["Listed_MyAfterSaleOut_"];
                };
            };
        };
    };
    "my_after_sale_after-sales": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                after_sale_id: string;
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
                    "application/json": components["schemas"]["MyAfterSaleOut"];
                };
            };
        };
    };
    "apply_after_sale_after-sales": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                after_sale_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: components["schemas"]["AfterSaleKind"];
                    /** Lines */
                    lines: {
                        /** No */
                        no: number;
                        /** Quantity */
                        quantity: number;
                    }[];
                    /**
                     * Order Id
                     * Format: uuid
                     */
                    order_id: string;
                    /** Reason */
                    reason: string;
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
                    "application/json": components["schemas"]["MyAfterSaleOut"];
                };
            };
        };
    };
    "send_back_after-sales": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                after_sale_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Carrier */
                    carrier: string;
                    /** Tracking No */
                    tracking_no: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyAfterSaleOut"];
                };
            };
        };
    };
    "withdraw_after-sales": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                after_sale_id: string;
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
                    "application/json": components["schemas"]["MyAfterSaleOut"];
                };
            };
        };
    };
    bind_shares: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Share */
                    share: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    carriers_parcels: {
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
                    "application/json": components["schemas"]["Listed_CarrierOut_"];
                };
            };
        };
    };
    my_cart_cart: {
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
                    "application/json": components["schemas"]["Listed_CartItem_"];
                };
            };
        };
    };
    put_in_cart_cart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Quantity */
                    quantity: number;
                    /**
                     * ClaimIn
                     * @description The broadcast that the buyer is in, as the client says it; `media_time_ms` into it.
                     * @default {}
                     */
                    source?: {
                        /** Media Time Ms */
                        media_time_ms?: number | null;
                        /** Pin Id */
                        pin_id?: string | null;
                        /** Replay Session Id */
                        replay_session_id?: string | null;
                        /** Room Id */
                        room_id?: string | null;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed_CartItem_"];
                };
            };
        };
    };
    take_from_cart_cart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku_id: string;
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
                    "application/json": components["schemas"]["Listed_CartItem_"];
                };
            };
        };
    };
    categories_products: {
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
                    "application/json": components["schemas"]["Listed_CategoryOut_"];
                };
            };
        };
    };
    hall_rooms: {
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
                    "application/json": components["schemas"]["Hall"];
                };
            };
        };
    };
    who_am_i_me: {
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
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    rename_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Nickname */
                    nickname: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    choose_avatar_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_choose_avatar_me"];
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    prove_phone_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Code */
                    code: string;
                    /** Phone */
                    phone: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    prove_phone_of_wechat_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Code */
                    code: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    my_orders_orders: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                shown?: components["schemas"]["Shown"] | null;
                to_receive?: boolean;
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
                    "application/json": components["schemas"]["Listed_OrderOut_"];
                };
            };
        };
    };
    my_order_orders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
        };
    };
    place_orders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Address Id
                     * Format: uuid
                     */
                    address_id: string;
                    /** Lines */
                    lines: {
                        /** Quantity */
                        quantity: number;
                        /**
                         * Sku Id
                         * Format: uuid
                         */
                        sku_id: string;
                    }[];
                    /**
                     * Remark
                     * @default
                     */
                    remark?: string;
                    /**
                     * SourceIn
                     * @description Where the buyer came from, as the client says it.
                     * @default {
                     *       "is_from_cart": false
                     *     }
                     */
                    source?: {
                        /**
                         * Is From Cart
                         * @default false
                         */
                        is_from_cart?: boolean;
                        /** Media Time Ms */
                        media_time_ms?: number | null;
                        /** Pin Id */
                        pin_id?: string | null;
                        /** Replay Session Id */
                        replay_session_id?: string | null;
                        /** Room Id */
                        room_id?: string | null;
                        /** Share */
                        share?: string | null;
                    };
                    /** Total Fen */
                    total_fen: number;
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
                    "application/json": components["schemas"]["Placed"];
                };
            };
        };
    };
    cancel_orders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
        };
    };
    confirm_orders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
        };
    };
    pay_orders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["PaySheetOut"];
                };
            };
        };
    };
    check_payment_orders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
        };
    };
    tracking_parcels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
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
                    "application/json": components["schemas"]["TrackingOut"];
                };
            };
        };
    };
    send_code_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Phone */
                    phone: string;
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeSent"];
                };
            };
        };
    };
    find_products_products: {
        parameters: {
            query?: {
                category_id?: string | null;
                cursor?: string | null;
                in_stock?: boolean;
                limit?: number;
                price_max_fen?: number | null;
                price_min_fen?: number | null;
                q?: string;
                sort?: "relevance" | "sales" | "price_asc" | "price_desc" | "new";
                tag?: string | null;
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
                    "application/json": components["schemas"]["Listed_ProductCard_"];
                };
            };
        };
    };
    see_product_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
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
                    "application/json": components["schemas"]["ProductOut"];
                };
            };
        };
    };
    quote_quotes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Lines */
                    lines: {
                        /** Quantity */
                        quantity: number;
                        /**
                         * Sku Id
                         * Format: uuid
                         */
                        sku_id: string;
                    }[];
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
        };
    };
    watch_replays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
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
                    "application/json": components["schemas"]["ReplayOut"];
                };
            };
        };
    };
    enter_rooms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
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
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
        };
    };
    speak_rooms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                client_id: string;
                room_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Media Time Ms */
                    media_time_ms?: number | null;
                    /** Text */
                    text: string;
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
                    "application/json": components["schemas"]["SentOut"];
                };
            };
        };
    };
    play_rooms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
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
                    "application/json": components["schemas"]["PlayOut"];
                };
            };
        };
    };
    replays_replays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
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
                    "application/json": components["schemas"]["Listed_ReplayCard_"];
                };
            };
        };
    };
    sign_in_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Code */
                    code: string;
                    /**
                     * Kind
                     * @constant
                     */
                    kind: "wechat";
                } | {
                    /** Code */
                    code: string;
                    /**
                     * Kind
                     * @constant
                     */
                    kind: "wechat_h5";
                    /** State */
                    state: string;
                } | {
                    /** Code */
                    code: string;
                    /**
                     * Kind
                     * @constant
                     */
                    kind: "phone";
                    /** Phone */
                    phone: string;
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
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    sign_out_sessions: {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    authorize_page_sessions: {
        parameters: {
            query?: {
                return_to?: string;
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
                    "application/json": components["schemas"]["AuthorizePage"];
                };
            };
        };
    };
    link_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Code */
                    code: string;
                    /**
                     * Kind
                     * @constant
                     */
                    kind: "wechat";
                } | {
                    /** Code */
                    code: string;
                    /**
                     * Kind
                     * @constant
                     */
                    kind: "wechat_h5";
                    /** State */
                    state: string;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    open_share_shares: {
        parameters: {
            query?: never;
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
                content: {
                    "application/json": components["schemas"]["ShareOut"];
                };
            };
        };
    };
    the_shop_shop: {
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
                    "application/json": components["schemas"]["ShopOut"];
                };
            };
        };
    };
    policy_text_shop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                policy: components["schemas"]["Policy"];
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
                    "application/json": components["schemas"]["PolicyOut"];
                };
            };
        };
    };
    room_socketroom_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tick"];
                };
            };
        };
    };
}
