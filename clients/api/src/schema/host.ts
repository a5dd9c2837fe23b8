// Made by schema.mjs from the OpenAPI document of /api/host. Not edited by hand.
export interface paths {
    "/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rooms
         * @description Every room; a host sees his own.
         */
        get: operations["rooms_sessions"];
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
         * Control
         * @description The room as its desk sees it; a host's desk stands in his own rooms only.
         */
        get: operations["control_control"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/held-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Held
         * @description What waits for a decision, the oldest first.
         */
        get: operations["held_control"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/held-messages/{message_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description Shows a held message to everybody; not found when somebody else has decided.
         */
        post: operations["approve_control"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/held-messages/{message_id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse
         * @description Shows it to nobody; not found when somebody else has decided.
         */
        post: operations["refuse_control"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/messages/{seq}/retract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract
         * @description Takes a message off every screen.
         */
        post: operations["retract_control"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/mutes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Muted
         * @description Who is mute here, the newest first.
         */
        get: operations["muted_control"];
        put?: never;
        /**
         * Mute
         * @description A person says nothing more in this room; again changes nothing.
         */
        post: operations["mute_control"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/mutes/{person_id}": {
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
         * Unmute
         * @description He may speak again; again changes nothing.
         */
        delete: operations["unmute_control"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pin
         * @description Speaks of this product from now on; the one before is ended.
         */
        put: operations["pin_control"];
        post?: never;
        /**
         * Unpin
         * @description Speaks of nothing in particular; again changes nothing.
         */
        delete: operations["unpin_control"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions
         * @description The room's broadcasts, newest first.
         */
        get: operations["sessions_sessions"];
        put?: never;
        /**
         * Schedule
         * @description Plans a broadcast; its pictures will come by the provider that is chosen now.
         */
        post: operations["schedule_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/{room_id}/shelf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Arrange
         * @description The whole shelf as it shall be, in this order.
         */
        put: operations["arrange_control"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End
         * @description For good: nothing comes back from the end.
         */
        post: operations["end_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session_id}/push-address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Push Address
         * @description A new key each time: whoever held the one before is out.
         */
        post: operations["push_address_sessions"];
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
         * AwayOut
         * @description The encoder is away, and the broadcast waits for it: the server's clock is `now`.
         */
        AwayOut: {
            /**
             * Ends At
             * Format: date-time
             */
            ends_at: string;
            /**
             * Now
             * Format: date-time
             */
            now: string;
            /**
             * Since
             * Format: date-time
             */
            since: string;
        };
        /**
         * ControlRoom
         * @description What viewers see, and what the broadcast has sold.
         */
        ControlRoom: {
            away: components["schemas"]["AwayOut"] | null;
            /** Epoch */
            epoch: number;
            /** Held */
            held: number;
            /** Likes */
            likes: number;
            /** Messages */
            messages: components["schemas"]["MessageOut"][];
            /** Notices */
            notices: components["schemas"]["NoticeOut"][];
            /** Orders */
            orders: number;
            pin: components["schemas"]["PinOut"] | null;
            room: components["schemas"]["RoomOut"];
            /** Sales Fen */
            sales_fen: number;
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
         * HeldOut
         * @description A message that only its writer has seen so far.
         */
        HeldOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Nickname */
            nickname: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Text */
            text: string;
        };
        /** Listed[HeldOut] */
        Listed_HeldOut_: {
            /** Items */
            items: components["schemas"]["HeldOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[MutedOut] */
        Listed_MutedOut_: {
            /** Items */
            items: components["schemas"]["MutedOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[RoomCard] */
        Listed_RoomCard_: {
            /** Items */
            items: components["schemas"]["RoomCard"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[SessionOut] */
        Listed_SessionOut_: {
            /** Items */
            items: components["schemas"]["SessionOut"][];
            /** Next */
            next?: string | null;
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
         * MutedOut
         * @description Who is mute in this room, by the name that others see.
         */
        MutedOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Nickname */
            nickname: string;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /**
         * MuteIn
         * @description Who shall not speak in this room.
         */
        MuteIn: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /**
         * NoticeOut
         * @description A finding about the encoder's push. `value` is measured: see `StreamNotice`.
         */
        NoticeOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Code */
            code: ("gop_too_long" | "bitrate_too_high" | "audio_only" | "no_sound" | "chroma_not_420" | "depth_not_8") | ("wrong_key" | "already_live" | "too_many_tries" | "shop_unreachable" | "wrong_application" | "not_publishing" | "unsupported_video" | "unsupported_sound" | "no_picture" | "malformed" | "ended_by_shop" | "engine_fault");
            /** Value */
            value: number;
        };
        /**
         * PinIn
         * @description The product to show; it must be on the room's shelf.
         */
        PinIn: {
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
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
         * PushAddress
         * @description What goes into the encoder. The key is shown once; a new one kills it.
         */
        PushAddress: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Key */
            key: string;
            /** Url */
            url: string;
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
         * SessionIn
         * @description A broadcast that is planned.
         */
        SessionIn: {
            /**
             * Scheduled At
             * Format: date-time
             */
            scheduled_at: string;
            /** Title */
            title: string;
        };
        /**
         * SessionOut
         * @description One broadcast. `recorded_ms` is how much of it can be watched again.
         */
        SessionOut: {
            /** Ended At */
            ended_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Recorded Ms */
            recorded_ms: number | null;
            /**
             * Room Id
             * Format: uuid
             */
            room_id: string;
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
         * SessionStatus
         * @description Where a broadcast is: planned, on air, waiting for its encoder, over.
         * @enum {string}
         */
        SessionStatus: "scheduled" | "live" | "interrupted" | "ended";
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
         * ShelfIn
         * @description The whole shelf in the order wished.
         */
        ShelfIn: {
            /** Product Ids */
            product_ids: string[];
        };
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    rooms_sessions: {
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
                    "application/json": components["schemas"]["Listed_RoomCard_"];
                };
            };
        };
    };
    control_control: {
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
                    "application/json": components["schemas"]["ControlRoom"];
                };
            };
        };
    };
    held_control: {
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
                    "application/json": components["schemas"]["Listed_HeldOut_"];
                };
            };
        };
    };
    approve_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    refuse_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    retract_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
                seq: number;
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
    muted_control: {
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
                    "application/json": components["schemas"]["Listed_MutedOut_"];
                };
            };
        };
    };
    mute_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Person Id
                     * Format: uuid
                     */
                    person_id: string;
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
    unmute_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    pin_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Product Id
                     * Format: uuid
                     */
                    product_id: string;
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
                    "application/json": components["schemas"]["ControlRoom"];
                };
            };
        };
    };
    unpin_control: {
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
                    "application/json": components["schemas"]["ControlRoom"];
                };
            };
        };
    };
    sessions_sessions: {
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
                    "application/json": components["schemas"]["Listed_SessionOut_"];
                };
            };
        };
    };
    schedule_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Scheduled At
                     * Format: date-time
                     */
                    scheduled_at: string;
                    /** Title */
                    title: string;
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
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
        };
    };
    arrange_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                room_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Product Ids */
                    product_ids: string[];
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
                    "application/json": components["schemas"]["ControlRoom"];
                };
            };
        };
    };
    end_sessions: {
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
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
        };
    };
    push_address_sessions: {
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
                    "application/json": components["schemas"]["PushAddress"];
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
