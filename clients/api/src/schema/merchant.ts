// Made by schema.mjs from the OpenAPI document of /api/merchant. Not edited by hand.
export interface paths {
    "/affiliates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listed
         * @description Newest applications first.
         */
        get: operations["listed_affiliates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/affiliates/{affiliate_id}/approve": {
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
         * @description Also ends a freeze.
         */
        post: operations["approve_affiliates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/affiliates/{affiliate_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close
         * @description For good. What was sold before is still settled and can be paid out.
         */
        post: operations["close_affiliates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/affiliates/{affiliate_id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze
         * @description Nothing is released or paid out until somebody approves him again.
         */
        post: operations["freeze_affiliates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/affiliates/{affiliate_id}/refuse": {
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
         * @description Say no to an application, with the reason.
         */
        post: operations["refuse_affiliates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/affiliates/{affiliate_id}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Promote
         * @description Counts for what is paid from now on.
         */
        put: operations["promote_affiliates"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/affiliates/{affiliate_id}/write-offs/{write_off_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Off
         * @description The shop bears what the affiliate owes; `write_off_id` is the client's, once for all.
         */
        put: operations["write_off_affiliates"];
        post?: never;
        delete?: never;
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
         * All After Sales
         * @description Newest first; of one status, or only what waits for staff, where that is asked.
         */
        get: operations["all_after_sales_after-sales"];
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
         * One After Sale
         * @description One after-sale with its lines as sold.
         */
        get: operations["one_after_sale_after-sales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales/{after_sale_id}/approve": {
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
         * @description The goods come back first, or the money goes back at once.
         */
        post: operations["approve_after-sales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales/{after_sale_id}/received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Received
         * @description The returned goods are here and were looked at.
         */
        post: operations["received_after-sales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/after-sales/{after_sale_id}/refuse": {
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
         * @description The buyer reads the reason.
         */
        post: operations["refuse_after-sales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit Log
         * @description What staff did, newest first; of one thing or one person where that is asked.
         */
        get: operations["audit_log_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bulk-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Bulk Changes
         * @description The last bulk changes, newest first.
         */
        get: operations["list_bulk_changes_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bulk-changes/{bulk_change_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See Bulk Change
         * @description A bulk change and what became of each product.
         */
        get: operations["see_bulk_change_products"];
        /**
         * Make Bulk Change
         * @description Do what was previewed. The client makes the id: sent twice, it is done once.
         */
        put: operations["make_bulk_change_products"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bulk-changes/{bulk_change_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo Bulk Change
         * @description Put back what nobody has changed since; each line says whether it was, or why not.
         */
        post: operations["undo_bulk_change_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bulk-changes/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview Bulk Change
         * @description What a change would do to each product. Nothing is written.
         */
        post: operations["preview_bulk_change_products"];
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
         * @description Every carrier that parcels may be sent with.
         */
        get: operations["carriers_shipments"];
        put?: never;
        post?: never;
        delete?: never;
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
         * @description The category tree as staff arrange it.
         */
        get: operations["categories_products"];
        put?: never;
        /**
         * Add Category
         * @description A new category under its parent, or at the top.
         */
        post: operations["add_category_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/categories/{category_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Category
         * @description Another name, place, parent or picture.
         */
        put: operations["change_category_products"];
        post?: never;
        /**
         * Remove Category
         * @description Refused while something stands under it.
         */
        delete: operations["remove_category_products"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queue
         * @description The whole queue at a glance; of the held jobs the 200 oldest.
         */
        get: operations["queue_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop
         * @description It is never run: for what a person has put right in another way, which `reason` says.
         */
        post: operations["drop_jobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run Again
         * @description Queue jobs anew, with all their tries. Running a job twice does nothing twice.
         */
        post: operations["run_again_jobs"];
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
         * @description The signed-in member of staff.
         */
        get: operations["who_am_i_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change My Password
         * @description Every session ends, this one too: sign in again with the new password.
         */
        put: operations["change_my_password_sessions"];
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
         * All Orders
         * @description Newest first. `q`: the beginning of an order number or its last four signs, the receiver's
         *     phone or whole name, how the buyer's nickname begins, a tracking number, or part of a title.
         *
         *     `to_ship`: what waits for the warehouse, also while another part of it is asked back.
         */
        get: operations["all_orders_orders"];
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
         * One Order
         * @description Masked, like the list.
         */
        get: operations["one_order_orders"];
        put?: never;
        post?: never;
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
         * Accept
         * @description Staff have seen the order and will ship it.
         */
        post: operations["accept_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reveal
         * @description The whole address, once, with the reason in the audit.
         */
        post: operations["reveal_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Parcels
         * @description The parcels of an order, with every trace, and what is left to send.
         */
        get: operations["parcels_shipments"];
        put?: never;
        /**
         * Send Parcel
         * @description The same parcel sent twice is one parcel.
         */
        post: operations["send_parcel_shipments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{order_id}/shipments/{shipment_id}/label": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Correct Parcel
         * @description A mistyped number is put right; what was heard under the wrong one is forgotten.
         */
        put: operations["correct_parcel_shipments"];
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
         * Read Overview
         * @description How today goes and what waits, as far as this role may see it.
         */
        get: operations["read_overview_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload Picture
         * @description Kept as our own WebP under a random name, whatever was sent.
         */
        post: operations["upload_picture_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Plan
         * @description The version written last, which the next one is made from; it may still be coming.
         */
        get: operations["read_plan_plan"];
        /**
         * Write Plan
         * @description A new version of the plan: it counts for what is paid from its time on.
         */
        put: operations["write_plan_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plan/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Plan Versions
         * @description The newest versions first.
         */
        get: operations["list_plan_versions_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plan/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Plan Version
         * @description One version with all its rates.
         */
        get: operations["read_plan_version_plan"];
        put?: never;
        post?: never;
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
         * @description Products of every status, newest first unless asked otherwise.
         */
        get: operations["find_products_products"];
        put?: never;
        /**
         * Add Product
         * @description A new draft; it is listed by itself, later.
         */
        post: operations["add_product_products"];
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
         * @description A product as staff edit it.
         */
        get: operations["see_product_products"];
        /**
         * Change Product
         * @description A new version; refused when somebody else was quicker (`version`).
         */
        put: operations["change_product_products"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy Product
         * @description A new draft with everything of this product but its stock and sales.
         */
        post: operations["copy_product_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/delist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delist Product
         * @description Buyers see it no more; orders that stand are not touched.
         */
        post: operations["delist_product_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List Product
         * @description Buyers see it from now on.
         */
        post: operations["list_product_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Product Versions
         * @description Newest first.
         */
        get: operations["list_product_versions_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare Product Version
         * @description What this version changed, and what restoring it would change now.
         */
        get: operations["compare_product_version_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{product_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore Product Version
         * @description The product says again what it said then, as a new version; SKUs keep their stock.
         */
        post: operations["restore_product_version_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refunds In Doubt
         * @description Those that wait for a person, longest first.
         */
        get: operations["refunds_in_doubt_refunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds/{provider}/{out_refund_no}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Again
         * @description Under the same number, or under the next one when the provider has closed this.
         */
        post: operations["send_again_refunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds/{provider}/{out_refund_no}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask Settlement
         * @description The money went back another way; somebody else confirms it.
         */
        post: operations["ask_settlement_refunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds/{provider}/{out_refund_no}/settlement/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm Settlement
         * @description The second person: the after-sale ends as if the provider had paid.
         */
        post: operations["confirm_settlement_refunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Daily
         * @description Every day of the range, also those without a sale.
         */
        get: operations["daily_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Csv
         * @description One report, whole, as a file that a spreadsheet opens without running anything in it.
         */
        get: operations["export_csv_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products
         * @description The best-selling products of the range, by net sales.
         */
        get: operations["products_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sources
         * @description Where paid orders came from; the sources exclude each other.
         */
        get: operations["sources_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All Rooms
         * @description Every room; a host sees his own.
         */
        get: operations["all_rooms_rooms"];
        put?: never;
        /**
         * Open Room
         * @description A new room, empty and silent.
         */
        post: operations["open_room_rooms"];
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
        get?: never;
        /**
         * Change Room
         * @description The whole room as it shall be; who watches sees a new title or cover at once.
         */
        put: operations["change_room_rooms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rooms/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hosts
         * @description Whom a room can be given to: everybody whose role is to host.
         */
        get: operations["hosts_rooms"];
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
         * @description Whoever guesses is refused at his own address; the login itself only becomes slower.
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
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Settings
         * @description All groups as written last, and what is in force now.
         */
        get: operations["read_settings_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/{key}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History
         * @description The newest versions of a group first, to be read beside each other.
         */
        get: operations["history_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/binding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Binding
         * @description The next version of who earns on a buyer.
         */
        put: operations["write_binding_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Live
         * @description The next version of what holds for rooms.
         */
        put: operations["write_live_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/payout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Payout
         * @description The next version of when and how commission is paid out.
         */
        put: operations["write_payout_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Policies
         * @description The next version of what buyers agree to.
         */
        put: operations["write_policies_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Shop
         * @description The next version of who sells. Every buyer reads the name and the notice at once.
         */
        put: operations["write_shop_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings/trade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Trade
         * @description The next version of the terms of sale.
         */
        put: operations["write_trade_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Staff List
         * @description Everybody, those who work here first.
         */
        get: operations["staff_list_staff"];
        put?: never;
        /**
         * Hire
         * @description A new member of staff.
         */
        post: operations["hire_staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staff_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Staff
         * @description Another name, role, state or password; signs out whoever that changes.
         */
        put: operations["change_staff_staff"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{staff_id}/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose Login */
        get: operations["whose_login_staff-persons"];
        /**
         * Say Person
         * @description The owner says whose login this is, by the phone that person signs in with.
         *
         *     Not of himself: whoever pays out has to prove who he is.
         */
        put: operations["say_person_staff-persons"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/me/person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My Person
         * @description Which person one is: approvals are by persons, not by logins.
         */
        get: operations["my_person_staff-persons"];
        /**
         * Prove Person
         * @description Proved by the code: this login is the person with this phone.
         */
        put: operations["prove_person_staff-persons"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/me/phone-codes": {
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
         * @description A code to one's own phone, to prove whose login this is.
         */
        post: operations["send_code_staff-persons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock List
         * @description Every SKU's stock, least available first.
         */
        get: operations["stock_list_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock Takes
         * @description Newest first.
         */
        get: operations["stock_takes_stock-takes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stock Take
         * @description One of them.
         */
        get: operations["stock_take_stock-takes"];
        /**
         * Begin
         * @description Begin a stock-take; the client makes the id, and the same one begins it once.
         */
        put: operations["begin_stock-takes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}/cancel": {
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
         * @description Nothing of it is posted.
         */
        post: operations["cancel_stock-takes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}/confirm": {
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
         * @description The differences go into the journal; what was not counted stays as it is.
         */
        post: operations["confirm_stock-takes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count
         * @description Write down what was counted, each row against the book of this moment.
         */
        post: operations["count_stock-takes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lines
         * @description The sheet, in the order of its rows.
         */
        get: operations["lines_stock-takes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Sheet
         * @description What a pasted or uploaded sheet would count, row by row. Nothing is written.
         */
        post: operations["read_sheet_stock-takes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock-takes/{take_id}/sheet.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sheet Csv
         * @description The whole sheet with its differences; filled in under `实盘`, it can be read again.
         */
        get: operations["sheet_csv_stock-takes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/damages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write Off
         * @description Goods are spoilt and leave the stock, which is answered as it is then.
         */
        post: operations["write_off_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Limits
         * @description Below how many available pieces these SKUs count as low; their stock is answered.
         */
        put: operations["set_limits_stock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Movements
         * @description The journal, newest first.
         */
        get: operations["movements_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/movements.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Movements Csv
         * @description Every line that the same filters show, as a file for a spreadsheet.
         */
        get: operations["movements_csv_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/movers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Movers
         * @description Those who moved stock by hand, for the journal's filter.
         */
        get: operations["movers_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/purchase-list.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Purchase List
         * @description What will not last another thirty days, and how much of it to order.
         */
        get: operations["purchase_list_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive
         * @description Goods have arrived; the stock of each SKU as it is now.
         */
        post: operations["receive_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/takes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Stock
         * @description What was counted is what is on hand, and is answered.
         */
        post: operations["take_stock_stock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stock/turnover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Turnover List
         * @description Listed SKUs, what runs out first in front.
         */
        get: operations["turnover_list_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tiers
         * @description Lowest first.
         */
        get: operations["list_tiers_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tiers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write Tier
         * @description Adds a tier, or renames or moves one. Its rate is part of the plan.
         */
        put: operations["write_tier_plan"];
        post?: never;
        /**
         * Remove Tier
         * @description Refused while an affiliate stands on it or a plan names it.
         */
        delete: operations["remove_tier_plan"];
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
         * @description Newest first.
         */
        get: operations["listed_withdrawals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals/{withdrawal_id}/approve": {
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
         * @description With the second person's yes the transfer follows at once, by its own job.
         */
        post: operations["approve_withdrawals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals/{withdrawal_id}/refuse": {
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
         * @description The whole amount is available to the affiliate again.
         */
        post: operations["refuse_withdrawals"];
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
         * AffiliateOut
         * @description An affiliate as staff see one: the real name is masked.
         */
        AffiliateOut: {
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
            /** Available Fen */
            available_fen: number;
            /** Avatar */
            avatar: string | null;
            /** Decided At */
            decided_at: string | null;
            /** Decision Reason */
            decision_reason: string | null;
            /** Expected Fen */
            expected_fen: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Introduction */
            introduction: string;
            /** May Become */
            may_become: components["schemas"]["AffiliateStatus"][];
            /** Nickname */
            nickname: string;
            /** Rate Bp */
            rate_bp: number | null;
            /** Real Name */
            real_name: string;
            status: components["schemas"]["AffiliateStatus"];
            /** Tier */
            tier: string;
            /** Tier Name */
            tier_name: string;
        };
        /**
         * AffiliateStatus
         * @description How far an application came, and whether an affiliate may act.
         * @enum {string}
         */
        AffiliateStatus: "pending" | "approved" | "refused" | "frozen" | "closed";
        /**
         * AfterSaleKind
         * @description Money only, or the goods come back first.
         * @enum {string}
         */
        AfterSaleKind: "refund" | "return_and_refund";
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
         * AfterSaleOut
         * @description A request for money back. `amount_fen` is all of it: it includes `freight_fen`.
         */
        AfterSaleOut: {
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
            /** Return Tracking No */
            return_tracking_no: string | null;
            status: components["schemas"]["AfterSaleStatus"];
        };
        /**
         * AfterSaleStatus
         * @description How far a request for money back came.
         * @enum {string}
         */
        AfterSaleStatus: "applied" | "returning" | "returned" | "refunding" | "done" | "refused" | "withdrawn";
        /**
         * AttributionKind
         * @description By what right somebody earns on an order; the first of them wins.
         * @enum {string}
         */
        AttributionKind: "share" | "host" | "binding" | "none";
        /**
         * AttributionOut
         * @description Who earns on the order; `affiliate_id` null: nobody.
         */
        AttributionOut: {
            /** Affiliate Id */
            affiliate_id: string | null;
            kind: components["schemas"]["AttributionKind"];
            /** Losers */
            losers: components["schemas"]["LostClaimOut"][];
        };
        /**
         * Binding
         * @description Who earns on a buyer, and for how long. Bindings that stand keep the days they were given.
         */
        Binding: {
            /**
             * Binding Days
             * @default 30
             */
            binding_days: number;
            /**
             * Clicks Kept Days
             * @default 400
             */
            clicks_kept_days: number;
            /**
             * Protection Days
             * @default 7
             */
            protection_days: number;
            /**
             * Share Days
             * @default 7
             */
            share_days: number;
        };
        /** Body_upload_picture_products */
        Body_upload_picture_products: {
            /** File */
            file: string;
        };
        /**
         * BulkChangeIn
         * @description What is to be done to which products, as the preview showed them.
         */
        BulkChangeIn: {
            /** Change */
            change: {
                /**
                 * Kind
                 * @enum {string}
                 */
                kind: "listing" | "delisting";
            } | {
                /**
                 * Category Id
                 * Format: uuid
                 */
                category_id: string;
                /**
                 * Kind
                 * @constant
                 */
                kind: "category";
            } | {
                /** Amount Fen */
                amount_fen: number;
                /**
                 * Kind
                 * @constant
                 */
                kind: "price_set";
            } | {
                /** Amount Fen */
                amount_fen: number;
                /**
                 * Kind
                 * @constant
                 */
                kind: "price_added";
            } | {
                /** Change Bp */
                change_bp: number;
                /**
                 * Kind
                 * @constant
                 */
                kind: "price_scaled";
            };
            /** Products */
            products: {
                /**
                 * Product Id
                 * Format: uuid
                 */
                product_id: string;
                /** Version */
                version: number;
            }[];
        };
        /**
         * BulkChangeOut
         * @description A bulk change. Counts are products; `put_back` of those that were changed.
         */
        BulkChangeOut: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By Name */
            by_name: string;
            /** Category */
            category: string;
            /** Change Bp */
            change_bp: number;
            /** Changed */
            changed: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["BulkKind"];
            /** Put Back */
            put_back: number;
            /** Refused */
            refused: number;
            /** Unchanged */
            unchanged: number;
            /** Undone At */
            undone_at: string | null;
            /** Undone By Name */
            undone_by_name: string;
        };
        /**
         * BulkKind
         * @description What a bulk change does to every product that was chosen.
         * @enum {string}
         */
        BulkKind: "listing" | "delisting" | "category" | "price_set" | "price_added" | "price_scaled";
        /**
         * BulkPreviewIn
         * @description What would be done to which products; without `product_ids` to all that match.
         */
        BulkPreviewIn: {
            /** Change */
            change: {
                /**
                 * Kind
                 * @enum {string}
                 */
                kind: "listing" | "delisting";
            } | {
                /**
                 * Category Id
                 * Format: uuid
                 */
                category_id: string;
                /**
                 * Kind
                 * @constant
                 */
                kind: "category";
            } | {
                /** Amount Fen */
                amount_fen: number;
                /**
                 * Kind
                 * @constant
                 */
                kind: "price_set";
            } | {
                /** Amount Fen */
                amount_fen: number;
                /**
                 * Kind
                 * @constant
                 */
                kind: "price_added";
            } | {
                /** Change Bp */
                change_bp: number;
                /**
                 * Kind
                 * @constant
                 */
                kind: "price_scaled";
            };
            /**
             * MatchingIn
             * @description The filters of the product list, as `GET /products` reads them.
             * @default {
             *       "q": ""
             *     }
             */
            matching: {
                /** Category Id */
                category_id?: string | null;
                /**
                 * Q
                 * @default
                 */
                q: string;
                status?: components["schemas"]["ProductStatus"] | null;
            };
            /**
             * Product Ids
             * @default []
             */
            product_ids: string[];
        };
        /**
         * BulkPreviewOut
         * @description What would become of each product, and whether more match than one change may touch.
         */
        BulkPreviewOut: {
            /** Has More */
            has_more: boolean;
            /** Lines */
            lines: components["schemas"]["PreviewLineOut"][];
        };
        /**
         * BulkResultOut
         * @description A bulk change with every product that was chosen.
         */
        BulkResultOut: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By Name */
            by_name: string;
            /** Category */
            category: string;
            /** Change Bp */
            change_bp: number;
            /** Changed */
            changed: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["BulkKind"];
            /** Lines */
            lines: components["schemas"]["DoneLineOut"][];
            /** Put Back */
            put_back: number;
            /** Refused */
            refused: number;
            /** Unchanged */
            unchanged: number;
            /** Undone At */
            undone_at: string | null;
            /** Undone By Name */
            undone_by_name: string;
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
         * CategoryChangeIn
         * @description They stand under this category.
         */
        CategoryChangeIn: {
            /**
             * Category Id
             * Format: uuid
             */
            category_id: string;
            /**
             * Kind
             * @constant
             */
            kind: "category";
        };
        /**
         * CategoryId
         * @description The id of what was just written.
         */
        CategoryId: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * CategoryIn
         * @description A category as staff write it; `position` orders it among its siblings.
         */
        CategoryIn: {
            /** Name */
            name: string;
            /** Parent Id */
            parent_id?: string | null;
            /** Picture */
            picture?: string | null;
            /**
             * Position
             * @default 0
             */
            position: number;
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
         * ComparedVersionOut
         * @description What a version changed, and what restoring it would change now.
         */
        ComparedVersionOut: {
            /** Changed */
            changed: components["schemas"]["DifferenceOut"][];
            /** Restored */
            restored: components["schemas"]["DifferenceOut"][];
            /** Version */
            version: number;
        };
        /**
         * CountedLine
         * @description A SKU and how many pieces somebody counted; none is a count as well.
         */
        CountedLine: {
            /** Quantity */
            quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
        };
        /**
         * CountedRow
         * @description So many lie on the shelf; `was` is the number that stood on the sheet when this was typed.
         */
        CountedRow: {
            /** Quantity */
            quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
            /** Was */
            was?: number | null;
        };
        /**
         * CountProblem
         * @description Why a number that was counted cannot be written down.
         * @enum {string}
         */
        CountProblem: "not_in_take" | "counted_meanwhile";
        /**
         * CountsIn
         * @description Rows that were counted, named by their client: sent twice, they count once.
         */
        CountsIn: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Rows */
            rows: {
                /** Quantity */
                quantity: number;
                /**
                 * Sku Id
                 * Format: uuid
                 */
                sku_id: string;
                /** Was */
                was?: number | null;
            }[];
        };
        /**
         * CountsOut
         * @description The stock-take and the rows of the entry as they stand now, and those that were refused.
         */
        CountsOut: {
            /** Lines */
            lines: components["schemas"]["TakeLineOut"][];
            /** Refused */
            refused: components["schemas"]["RefusedRow"][];
            take: components["schemas"]["TakeOut"];
        };
        /**
         * DailyOut
         * @description Each day of a range, and all of them together.
         */
        DailyOut: {
            /** Items */
            items: components["schemas"]["DaySales"][];
            /** Next */
            next?: string | null;
            total: components["schemas"]["TotalSales"];
        };
        /**
         * DaySales
         * @description One day of the shop's calendar. Sales include freight; net is sales less refunds.
         */
        DaySales: {
            /** Net Fen */
            net_fen: number;
            /** On */
            on: string;
            /** Orders */
            orders: number;
            /** Refunds */
            refunds: number;
            /** Refunds Fen */
            refunds_fen: number;
            /** Sales Fen */
            sales_fen: number;
        };
        /**
         * DecisionIn
         * @description Why; the affiliate reads it.
         */
        DecisionIn: {
            /** Reason */
            reason: string;
        };
        /**
         * Deed
         * @description Every kind of thing that is written down. The console has a word for each.
         * @enum {string}
         */
        Deed: "signed_in" | "staff_hired" | "staff_changed" | "staff_linked" | "password_changed" | "settings_changed" | "product_added" | "product_changed" | "product_listed" | "product_delisted" | "products_changed" | "products_put_back" | "category_written" | "category_removed" | "stock_received" | "stock_written_off" | "stock_taken" | "stock_take_begun" | "stock_take_confirmed" | "stock_take_cancelled" | "stock_limit_changed" | "order_accepted" | "order_address_revealed" | "parcel_sent" | "tracking_corrected" | "after_sale_approved" | "after_sale_refused" | "goods_inspected" | "refund_sent_again" | "refund_settlement_asked" | "refund_settled_by_hand" | "affiliate_decided" | "affiliate_promoted" | "tier_written" | "tier_removed" | "plan_changed" | "debt_written_off" | "withdrawal_approved" | "withdrawal_refused" | "room_opened" | "room_changed" | "session_scheduled" | "push_key_issued" | "session_ended" | "product_pinned" | "product_unpinned" | "shelf_arranged" | "message_retracted" | "message_approved" | "message_refused" | "person_muted" | "person_unmuted" | "job_run_again" | "job_dropped";
        /**
         * DifferenceOut
         * @description One thing that is otherwise: see `field` for what of the rest is told.
         *
         *     Texts, the category (by name) and a SKU's picture (its address) have `before` and `after`,
         *     money the same in fen; null: not set. Lists, pictures and the lines of the detail have what was
         *     `added` and `removed`; neither: the same ones in another order or form. `spec` names the SKU.
         */
        DifferenceOut: {
            /** Added */
            added: string[];
            /** After */
            after: string | null;
            /** After Fen */
            after_fen: number | null;
            /** Before */
            before: string | null;
            /** Before Fen */
            before_fen: number | null;
            field: components["schemas"]["ProductPart"];
            /** Removed */
            removed: string[];
            /** Spec */
            spec: string;
        };
        /**
         * DoneLineOut
         * @description What became of a product, and of undoing that.
         */
        DoneLineOut: {
            after: components["schemas"]["ProductStateOut"] | null;
            before: components["schemas"]["ProductStateOut"];
            /** Is Put Back */
            is_put_back: boolean;
            /** Picture */
            picture: string | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            refusal: components["schemas"]["SentenceOut"] | null;
            /** Title */
            title: string;
            undo_refusal: components["schemas"]["SentenceOut"] | null;
        };
        /**
         * Exported
         * @description The reports that can be had as a file.
         * @enum {string}
         */
        Exported: "daily" | "sources" | "products";
        /**
         * FactOut
         * @description One thing by its name, as it was written down.
         */
        FactOut: {
            /** Name */
            name: string;
            /** Value */
            value: string;
        };
        /** GroupIn[Binding] */
        GroupIn_Binding_: {
            /** From At */
            from_at?: string | null;
            value: components["schemas"]["Binding"];
            /** Version */
            version: number;
        };
        /** GroupIn[Live] */
        GroupIn_Live_: {
            /** From At */
            from_at?: string | null;
            value: components["schemas"]["Live"];
            /** Version */
            version: number;
        };
        /** GroupIn[Payout] */
        GroupIn_Payout_: {
            /** From At */
            from_at?: string | null;
            value: components["schemas"]["Payout"];
            /** Version */
            version: number;
        };
        /** GroupIn[Policies] */
        GroupIn_Policies_: {
            /** From At */
            from_at?: string | null;
            value: components["schemas"]["Policies"];
            /** Version */
            version: number;
        };
        /** GroupIn[Shop] */
        GroupIn_Shop_: {
            /** From At */
            from_at?: string | null;
            value: components["schemas"]["Shop"];
            /** Version */
            version: number;
        };
        /** GroupIn[Trade] */
        GroupIn_Trade_: {
            /** From At */
            from_at?: string | null;
            value: components["schemas"]["Trade"];
            /** Version */
            version: number;
        };
        /** GroupOut[Binding] */
        GroupOut_Binding_: {
            /** From At */
            from_at: string | null;
            value: components["schemas"]["Binding"];
            /** Version */
            version: number;
        };
        /** GroupOut[Live] */
        GroupOut_Live_: {
            /** From At */
            from_at: string | null;
            value: components["schemas"]["Live"];
            /** Version */
            version: number;
        };
        /** GroupOut[Payout] */
        GroupOut_Payout_: {
            /** From At */
            from_at: string | null;
            value: components["schemas"]["Payout"];
            /** Version */
            version: number;
        };
        /** GroupOut[Policies] */
        GroupOut_Policies_: {
            /** From At */
            from_at: string | null;
            value: components["schemas"]["Policies"];
            /** Version */
            version: number;
        };
        /** GroupOut[Shop] */
        GroupOut_Shop_: {
            /** From At */
            from_at: string | null;
            value: components["schemas"]["Shop"];
            /** Version */
            version: number;
        };
        /** GroupOut[Trade] */
        GroupOut_Trade_: {
            /** From At */
            from_at: string | null;
            value: components["schemas"]["Trade"];
            /** Version */
            version: number;
        };
        /**
         * HeldJobOut
         * @description A job that used up its tries. `facts` name what it is about, by id.
         */
        HeldJobOut: {
            /** Attempts */
            attempts: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Error */
            error: string;
            /** Facts */
            facts: components["schemas"]["FactOut"][];
            /**
             * Held At
             * Format: date-time
             */
            held_at: string;
            /** Id */
            id: number;
            /** Name */
            name: string;
        };
        /**
         * HostOut
         * @description A member of staff who can be given a room.
         */
        HostOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * JobDropped
         * @description Why nobody needs it any more.
         */
        JobDropped: {
            /** Reason */
            reason: string;
        };
        /**
         * JobsQueued
         * @description How many of them were held, and are queued now.
         */
        JobsQueued: {
            /** Queued */
            queued: number;
        };
        /**
         * JobsRun
         * @description Held jobs: what failed of one cause is run again together.
         */
        JobsRun: {
            /** Job Ids */
            job_ids: number[];
        };
        /**
         * KeptCard
         * @description A product in the console's list.
         */
        KeptCard: {
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
            status: components["schemas"]["ProductStatus"];
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
         * KeptProduct
         * @description A product as staff edit it: pictures both as addresses and as keys.
         */
        KeptProduct: {
            /** Brand */
            brand: string;
            /** Category */
            category: string;
            /**
             * Category Id
             * Format: uuid
             */
            category_id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Detail Html */
            detail_html: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Options */
            options: components["schemas"]["OptionOut"][];
            /** Picture Keys */
            picture_keys: string[];
            /** Pictures */
            pictures: string[];
            /** Skus */
            skus: components["schemas"]["KeptSku"][];
            /** Sold Count */
            sold_count: number;
            status: components["schemas"]["ProductStatus"];
            /** Subtitle */
            subtitle: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /** Version */
            version: number;
        };
        /**
         * KeptSku
         * @description A SKU as staff edit it: with its cost and what lies in the warehouse.
         */
        KeptSku: {
            /** Available */
            available: number;
            /** Cost Fen */
            cost_fen: number | null;
            /** Held */
            held: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** On Hand */
            on_hand: number;
            /** Options */
            options: {
                [key: string]: string;
            };
            /** Picture */
            picture: string | null;
            /** Picture Key */
            picture_key: string | null;
            /** Price Fen */
            price_fen: number;
            /** Strike Fen */
            strike_fen: number | null;
        };
        /**
         * LabelIn
         * @description What a parcel's label really says.
         */
        LabelIn: {
            /** Carrier */
            carrier: string;
            /** Tracking No */
            tracking_no: string;
        };
        /**
         * LimitIn
         * @description From now on these SKUs count as low below so many available pieces; 0: never.
         */
        LimitIn: {
            /** Low Below */
            low_below: number;
            /** Sku Ids */
            sku_ids: string[];
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
        /** Listed[AffiliateOut] */
        Listed_AffiliateOut_: {
            /** Items */
            items: components["schemas"]["AffiliateOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[AfterSaleOut] */
        Listed_AfterSaleOut_: {
            /** Items */
            items: components["schemas"]["AfterSaleOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[BulkChangeOut] */
        Listed_BulkChangeOut_: {
            /** Items */
            items: components["schemas"]["BulkChangeOut"][];
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
        /** Listed[CategoryOut] */
        Listed_CategoryOut_: {
            /** Items */
            items: components["schemas"]["CategoryOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[HostOut] */
        Listed_HostOut_: {
            /** Items */
            items: components["schemas"]["HostOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[KeptCard] */
        Listed_KeptCard_: {
            /** Items */
            items: components["schemas"]["KeptCard"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[MovementRow] */
        Listed_MovementRow_: {
            /** Items */
            items: components["schemas"]["MovementRow"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[Mover] */
        Listed_Mover_: {
            /** Items */
            items: components["schemas"]["Mover"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[PlanVersionOut] */
        Listed_PlanVersionOut_: {
            /** Items */
            items: components["schemas"]["PlanVersionOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[ProductSales] */
        Listed_ProductSales_: {
            /** Items */
            items: components["schemas"]["ProductSales"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[ProductVersionOut] */
        Listed_ProductVersionOut_: {
            /** Items */
            items: components["schemas"]["ProductVersionOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[RecordedOut] */
        Listed_RecordedOut_: {
            /** Items */
            items: components["schemas"]["RecordedOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[RefundOut] */
        Listed_RefundOut_: {
            /** Items */
            items: components["schemas"]["RefundOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[SourceSales] */
        Listed_SourceSales_: {
            /** Items */
            items: components["schemas"]["SourceSales"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[StaffOrderOut] */
        Listed_StaffOrderOut_: {
            /** Items */
            items: components["schemas"]["StaffOrderOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[StaffRoom] */
        Listed_StaffRoom_: {
            /** Items */
            items: components["schemas"]["StaffRoom"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[StaffRow] */
        Listed_StaffRow_: {
            /** Items */
            items: components["schemas"]["StaffRow"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[StaffWithdrawal] */
        Listed_StaffWithdrawal_: {
            /** Items */
            items: components["schemas"]["StaffWithdrawal"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[StockRow] */
        Listed_StockRow_: {
            /** Items */
            items: components["schemas"]["StockRow"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[TakeLineOut] */
        Listed_TakeLineOut_: {
            /** Items */
            items: components["schemas"]["TakeLineOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[TakeOut] */
        Listed_TakeOut_: {
            /** Items */
            items: components["schemas"]["TakeOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[TierOut] */
        Listed_TierOut_: {
            /** Items */
            items: components["schemas"]["TierOut"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[TurnoverRow] */
        Listed_TurnoverRow_: {
            /** Items */
            items: components["schemas"]["TurnoverRow"][];
            /** Next */
            next?: string | null;
        };
        /** Listed[VersionOut] */
        Listed_VersionOut_: {
            /** Items */
            items: components["schemas"]["VersionOut"][];
            /** Next */
            next?: string | null;
        };
        /**
         * Live
         * @description Rooms and broadcasts.
         */
        Live: {
            /**
             * Grace S
             * @default 60
             */
            grace_s: number;
            /**
             * Likes A Second Max
             * @default 20
             */
            likes_a_second_max: number;
            /**
             * Messages In Ten S Max
             * @default 10
             */
            messages_in_ten_s_max: number;
            /**
             * Messages Kept Days
             * @default 1096
             */
            messages_kept_days: number;
        };
        /**
         * LostClaimOut
         * @description An affiliate who might have earned the order, and why he does not.
         */
        LostClaimOut: {
            /**
             * Affiliate Id
             * Format: uuid
             */
            affiliate_id: string;
            kind: components["schemas"]["AttributionKind"];
            /** Why */
            why: string;
        };
        /**
         * MatchingIn
         * @description The filters of the product list, as `GET /products` reads them.
         * @default {
         *       "q": ""
         *     }
         */
        MatchingIn: {
            /** Category Id */
            category_id?: string | null;
            /**
             * Q
             * @default
             */
            q: string;
            status?: components["schemas"]["ProductStatus"] | null;
        };
        /**
         * MovementKind
         * @description Why stock moved: each kind moves on hand, held, or both.
         * @enum {string}
         */
        MovementKind: "receipt" | "hold" | "release" | "commit" | "return" | "stock_take" | "damage";
        /**
         * MovementRow
         * @description One line of the journal; after it the SKU had so many on hand, held and available.
         *
         *     `number` is that of the order or stock-take, empty for a paper that has none. `by_name` is empty
         *     where no member of staff moved it.
         */
        MovementRow: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Available After */
            available_after: number;
            /** By Name */
            by_name: string;
            /** Held After */
            held_after: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            kind: components["schemas"]["MovementKind"];
            /** Note */
            note: string;
            /** Number */
            number: string;
            /** On Hand After */
            on_hand_after: number;
            /** Order Id */
            order_id: string | null;
            /** Picture */
            picture: string | null;
            /** Product Id */
            product_id: string | null;
            /** Quantity */
            quantity: number;
            /**
             * Reference Id
             * Format: uuid
             */
            reference_id: string;
            reference_kind: components["schemas"]["ReferenceKind"];
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
         * Mover
         * @description A member of staff who moved stock by hand at some time.
         */
        Mover: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * NamedRate
         * @description One rate; `name` is the tier's, the category's or the product's, empty when that is gone.
         */
        NamedRate: {
            kind: components["schemas"]["RateKind"];
            /** Name */
            name: string;
            /** Rate Bp */
            rate_bp: number;
            /** Subject Id */
            subject_id: string;
        };
        /**
         * OptionIn
         * @description One option and the values to choose from.
         */
        OptionIn: {
            /** Name */
            name: string;
            /** Values */
            values: string[];
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
         * OrderStatus
         * @description How far an order came; what the buyer sees is `Shown`.
         * @enum {string}
         */
        OrderStatus: "placed" | "paid" | "shipped" | "received" | "completed" | "cancelled" | "refunded";
        /**
         * OverviewOut
         * @description The console's first page.
         */
        OverviewOut: {
            to_do: components["schemas"]["ToDoOut"];
            today: components["schemas"]["TodayOut"];
        };
        /**
         * ParcelLineIn
         * @description Which line of the order, and how many of it.
         */
        ParcelLineIn: {
            /** No */
            no: number;
            /** Quantity */
            quantity: number;
        };
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
         * PasswordChanged
         * @description A new password of one's own; the old one proves who asks.
         */
        PasswordChanged: {
            /** New */
            new: string;
            /** Old */
            old: string;
        };
        /**
         * Payout
         * @description When commission is available, and how it is paid out.
         */
        Payout: {
            /**
             * Automatic Max Fen
             * @default 200000
             */
            automatic_max_fen: number;
            /**
             * Holding Days
             * @default 7
             */
            holding_days: number;
            /**
             * Withdrawal Min Fen
             * @default 1000
             */
            withdrawal_min_fen: number;
        };
        /**
         * Permission
         * @description One right. What each route asks for is listed in `tests/web/rights.py`.
         * @enum {string}
         */
        Permission: "products_write" | "stock_write" | "orders_read" | "orders_ship" | "orders_refund" | "affiliates_review" | "withdrawals_approve" | "debts_write_off" | "rooms_manage" | "rooms_read" | "rooms_host" | "rooms_moderate" | "reports_read" | "staff_manage" | "settings_write";
        /**
         * PersonSaid
         * @description The owner says whose login this is, by phone number.
         */
        PersonSaid: {
            /** Phone */
            phone: string;
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
         * PictureOut
         * @description A stored picture: its key for products, its addresses for pages.
         */
        PictureOut: {
            /** Key */
            key: string;
            /** Thumb Url */
            thumb_url: string;
            /** Url */
            url: string;
        };
        /**
         * PlanIn
         * @description The next version of the plan. `version` is the one that the form was filled from.
         */
        PlanIn: {
            /** Cap Bp */
            cap_bp: number;
            /** From At */
            from_at?: string | null;
            /**
             * Rates
             * @default []
             */
            rates: {
                kind: components["schemas"]["RateKind"];
                /** Rate Bp */
                rate_bp: number;
                /** Subject Id */
                subject_id: string;
            }[];
            /** Shop Bp */
            shop_bp: number;
            /** Version */
            version: number;
        };
        /**
         * PlanOut
         * @description One version with all its rates.
         */
        PlanOut: {
            /** By Name */
            by_name: string;
            /** Cap Bp */
            cap_bp: number;
            /**
             * From At
             * Format: date-time
             */
            from_at: string;
            /** Made At */
            made_at: string | null;
            /** Rates */
            rates: components["schemas"]["NamedRate"][];
            /** Rates Count */
            rates_count: number;
            /** Shop Bp */
            shop_bp: number;
            stage: components["schemas"]["PlanStage"];
            /** Version */
            version: number;
        };
        /**
         * PlanRateIn
         * @description `subject_id` is a tier's code, or the id of a category or a product.
         */
        PlanRateIn: {
            kind: components["schemas"]["RateKind"];
            /** Rate Bp */
            rate_bp: number;
            /** Subject Id */
            subject_id: string;
        };
        /**
         * PlanStage
         * @description Where a version of the plan stands in time.
         * @enum {string}
         */
        PlanStage: "coming" | "in_force" | "past";
        /**
         * PlanVersionOut
         * @description One version without its rates. `made_at` and `by_name` are empty where nobody wrote it.
         */
        PlanVersionOut: {
            /** By Name */
            by_name: string;
            /** Cap Bp */
            cap_bp: number;
            /**
             * From At
             * Format: date-time
             */
            from_at: string;
            /** Made At */
            made_at: string | null;
            /** Rates Count */
            rates_count: number;
            /** Shop Bp */
            shop_bp: number;
            stage: components["schemas"]["PlanStage"];
            /** Version */
            version: number;
        };
        /**
         * Policies
         * @description What buyers agree to when they sign in; an empty text stands for that of the house.
         */
        Policies: {
            /**
             * Privacy Policy
             * @default
             */
            privacy_policy: string;
            /**
             * User Agreement
             * @default
             */
            user_agreement: string;
        };
        /**
         * PreviewLineOut
         * @description What would become of a product.
         */
        PreviewLineOut: {
            after: components["schemas"]["ProductStateOut"] | null;
            before: components["schemas"]["ProductStateOut"];
            /** Is Below Cost */
            is_below_cost: boolean;
            /** Picture */
            picture: string | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            refusal: components["schemas"]["SentenceOut"] | null;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * PriceAddedIn
         * @description Every SKU costs so much more; negative: less.
         */
        PriceAddedIn: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * Kind
             * @constant
             */
            kind: "price_added";
        };
        /**
         * PriceScaledIn
         * @description Every SKU costs this part more (500: 5 %), half a fen rounded up; negative: less.
         */
        PriceScaledIn: {
            /** Change Bp */
            change_bp: number;
            /**
             * Kind
             * @constant
             */
            kind: "price_scaled";
        };
        /**
         * PriceSetIn
         * @description Every SKU costs this.
         */
        PriceSetIn: {
            /** Amount Fen */
            amount_fen: number;
            /**
             * Kind
             * @constant
             */
            kind: "price_set";
        };
        /**
         * ProductIn
         * @description A product as staff write it. Limits are declared here and nowhere else.
         */
        ProductIn: {
            /**
             * Brand
             * @default
             */
            brand: string;
            /**
             * Category Id
             * Format: uuid
             */
            category_id: string;
            /**
             * Detail Html
             * @default
             */
            detail_html: string;
            /**
             * Options
             * @default []
             */
            options: {
                /** Name */
                name: string;
                /** Values */
                values: string[];
            }[];
            /**
             * Pictures
             * @default []
             */
            pictures: string[];
            /** Skus */
            skus: {
                /** Cost Fen */
                cost_fen?: number | null;
                /** Options */
                options: {
                    [key: string]: string;
                };
                /** Picture */
                picture?: string | null;
                /** Price Fen */
                price_fen: number;
                /**
                 * Stock
                 * @default 0
                 */
                stock: number;
                /** Strike Fen */
                strike_fen?: number | null;
            }[];
            /**
             * Subtitle
             * @default
             */
            subtitle: string;
            /**
             * Tags
             * @default []
             */
            tags: string[];
            /** Title */
            title: string;
            /** Version */
            version?: number | null;
        };
        /**
         * ProductPart
         * @description The part of a product that a difference is about. The console has a word for each.
         * @enum {string}
         */
        ProductPart: "title" | "subtitle" | "category" | "brand" | "tags" | "pictures" | "detail" | "detail_pictures" | "options" | "skus" | "price" | "strike" | "cost" | "sku_picture";
        /**
         * ProductSales
         * @description A product over the days that were asked for.
         */
        ProductSales: {
            /** Net Fen */
            net_fen: number;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            /** Quantity */
            quantity: number;
            /** Refunded Quantity */
            refunded_quantity: number;
            /** Refunds Fen */
            refunds_fen: number;
            /** Sales Fen */
            sales_fen: number;
            /** Title */
            title: string;
        };
        /**
         * ProductStateOut
         * @description How a product stands, as far as a bulk change may touch it.
         */
        ProductStateOut: {
            /** Category */
            category: string;
            /** Price Max Fen */
            price_max_fen: number;
            /** Price Min Fen */
            price_min_fen: number;
            status: components["schemas"]["ProductStatus"];
        };
        /**
         * ProductStatus
         * @description A draft was never listed; a delisted product was, and may be again.
         * @enum {string}
         */
        ProductStatus: "draft" | "listed" | "delisted";
        /**
         * ProductVersionOut
         * @description A version of a product, and who wrote it when.
         */
        ProductVersionOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By Name */
            by_name: string;
            /** Version */
            version: number;
        };
        /**
         * QueueOut
         * @description What waits. `oldest_s`: for how long the oldest job has been due and not begun.
         */
        QueueOut: {
            /** Held */
            held: components["schemas"]["HeldJobOut"][];
            /** Oldest S */
            oldest_s: number;
            /** Waiting */
            waiting: number;
            /** Workers */
            workers: components["schemas"]["WorkerOut"][];
        };
        /**
         * RateKind
         * @description What a rate of the commission plan is for.
         * @enum {string}
         */
        RateKind: "tier" | "category" | "product";
        /**
         * ReadRow
         * @description One row of a sheet as it was read: what would be counted, or what is wrong with it.
         */
        ReadRow: {
            /** No */
            no: number;
            problem: components["schemas"]["SheetProblem"] | null;
            /** Quantity */
            quantity: number | null;
            /** Sku Id */
            sku_id: string | null;
            /** Typed */
            typed: string;
            /** Was */
            was: number | null;
        };
        /**
         * Receipt
         * @description The client makes the id: sent twice, it counts once.
         */
        Receipt: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
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
             * Note
             * @default
             */
            note: string;
        };
        /**
         * ReceivedIn
         * @description What became of the goods.
         */
        ReceivedIn: {
            /**
             * Is Restocked
             * @default true
             */
            is_restocked: boolean;
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
         * RecordedOut
         * @description Something that staff did. `subject` names the thing, as `order:<id>`.
         */
        RecordedOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By Name */
            by_name: string;
            deed: components["schemas"]["Deed"];
            /** Facts */
            facts: components["schemas"]["FactOut"][];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Subject */
            subject: string;
        };
        /**
         * ReferenceKind
         * @description What a movement belongs to; with the reference's id it names one posting.
         * @enum {string}
         */
        ReferenceKind: "order" | "after_sale" | "receipt" | "damage" | "stock_take";
        /**
         * RefundOut
         * @description A refund that waits for a person; `after_sale_id` null: money that came too late.
         */
        RefundOut: {
            /** After Sale Id */
            after_sale_id: string | null;
            /** Amount Fen */
            amount_fen: number;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Called At */
            called_at: string | null;
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /** Order No */
            order_no: string;
            /** Out Refund No */
            out_refund_no: string;
            /** Provider */
            provider: string;
            /** Reason */
            reason: string;
            settlement: components["schemas"]["SettlementOut"] | null;
            status: components["schemas"]["RefundStatus"];
        };
        /**
         * RefundStatus
         * @description How far a refund has come.
         *
         *     `asked`: its number is written down. `sent`: the provider was asked, and may have paid.
         *     `succeeded`: the money is back. A person has to act on the others: `abnormal` (it left and did
         *     not arrive), `closed` (the provider will not pay under this number any more), `refused` (the
         *     provider would not take it). `settled`: a person has given the money back another way.
         * @enum {string}
         */
        RefundStatus: "asked" | "sent" | "succeeded" | "abnormal" | "closed" | "refused" | "settled";
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
         * RefusedRow
         * @description A row that was not written down, and why.
         */
        RefusedRow: {
            problem: components["schemas"]["CountProblem"];
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
        };
        /**
         * RefuseIn
         * @description Why not, in words for the buyer.
         */
        RefuseIn: {
            /** Reason */
            reason: string;
        };
        /**
         * RestoreIn
         * @description Which version the comparison was made with; another one by now refuses it.
         */
        RestoreIn: {
            /** Version */
            version: number;
        };
        /**
         * RevealIn
         * @description Why somebody has to see a buyer's whole address.
         */
        RevealIn: {
            /** Reason */
            reason: string;
        };
        /**
         * Role
         * @description What somebody is hired for; `PERMISSIONS` says what that allows.
         * @enum {string}
         */
        Role: "owner" | "operator" | "warehouse" | "finance" | "reviewer" | "moderator" | "host";
        /**
         * RoomId
         * @description The id of what was just written.
         */
        RoomId: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * RoomIn
         * @description `host_staff_id`: the member of staff whose room it is; a host sees no other.
         */
        RoomIn: {
            /** Cover Key */
            cover_key?: string | null;
            /** Host Affiliate Id */
            host_affiliate_id?: string | null;
            /** Host Name */
            host_name: string;
            /** Host Staff Id */
            host_staff_id?: string | null;
            /**
             * Slow Mode S
             * @default 0
             */
            slow_mode_s: number;
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
         * Rows
         * @description Which rows of a sheet.
         * @enum {string}
         */
        Rows: "all" | "uncounted" | "different" | "blocked";
        /**
         * SeenProduct
         * @description A product, and its version when staff saw what would become of it.
         */
        SeenProduct: {
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            /** Version */
            version: number;
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
         * Settings
         * @description What decides, as it is in force at one moment: read once for a batch, then handed on.
         *
         *     Texts decide nothing and are long: `Policies` is read where it is shown.
         */
        Settings: {
            /**
             * @default {
             *       "binding_days": 30,
             *       "clicks_kept_days": 400,
             *       "protection_days": 7,
             *       "share_days": 7
             *     }
             */
            binding: components["schemas"]["Binding"];
            /**
             * @default {
             *       "grace_s": 60,
             *       "likes_a_second_max": 20,
             *       "messages_in_ten_s_max": 10,
             *       "messages_kept_days": 1096
             *     }
             */
            live: components["schemas"]["Live"];
            /**
             * @default {
             *       "automatic_max_fen": 200000,
             *       "holding_days": 7,
             *       "withdrawal_min_fen": 1000
             *     }
             */
            payout: components["schemas"]["Payout"];
            /**
             * @default {
             *       "company": "",
             *       "licence_no": "",
             *       "name": "播分好物",
             *       "notice": "",
             *       "return_address": "",
             *       "return_name": "",
             *       "return_phone": "",
             *       "service_phone": ""
             *     }
             */
            shop: components["schemas"]["Shop"];
            /**
             * @default {
             *       "after_sale_days": 7,
             *       "confirm_after_shipped_days": 10,
             *       "confirm_after_signed_days": 7,
             *       "freight_fen": 800,
             *       "freight_free_from_fen": 9900,
             *       "is_sold_out_hidden": true,
             *       "low_stock_below": 10,
             *       "open_orders_max": 20,
             *       "pay_within_min": 15,
             *       "traces_kept_days": 180
             *     }
             */
            trade: components["schemas"]["Trade"];
        };
        /**
         * SettingsOut
         * @description All groups as written last, and beside them what is in force now.
         */
        SettingsOut: {
            binding: components["schemas"]["GroupOut_Binding_"];
            in_force: components["schemas"]["Settings"];
            live: components["schemas"]["GroupOut_Live_"];
            payout: components["schemas"]["GroupOut_Payout_"];
            policies: components["schemas"]["GroupOut_Policies_"];
            shop: components["schemas"]["GroupOut_Shop_"];
            trade: components["schemas"]["GroupOut_Trade_"];
        };
        /**
         * SettleIn
         * @description How the money went back, such as a bank transfer with its number.
         */
        SettleIn: {
            /** Reason */
            reason: string;
        };
        /**
         * SettlementOut
         * @description Who says that the money went back another way, and how. A second person confirms.
         */
        SettlementOut: {
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Asked By */
            asked_by: string;
            /**
             * Asked By Id
             * Format: uuid
             */
            asked_by_id: string;
            /** Reason */
            reason: string;
        };
        /**
         * SheetIn
         * @description A sheet with numbers, as it was pasted or as the file holds it.
         */
        SheetIn: {
            /** Text */
            text: string;
        };
        /**
         * SheetOut
         * @description All rows with a number. Nothing is written: they are sent as counts when they are right.
         */
        SheetOut: {
            /** Overwrites */
            overwrites: number;
            /** Rows */
            rows: components["schemas"]["ReadRow"][];
        };
        /**
         * SheetProblem
         * @description Why a row cannot be counted.
         * @enum {string}
         */
        SheetProblem: "unknown" | "ambiguous" | "odd_number" | "twice";
        /**
         * ShipmentIn
         * @description Without lines: everything that is left to send.
         */
        ShipmentIn: {
            /** Carrier */
            carrier: string;
            /** Lines */
            lines?: {
                /** No */
                no: number;
                /** Quantity */
                quantity: number;
            }[] | null;
            /** Tracking No */
            tracking_no: string;
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
         * Shop
         * @description Who sells: what buyers, posters and parcels say of the merchant.
         */
        Shop: {
            /**
             * Company
             * @default
             */
            company: string;
            /**
             * Licence No
             * @default
             */
            licence_no: string;
            /**
             * Name
             * @default 播分好物
             */
            name: string;
            /**
             * Notice
             * @default
             */
            notice: string;
            /**
             * Return Address
             * @default
             */
            return_address: string;
            /**
             * Return Name
             * @default
             */
            return_name: string;
            /**
             * Return Phone
             * @default
             */
            return_phone: string;
            /**
             * Service Phone
             * @default
             */
            service_phone: string;
        };
        /**
         * Shown
         * @description What the buyer sees: a projection of order, parcels and after-sales.
         * @enum {string}
         */
        Shown: "submitted" | "paid" | "shipped" | "in_transit" | "signed" | "refunding" | "refunded" | "cancelled" | "completed";
        /**
         * SkuIn
         * @description One buyable combination; `picture` replaces the product's first one for it.
         */
        SkuIn: {
            /** Cost Fen */
            cost_fen?: number | null;
            /** Options */
            options: {
                [key: string]: string;
            };
            /** Picture */
            picture?: string | null;
            /** Price Fen */
            price_fen: number;
            /**
             * Stock
             * @default 0
             */
            stock: number;
            /** Strike Fen */
            strike_fen?: number | null;
        };
        /**
         * Source
         * @description Where an order came from; one primary source excludes the others.
         * @enum {string}
         */
        Source: "live" | "affiliate" | "replay" | "shop";
        /**
         * SourceSales
         * @description A source excludes the others; `tags` says how much of it also came by an affiliate.
         */
        SourceSales: {
            /** Net Fen */
            net_fen: number;
            /** Orders */
            orders: number;
            /** Refunds */
            refunds: number;
            /** Refunds Fen */
            refunds_fen: number;
            /** Sales Fen */
            sales_fen: number;
            source: components["schemas"]["Source"];
            /** Tags */
            tags: {
                [key: string]: {
                    [key: string]: number;
                };
            };
        };
        /**
         * StaffChanged
         * @description A member of staff as it shall be; without a password the old one stays.
         */
        StaffChanged: {
            /** Is Active */
            is_active: boolean;
            /** Login */
            login: string;
            /** Name */
            name: string;
            /** Password */
            password?: string | null;
            role: components["schemas"]["Role"];
        };
        /**
         * StaffHired
         * @description A new member of staff with a first password.
         */
        StaffHired: {
            /** Login */
            login: string;
            /** Name */
            name: string;
            /** Password */
            password: string;
            role: components["schemas"]["Role"];
        };
        /**
         * StaffId
         * @description The id of who was just hired.
         */
        StaffId: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
        };
        /**
         * StaffOrderOut
         * @description An order with what only staff see; `media_time_ms`: where in the broadcast it was placed.
         */
        StaffOrderOut: {
            /** Accepted At */
            accepted_at: string | null;
            address: components["schemas"]["RecipientOut"];
            attribution: components["schemas"]["AttributionOut"];
            /** Buyer */
            buyer: string;
            /** Buyer Avatar */
            buyer_avatar: string | null;
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
            /** Media Time Ms */
            media_time_ms: number | null;
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
         * StaffOut
         * @description Who is signed in, and what this role may do.
         */
        StaffOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Permissions */
            permissions: components["schemas"]["Permission"][];
            role: components["schemas"]["Role"];
        };
        /**
         * StaffPerson
         * @description Who a login is; all null: nobody has proved or said it yet.
         */
        StaffPerson: {
            /** Nickname */
            nickname: string | null;
            /** Person Id */
            person_id: string | null;
            /** Phone Masked */
            phone_masked: string | null;
        };
        /**
         * StaffRoom
         * @description A room with what only the merchant decides of it.
         */
        StaffRoom: {
            /** Cover */
            cover: string | null;
            /** Cover Key */
            cover_key: string | null;
            /** Host Affiliate Id */
            host_affiliate_id: string | null;
            /** Host Name */
            host_name: string;
            /** Host Staff Id */
            host_staff_id: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Scheduled At */
            scheduled_at: string | null;
            /** Slow Mode S */
            slow_mode_s: number;
            status: components["schemas"]["RoomStatus"];
            /** Title */
            title: string;
            /** Viewers */
            viewers: number;
        };
        /**
         * StaffRow
         * @description Somebody who works or worked here.
         */
        StaffRow: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Is Active */
            is_active: boolean;
            /** Login */
            login: string;
            /** Name */
            name: string;
            role: components["schemas"]["Role"];
        };
        /**
         * StaffSignedIn
         * @description A new session: the token is shown this once.
         */
        StaffSignedIn: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            staff: components["schemas"]["StaffOut"];
            /** Token */
            token: string;
        };
        /**
         * StaffSignIn
         * @description Login and password.
         */
        StaffSignIn: {
            /** Login */
            login: string;
            /** Password */
            password: string;
        };
        /**
         * StaffTrackingOut
         * @description With what can still be sent: pieces by line that are in no parcel and not asked back.
         */
        StaffTrackingOut: {
            /** Shipments */
            shipments: components["schemas"]["ShipmentOut"][];
            /** Unsent */
            unsent: components["schemas"]["ParcelLineOut"][];
        };
        /**
         * StaffWithdrawal
         * @description A withdrawal as staff see it, without what only the payee's own wallet needs.
         */
        StaffWithdrawal: {
            /**
             * Affiliate Id
             * Format: uuid
             */
            affiliate_id: string;
            /** Amount Fen */
            amount_fen: number;
            /** Approvals Needed */
            approvals_needed: number;
            /** Approved By */
            approved_by: string[];
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
            /** Needs Approval */
            needs_approval: boolean;
            /** Nickname */
            nickname: string;
            /** Real Name */
            real_name: string;
            status: components["schemas"]["WithdrawalStatus"];
        };
        /**
         * StandingIn
         * @description A tier, and a rate of one's own that comes before the tier's.
         */
        StandingIn: {
            /** Rate Bp */
            rate_bp?: number | null;
            /** Tier */
            tier: string;
        };
        /**
         * StatusChangeIn
         * @description Buyers see them from now on, or no more.
         */
        StatusChangeIn: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "listing" | "delisting";
        };
        /**
         * StockLine
         * @description A SKU and how many pieces of it.
         */
        StockLine: {
            /** Quantity */
            quantity: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
        };
        /**
         * StockRow
         * @description One SKU's stock in pieces; low when fewer than `low_below` are available.
         */
        StockRow: {
            /** Available */
            available: number;
            /** Held */
            held: number;
            /** Low Below */
            low_below: number;
            /** On Hand */
            on_hand: number;
            /** Picture */
            picture: string | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
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
         * StockTake
         * @description A count, named by its client: sent twice, it counts once.
         */
        StockTake: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
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
             * Note
             * @default
             */
            note: string;
        };
        /**
         * Tag
         * @description What else is true of an order beside its primary source.
         * @enum {string}
         */
        Tag: "affiliate";
        /**
         * TakeIn
         * @description What is to be counted; no SKUs: all of them. `includes_unsent`: also what is sold and has not
         *     left, because it lies on the same shelf.
         */
        TakeIn: {
            /**
             * Includes Unsent
             * @default true
             */
            includes_unsent: boolean;
            /**
             * Note
             * @default
             */
            note: string;
            /**
             * Sku Ids
             * @default []
             */
            sku_ids: string[];
        };
        /**
         * TakeLineOut
         * @description One row of the sheet. `book` is that of the moment at which the row was counted.
         *
         *     `value_fen`: the difference at today's cost; None where that is not known or not shown.
         *     `is_blocked`: it cannot be confirmed, because it would take what is promised to orders.
         */
        TakeLineOut: {
            /** Book */
            book: number | null;
            /** Book At Begin */
            book_at_begin: number;
            /** Counted */
            counted: number | null;
            /** Counted At */
            counted_at: string | null;
            /** Counted By Name */
            counted_by_name: string;
            /** Difference */
            difference: number | null;
            /** Is Blocked */
            is_blocked: boolean;
            /** No */
            no: number;
            /** Picture */
            picture: string | null;
            /** Product Id */
            product_id: string | null;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
            /** Spec */
            spec: string;
            /** Title */
            title: string;
            /** Value Fen */
            value_fen: number | null;
        };
        /**
         * TakeOut
         * @description A stock-take and what it comes to so far.
         *
         *     `surplus` and `missing` are pieces. `value_fen` is what the differences are worth at today's
         *     cost, and `unvalued` rows differ without a known cost; None for staff who see no figures.
         */
        TakeOut: {
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /** Begun By Name */
            begun_by_name: string;
            /** Counted */
            counted: number;
            /** Different */
            different: number;
            /** Ended At */
            ended_at: string | null;
            /** Ended By Name */
            ended_by_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Includes Unsent */
            includes_unsent: boolean;
            /** Missing */
            missing: number;
            /** Note */
            note: string;
            /** Number */
            number: string;
            /** Skus */
            skus: number;
            status: components["schemas"]["TakeStatus"];
            /** Surplus */
            surplus: number;
            /** Unvalued */
            unvalued: number | null;
            /** Value Fen */
            value_fen: number | null;
        };
        /**
         * TakeStatus
         * @description A stock-take is open until somebody confirms or cancels it.
         * @enum {string}
         */
        TakeStatus: "open" | "confirmed" | "cancelled";
        /**
         * TierIn
         * @description A step of the ladder; lower `position` first.
         */
        TierIn: {
            /** Name */
            name: string;
            /** Position */
            position: number;
        };
        /**
         * TierOut
         * @description A step of the ladder; lower `position` first.
         */
        TierOut: {
            /** Code */
            code: string;
            /** Name */
            name: string;
            /** Position */
            position: number;
        };
        /**
         * TodayOut
         * @description Money is shown only to staff who may read reports.
         */
        TodayOut: {
            /** Orders */
            orders: number;
            /** Refunds Fen */
            refunds_fen: number | null;
            /** Sales Fen */
            sales_fen: number | null;
            /** Viewers */
            viewers: number;
        };
        /**
         * ToDoOut
         * @description How many things wait for this member of staff; a thousand means a thousand or more.
         *
         *     None for what is not his to do.
         */
        ToDoOut: {
            /** Affiliates */
            affiliates: number | null;
            /** After Sales */
            after_sales: number | null;
            /** Held Jobs */
            held_jobs: number | null;
            /** Low Stock */
            low_stock: number | null;
            /** Refunds */
            refunds: number | null;
            /** Ship */
            ship: number | null;
            /** Withdrawals */
            withdrawals: number | null;
        };
        /**
         * TotalSales
         * @description All days of a range together.
         */
        TotalSales: {
            /** Net Fen */
            net_fen: number;
            /** Orders */
            orders: number;
            /** Refunds */
            refunds: number;
            /** Refunds Fen */
            refunds_fen: number;
            /** Sales Fen */
            sales_fen: number;
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
         * TrackStatus
         * @description Where a parcel is. `ordered`: its label exists, nobody has picked it up yet.
         * @enum {string}
         */
        TrackStatus: "no_trace" | "ordered" | "collected" | "in_transit" | "delivering" | "awaiting_pickup" | "signed" | "signed_by_proxy" | "exception" | "rejected" | "returning" | "returned" | "customs" | "cancelled";
        /**
         * Trade
         * @description Terms of sale. A change counts for orders placed from then on; see each field.
         */
        Trade: {
            /**
             * After Sale Days
             * @default 7
             */
            after_sale_days: number;
            /**
             * Confirm After Shipped Days
             * @default 10
             */
            confirm_after_shipped_days: number;
            /**
             * Confirm After Signed Days
             * @default 7
             */
            confirm_after_signed_days: number;
            /**
             * Freight Fen
             * @default 800
             */
            freight_fen: number;
            /**
             * Freight Free From Fen
             * @default 9900
             */
            freight_free_from_fen: number;
            /**
             * Is Sold Out Hidden
             * @default true
             */
            is_sold_out_hidden: boolean;
            /**
             * Low Stock Below
             * @default 10
             */
            low_stock_below: number;
            /**
             * Open Orders Max
             * @default 20
             */
            open_orders_max: number;
            /**
             * Pay Within Min
             * @default 15
             */
            pay_within_min: number;
            /**
             * Traces Kept Days
             * @default 180
             */
            traces_kept_days: number;
        };
        /**
         * TurnoverRow
         * @description How one SKU sold in the last thirty days: `sold` pieces less refunds, on `sale_days` days.
         *
         *     `days_left` and `to_order` are None where sales on fewer than seven days foretell nothing.
         *     `to_order`: what is missing for another thirty days.
         */
        TurnoverRow: {
            /** Available */
            available: number;
            /** Days Left */
            days_left: number | null;
            /** Low Below */
            low_below: number;
            /** On Hand */
            on_hand: number;
            /** Picture */
            picture: string | null;
            /**
             * Product Id
             * Format: uuid
             */
            product_id: string;
            /** Sale Days */
            sale_days: number;
            /**
             * Sku Id
             * Format: uuid
             */
            sku_id: string;
            /** Sold */
            sold: number;
            /** Spec */
            spec: string;
            /** Title */
            title: string;
            /** To Order */
            to_order: number | null;
        };
        /**
         * VersionOut
         * @description One version of a group: who wrote it, when, and what it says.
         */
        VersionOut: {
            /** By Name */
            by_name: string;
            /**
             * From At
             * Format: date-time
             */
            from_at: string;
            /** Value */
            value: {
                [key: string]: boolean | string | number;
            };
            /** Version */
            version: number;
            /**
             * Written At
             * Format: date-time
             */
            written_at: string;
        };
        /**
         * WithdrawalRefusalIn
         * @description Why; the affiliate reads it.
         */
        WithdrawalRefusalIn: {
            /** Reason */
            reason: string;
        };
        /**
         * WithdrawalStatus
         * @description `requested` waits for people, `approved` for the provider, `waiting_user` for the payee.
         * @enum {string}
         */
        WithdrawalStatus: "requested" | "approved" | "waiting_user" | "paid" | "failed" | "refused";
        /**
         * WorkerOut
         * @description A worker that was heard of within the last seconds.
         */
        WorkerOut: {
            /** Host */
            host: string;
            /** Pid */
            pid: number;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
        };
        /**
         * WriteOffIn
         * @description `amount_fen` is the whole debt as it was shown.
         */
        WriteOffIn: {
            /** Amount Fen */
            amount_fen: number;
            /** Reason */
            reason: string;
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
    listed_affiliates: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                status?: components["schemas"]["AffiliateStatus"] | null;
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
                    "application/json": components["schemas"]["Listed_AffiliateOut_"];
                };
            };
        };
    };
    approve_affiliates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                affiliate_id: string;
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
                    "application/json": components["schemas"]["AffiliateOut"];
                };
            };
        };
    };
    close_affiliates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                affiliate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliateOut"];
                };
            };
        };
    };
    freeze_affiliates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                affiliate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliateOut"];
                };
            };
        };
    };
    refuse_affiliates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                affiliate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliateOut"];
                };
            };
        };
    };
    promote_affiliates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                affiliate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Rate Bp */
                    rate_bp?: number | null;
                    /** Tier */
                    tier: string;
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
                    "application/json": components["schemas"]["AffiliateOut"];
                };
            };
        };
    };
    write_off_affiliates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                affiliate_id: string;
                write_off_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Amount Fen */
                    amount_fen: number;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AffiliateOut"];
                };
            };
        };
    };
    "all_after_sales_after-sales": {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                status?: components["schemas"]["AfterSaleStatus"] | null;
                /** @description Only what waits for staff. */
                waiting?: boolean;
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
                    "application/json": components["schemas"]["Listed_AfterSaleOut_"];
                };
            };
        };
    };
    "one_after_sale_after-sales": {
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
                    "application/json": components["schemas"]["AfterSaleOut"];
                };
            };
        };
    };
    "approve_after-sales": {
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
                    "application/json": components["schemas"]["AfterSaleOut"];
                };
            };
        };
    };
    "received_after-sales": {
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
                    /**
                     * Is Restocked
                     * @default true
                     */
                    is_restocked?: boolean;
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
                    "application/json": components["schemas"]["AfterSaleOut"];
                };
            };
        };
    };
    "refuse_after-sales": {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AfterSaleOut"];
                };
            };
        };
    };
    audit_log_settings: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                staff_id?: string | null;
                subject?: string | null;
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
                    "application/json": components["schemas"]["Listed_RecordedOut_"];
                };
            };
        };
    };
    list_bulk_changes_products: {
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
                    "application/json": components["schemas"]["Listed_BulkChangeOut_"];
                };
            };
        };
    };
    see_bulk_change_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bulk_change_id: string;
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
                    "application/json": components["schemas"]["BulkResultOut"];
                };
            };
        };
    };
    make_bulk_change_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bulk_change_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Change */
                    change: {
                        /**
                         * Kind
                         * @enum {string}
                         */
                        kind: "listing" | "delisting";
                    } | {
                        /**
                         * Category Id
                         * Format: uuid
                         */
                        category_id: string;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "category";
                    } | {
                        /** Amount Fen */
                        amount_fen: number;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "price_set";
                    } | {
                        /** Amount Fen */
                        amount_fen: number;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "price_added";
                    } | {
                        /** Change Bp */
                        change_bp: number;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "price_scaled";
                    };
                    /** Products */
                    products: {
                        /**
                         * Product Id
                         * Format: uuid
                         */
                        product_id: string;
                        /** Version */
                        version: number;
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
                    "application/json": components["schemas"]["BulkResultOut"];
                };
            };
        };
    };
    undo_bulk_change_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bulk_change_id: string;
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
                    "application/json": components["schemas"]["BulkResultOut"];
                };
            };
        };
    };
    preview_bulk_change_products: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Change */
                    change: {
                        /**
                         * Kind
                         * @enum {string}
                         */
                        kind: "listing" | "delisting";
                    } | {
                        /**
                         * Category Id
                         * Format: uuid
                         */
                        category_id: string;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "category";
                    } | {
                        /** Amount Fen */
                        amount_fen: number;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "price_set";
                    } | {
                        /** Amount Fen */
                        amount_fen: number;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "price_added";
                    } | {
                        /** Change Bp */
                        change_bp: number;
                        /**
                         * Kind
                         * @constant
                         */
                        kind: "price_scaled";
                    };
                    /**
                     * MatchingIn
                     * @description The filters of the product list, as `GET /products` reads them.
                     * @default {
                     *       "q": ""
                     *     }
                     */
                    matching?: {
                        /** Category Id */
                        category_id?: string | null;
                        /**
                         * Q
                         * @default
                         */
                        q?: string;
                        status?: components["schemas"]["ProductStatus"] | null;
                    };
                    /**
                     * Product Ids
                     * @default []
                     */
                    product_ids?: string[];
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
                    "application/json": components["schemas"]["BulkPreviewOut"];
                };
            };
        };
    };
    carriers_shipments: {
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
    add_category_products: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Name */
                    name: string;
                    /** Parent Id */
                    parent_id?: string | null;
                    /** Picture */
                    picture?: string | null;
                    /**
                     * Position
                     * @default 0
                     */
                    position?: number;
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
                    "application/json": components["schemas"]["CategoryId"];
                };
            };
        };
    };
    change_category_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                category_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Name */
                    name: string;
                    /** Parent Id */
                    parent_id?: string | null;
                    /** Picture */
                    picture?: string | null;
                    /**
                     * Position
                     * @default 0
                     */
                    position?: number;
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
                    "application/json": components["schemas"]["CategoryId"];
                };
            };
        };
    };
    remove_category_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                category_id: string;
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
    queue_jobs: {
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
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
        };
    };
    drop_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    run_again_jobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Job Ids */
                    job_ids: number[];
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
                    "application/json": components["schemas"]["JobsQueued"];
                };
            };
        };
    };
    who_am_i_sessions: {
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
                    "application/json": components["schemas"]["StaffOut"];
                };
            };
        };
    };
    change_my_password_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** New */
                    new: string;
                    /** Old */
                    old: string;
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
    all_orders_orders: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                q?: string | null;
                shown?: components["schemas"]["Shown"] | null;
                source?: components["schemas"]["Source"] | null;
                to_ship?: boolean;
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
                    "application/json": components["schemas"]["Listed_StaffOrderOut_"];
                };
            };
        };
    };
    one_order_orders: {
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
                    "application/json": components["schemas"]["StaffOrderOut"];
                };
            };
        };
    };
    accept_orders: {
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
                    "application/json": components["schemas"]["StaffOrderOut"];
                };
            };
        };
    };
    reveal_orders: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipientOut"];
                };
            };
        };
    };
    parcels_shipments: {
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
                    "application/json": components["schemas"]["StaffTrackingOut"];
                };
            };
        };
    };
    send_parcel_shipments: {
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
                    /** Carrier */
                    carrier: string;
                    /** Lines */
                    lines?: {
                        /** No */
                        no: number;
                        /** Quantity */
                        quantity: number;
                    }[] | null;
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShipmentOut"];
                };
            };
        };
    };
    correct_parcel_shipments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
                shipment_id: string;
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
                    "application/json": components["schemas"]["ShipmentOut"];
                };
            };
        };
    };
    read_overview_overview: {
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
    upload_picture_products: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_upload_picture_products"];
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
                    "application/json": components["schemas"]["PictureOut"];
                };
            };
        };
    };
    read_plan_plan: {
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
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
        };
    };
    write_plan_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Cap Bp */
                    cap_bp: number;
                    /** From At */
                    from_at?: string | null;
                    /**
                     * Rates
                     * @default []
                     */
                    rates?: {
                        kind: components["schemas"]["RateKind"];
                        /** Rate Bp */
                        rate_bp: number;
                        /** Subject Id */
                        subject_id: string;
                    }[];
                    /** Shop Bp */
                    shop_bp: number;
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
        };
    };
    list_plan_versions_plan: {
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
                    "application/json": components["schemas"]["Listed_PlanVersionOut_"];
                };
            };
        };
    };
    read_plan_version_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
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
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
        };
    };
    find_products_products: {
        parameters: {
            query?: {
                category_id?: string | null;
                cursor?: string | null;
                limit?: number;
                q?: string;
                sort?: "relevance" | "sales" | "price_asc" | "price_desc" | "new";
                status?: components["schemas"]["ProductStatus"] | null;
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
                    "application/json": components["schemas"]["Listed_KeptCard_"];
                };
            };
        };
    };
    add_product_products: {
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
                     * Brand
                     * @default
                     */
                    brand?: string;
                    /**
                     * Category Id
                     * Format: uuid
                     */
                    category_id: string;
                    /**
                     * Detail Html
                     * @default
                     */
                    detail_html?: string;
                    /**
                     * Options
                     * @default []
                     */
                    options?: {
                        /** Name */
                        name: string;
                        /** Values */
                        values: string[];
                    }[];
                    /**
                     * Pictures
                     * @default []
                     */
                    pictures?: string[];
                    /** Skus */
                    skus: {
                        /** Cost Fen */
                        cost_fen?: number | null;
                        /** Options */
                        options: {
                            [key: string]: string;
                        };
                        /** Picture */
                        picture?: string | null;
                        /** Price Fen */
                        price_fen: number;
                        /**
                         * Stock
                         * @default 0
                         */
                        stock?: number;
                        /** Strike Fen */
                        strike_fen?: number | null;
                    }[];
                    /**
                     * Subtitle
                     * @default
                     */
                    subtitle?: string;
                    /**
                     * Tags
                     * @default []
                     */
                    tags?: string[];
                    /** Title */
                    title: string;
                    /** Version */
                    version?: number | null;
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
                    "application/json": components["schemas"]["KeptProduct"];
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
                    "application/json": components["schemas"]["KeptProduct"];
                };
            };
        };
    };
    change_product_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Brand
                     * @default
                     */
                    brand?: string;
                    /**
                     * Category Id
                     * Format: uuid
                     */
                    category_id: string;
                    /**
                     * Detail Html
                     * @default
                     */
                    detail_html?: string;
                    /**
                     * Options
                     * @default []
                     */
                    options?: {
                        /** Name */
                        name: string;
                        /** Values */
                        values: string[];
                    }[];
                    /**
                     * Pictures
                     * @default []
                     */
                    pictures?: string[];
                    /** Skus */
                    skus: {
                        /** Cost Fen */
                        cost_fen?: number | null;
                        /** Options */
                        options: {
                            [key: string]: string;
                        };
                        /** Picture */
                        picture?: string | null;
                        /** Price Fen */
                        price_fen: number;
                        /**
                         * Stock
                         * @default 0
                         */
                        stock?: number;
                        /** Strike Fen */
                        strike_fen?: number | null;
                    }[];
                    /**
                     * Subtitle
                     * @default
                     */
                    subtitle?: string;
                    /**
                     * Tags
                     * @default []
                     */
                    tags?: string[];
                    /** Title */
                    title: string;
                    /** Version */
                    version?: number | null;
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
                    "application/json": components["schemas"]["KeptProduct"];
                };
            };
        };
    };
    copy_product_products: {
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptProduct"];
                };
            };
        };
    };
    delist_product_products: {
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
                    "application/json": components["schemas"]["KeptProduct"];
                };
            };
        };
    };
    list_product_products: {
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
                    "application/json": components["schemas"]["KeptProduct"];
                };
            };
        };
    };
    list_product_versions_products: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
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
                    "application/json": components["schemas"]["Listed_ProductVersionOut_"];
                };
            };
        };
    };
    compare_product_version_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
                version: number;
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
                    "application/json": components["schemas"]["ComparedVersionOut"];
                };
            };
        };
    };
    restore_product_version_products: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                product_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["KeptProduct"];
                };
            };
        };
    };
    refunds_in_doubt_refunds: {
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
                    "application/json": components["schemas"]["Listed_RefundOut_"];
                };
            };
        };
    };
    send_again_refunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_refund_no: string;
                provider: string;
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
    ask_settlement_refunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_refund_no: string;
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    confirm_settlement_refunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                out_refund_no: string;
                provider: string;
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
    daily_reports: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
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
                    "application/json": components["schemas"]["DailyOut"];
                };
            };
        };
    };
    export_csv_reports: {
        parameters: {
            query: {
                from?: string | null;
                report: components["schemas"]["Exported"];
                to?: string | null;
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
                content?: never;
            };
        };
    };
    products_reports: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
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
                    "application/json": components["schemas"]["Listed_ProductSales_"];
                };
            };
        };
    };
    sources_reports: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
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
                    "application/json": components["schemas"]["Listed_SourceSales_"];
                };
            };
        };
    };
    all_rooms_rooms: {
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
                    "application/json": components["schemas"]["Listed_StaffRoom_"];
                };
            };
        };
    };
    open_room_rooms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Cover Key */
                    cover_key?: string | null;
                    /** Host Affiliate Id */
                    host_affiliate_id?: string | null;
                    /** Host Name */
                    host_name: string;
                    /** Host Staff Id */
                    host_staff_id?: string | null;
                    /**
                     * Slow Mode S
                     * @default 0
                     */
                    slow_mode_s?: number;
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
                    "application/json": components["schemas"]["RoomId"];
                };
            };
        };
    };
    change_room_rooms: {
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
                    /** Cover Key */
                    cover_key?: string | null;
                    /** Host Affiliate Id */
                    host_affiliate_id?: string | null;
                    /** Host Name */
                    host_name: string;
                    /** Host Staff Id */
                    host_staff_id?: string | null;
                    /**
                     * Slow Mode S
                     * @default 0
                     */
                    slow_mode_s?: number;
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomId"];
                };
            };
        };
    };
    hosts_rooms: {
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
                    "application/json": components["schemas"]["Listed_HostOut_"];
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
                    /** Login */
                    login: string;
                    /** Password */
                    password: string;
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
                    "application/json": components["schemas"]["StaffSignedIn"];
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
    read_settings_settings: {
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    history_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
                    "application/json": components["schemas"]["Listed_VersionOut_"];
                };
            };
        };
    };
    write_binding_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** From At */
                    from_at?: string | null;
                    value: components["schemas"]["Binding"];
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    write_live_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** From At */
                    from_at?: string | null;
                    value: components["schemas"]["Live"];
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    write_payout_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** From At */
                    from_at?: string | null;
                    value: components["schemas"]["Payout"];
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    write_policies_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** From At */
                    from_at?: string | null;
                    value: components["schemas"]["Policies"];
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    write_shop_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** From At */
                    from_at?: string | null;
                    value: components["schemas"]["Shop"];
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    write_trade_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** From At */
                    from_at?: string | null;
                    value: components["schemas"]["Trade"];
                    /** Version */
                    version: number;
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
                    "application/json": components["schemas"]["SettingsOut"];
                };
            };
        };
    };
    staff_list_staff: {
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
                    "application/json": components["schemas"]["Listed_StaffRow_"];
                };
            };
        };
    };
    hire_staff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Login */
                    login: string;
                    /** Name */
                    name: string;
                    /** Password */
                    password: string;
                    role: components["schemas"]["Role"];
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
                    "application/json": components["schemas"]["StaffId"];
                };
            };
        };
    };
    change_staff_staff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Is Active */
                    is_active: boolean;
                    /** Login */
                    login: string;
                    /** Name */
                    name: string;
                    /** Password */
                    password?: string | null;
                    role: components["schemas"]["Role"];
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
    "whose_login_staff-persons": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_id: string;
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
                    "application/json": components["schemas"]["StaffPerson"];
                };
            };
        };
    };
    "say_person_staff-persons": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_id: string;
            };
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffPerson"];
                };
            };
        };
    };
    "my_person_staff-persons": {
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
                    "application/json": components["schemas"]["StaffPerson"];
                };
            };
        };
    };
    "prove_person_staff-persons": {
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
                    "application/json": components["schemas"]["StaffPerson"];
                };
            };
        };
    };
    "send_code_staff-persons": {
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
    stock_list_stock: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                /** @description Only what falls short of its limit. */
                low?: boolean;
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
                    "application/json": components["schemas"]["Listed_StockRow_"];
                };
            };
        };
    };
    "stock_takes_stock-takes": {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                status?: components["schemas"]["TakeStatus"] | null;
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
                    "application/json": components["schemas"]["Listed_TakeOut_"];
                };
            };
        };
    };
    "stock_take_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
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
                    "application/json": components["schemas"]["TakeOut"];
                };
            };
        };
    };
    "begin_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Includes Unsent
                     * @default true
                     */
                    includes_unsent?: boolean;
                    /**
                     * Note
                     * @default
                     */
                    note?: string;
                    /**
                     * Sku Ids
                     * @default []
                     */
                    sku_ids?: string[];
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
                    "application/json": components["schemas"]["TakeOut"];
                };
            };
        };
    };
    "cancel_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
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
                    "application/json": components["schemas"]["TakeOut"];
                };
            };
        };
    };
    "confirm_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
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
                    "application/json": components["schemas"]["TakeOut"];
                };
            };
        };
    };
    "count_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Id
                     * Format: uuid
                     */
                    id: string;
                    /** Rows */
                    rows: {
                        /** Quantity */
                        quantity: number;
                        /**
                         * Sku Id
                         * Format: uuid
                         */
                        sku_id: string;
                        /** Was */
                        was?: number | null;
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
                    "application/json": components["schemas"]["CountsOut"];
                };
            };
        };
    };
    "lines_stock-takes": {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                /** @description A part of the title or spec. */
                q?: string;
                rows?: components["schemas"]["Rows"];
            };
            header?: never;
            path: {
                take_id: string;
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
                    "application/json": components["schemas"]["Listed_TakeLineOut_"];
                };
            };
        };
    };
    "read_sheet_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SheetOut"];
                };
            };
        };
    };
    "sheet_csv_stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                take_id: string;
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
    write_off_stock: {
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
                     * Id
                     * Format: uuid
                     */
                    id: string;
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
                     * Note
                     * @default
                     */
                    note?: string;
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
                    "application/json": components["schemas"]["Listed_StockRow_"];
                };
            };
        };
    };
    set_limits_stock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Low Below */
                    low_below: number;
                    /** Sku Ids */
                    sku_ids: string[];
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
                    "application/json": components["schemas"]["Listed_StockRow_"];
                };
            };
        };
    };
    movements_stock: {
        parameters: {
            query?: {
                cursor?: string | null;
                from?: string | null;
                kind?: components["schemas"]["MovementKind"] | null;
                limit?: number;
                product_id?: string | null;
                /** @description A number of an order or paper, or an order's end. */
                q?: string;
                sku_id?: string | null;
                staff_id?: string | null;
                to?: string | null;
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
                    "application/json": components["schemas"]["Listed_MovementRow_"];
                };
            };
        };
    };
    movements_csv_stock: {
        parameters: {
            query?: {
                from?: string | null;
                kind?: components["schemas"]["MovementKind"] | null;
                product_id?: string | null;
                /** @description A number of an order or paper, or an order's end. */
                q?: string;
                sku_id?: string | null;
                staff_id?: string | null;
                to?: string | null;
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
                content?: never;
            };
        };
    };
    movers_stock: {
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
                    "application/json": components["schemas"]["Listed_Mover_"];
                };
            };
        };
    };
    purchase_list_stock: {
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
                content?: never;
            };
        };
    };
    receive_stock: {
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
                     * Id
                     * Format: uuid
                     */
                    id: string;
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
                     * Note
                     * @default
                     */
                    note?: string;
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
                    "application/json": components["schemas"]["Listed_StockRow_"];
                };
            };
        };
    };
    take_stock_stock: {
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
                     * Id
                     * Format: uuid
                     */
                    id: string;
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
                     * Note
                     * @default
                     */
                    note?: string;
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
                    "application/json": components["schemas"]["Listed_StockRow_"];
                };
            };
        };
    };
    turnover_list_stock: {
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
                    "application/json": components["schemas"]["Listed_TurnoverRow_"];
                };
            };
        };
    };
    list_tiers_plan: {
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
                    "application/json": components["schemas"]["Listed_TierOut_"];
                };
            };
        };
    };
    write_tier_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Name */
                    name: string;
                    /** Position */
                    position: number;
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
                    "application/json": components["schemas"]["TierOut"];
                };
            };
        };
    };
    remove_tier_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
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
    listed_withdrawals: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                status?: components["schemas"]["WithdrawalStatus"] | null;
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
                    "application/json": components["schemas"]["Listed_StaffWithdrawal_"];
                };
            };
        };
    };
    approve_withdrawals: {
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
                    "application/json": components["schemas"]["StaffWithdrawal"];
                };
            };
        };
    };
    refuse_withdrawals: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffWithdrawal"];
                };
            };
        };
    };
}
