// Made by schema.mjs from the OpenAPI document of /api/host. Not edited by hand.
export interface paths {
    "/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rooms */
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
        /** Control */
        get: operations["control_control"];
        put?: never;
        post?: never;
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
        /** Retract */
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
        get?: never;
        put?: never;
        /** Mute */
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
        /** Unmute */
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
        /** Pin */
        put: operations["pin_control"];
        post?: never;
        /** Unpin */
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
        /** Sessions */
        get: operations["sessions_sessions"];
        put?: never;
        /** Schedule */
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
        /** Arrange */
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
        /** End */
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
        /** Push Address */
        post: operations["push_address_sessions"];
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
         * ControlRoom
         * @description What viewers see, and what the broadcast has sold.
         */
        ControlRoom: {
            /** Epoch */
            epoch: number;
            /** Gmv Fen */
            gmv_fen: number;
            /** Likes */
            likes: number;
            /** Messages */
            messages: components["schemas"]["MessageOut"][];
            /** Orders */
            orders: number;
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
        /** MessageOut */
        MessageOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Kind */
            kind: string;
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
        /** MuteIn */
        MuteIn: {
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
        };
        /** PinIn */
        PinIn: {
            /** Media Time Ms */
            media_time_ms?: number | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
        };
        /** PinOut */
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
         * @description A product in a list; the price is that of its cheapest SKU.
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
        /** RoomCard */
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
            /** Status */
            status: string;
            /** Title */
            title: string;
            /** Viewers */
            viewers: number;
        };
        /** RoomOut */
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
         * SentenceOut
         * @description A sentence in both languages.
         */
        SentenceOut: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /** SessionBrief */
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
            /** Status */
            status: string;
            /** Title */
            title: string;
        };
        /** SessionIn */
        SessionIn: {
            /**
             * Scheduled At
             * Format: date-time
             */
            scheduled_at: string;
            /** Title */
            title: string;
        };
        /** SessionOut */
        SessionOut: {
            /** Ended At */
            ended_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
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
            /** Status */
            status: string;
            /** Title */
            title: string;
        };
        /** ShelfIn */
        ShelfIn: {
            /** Product Ids */
            product_ids: string[];
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
                    /** Media Time Ms */
                    media_time_ms?: number | null;
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
}
