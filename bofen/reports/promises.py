# ruff: noqa: S608 - the parts put in are the constants of this file
"""What must always be true of money, stock and orders: questions in SQL that find exceptions."""

from bofen.kit.model import one_of
from bofen.orders.rules import OPEN_AFTER_SALES, PAID_BACK, OrderStatus

_IS_OPEN = one_of("after_sale.status", OPEN_AFTER_SALES)
_ENDED = (OrderStatus.received, OrderStatus.completed, OrderStatus.refunded)
"""Nothing of such an order is still to be sent."""
_WENT_BACK = """EXISTS (
  SELECT FROM payments_refund refund WHERE refund.provider = attempt.provider
    AND refund.out_trade_no = attempt.out_trade_no AND refund.after_sale_id IS NULL
    AND refund.amount_fen = attempt.amount_fen)"""
"""A payment that came too late, or on top of another: all of it is given back."""

_SESSIONS = """(
  SELECT id FROM live_session UNION SELECT session_id FROM orders_broadcast_sales) AS session"""

OF_AFFILIATES: dict[str, str] = {
    "every ledger transfer sums to zero": """
        SELECT reason, source, owner_id, sum(amount_fen) AS sum_fen FROM ledger_entry
        GROUP BY reason, source, owner_id HAVING sum(amount_fen) <> 0""",
    "a closing is what the entries before it add up to": """
        SELECT owner_id, account, sum(amount_fen) AS difference_fen
        FROM (
          SELECT owner_id, account, amount_fen FROM ledger_closing
          UNION ALL
          SELECT owner_id, account, -amount_fen FROM ledger_entry
          WHERE id <= (SELECT max(until_id) FROM ledger_closed)
        ) AS sides
        GROUP BY owner_id, account HAVING sum(amount_fen) <> 0""",
    "what is pending is what commissions say": """
        SELECT owner_id, sum(ledger_fen) AS ledger_fen, sum(commission_fen) AS commission_fen
        FROM (
          SELECT owner_id, amount_fen AS ledger_fen, 0 AS commission_fen FROM ledger_entry
          WHERE account = 'commission_pending'
          UNION ALL
          SELECT affiliate_id, 0, amount_fen - reversed_fen FROM affiliates_commission
          WHERE status <> 'released'
        ) AS sides GROUP BY owner_id HAVING sum(ledger_fen) <> sum(commission_fen)""",
    "what was released is payable, in transit or paid out": """
        SELECT owner_id, sum(ledger_fen) AS ledger_fen, sum(commission_fen) AS commission_fen
        FROM (
          SELECT owner_id, amount_fen AS ledger_fen, 0 AS commission_fen FROM ledger_entry
          WHERE account IN ('commission_payable', 'withdrawal_in_transit', 'paid_out')
            AND reason <> 'written_off'
          UNION ALL
          SELECT affiliate_id, 0, amount_fen - reversed_fen FROM affiliates_commission
          WHERE status = 'released'
        ) AS sides GROUP BY owner_id HAVING sum(ledger_fen) <> sum(commission_fen)""",
    "what is in transit or paid out are the withdrawals": """
        SELECT owner_id, account, sum(ledger_fen) AS ledger_fen,
          sum(withdrawn_fen) AS withdrawn_fen
        FROM (
          SELECT owner_id, account, amount_fen AS ledger_fen, 0 AS withdrawn_fen
          FROM ledger_entry WHERE account IN ('withdrawal_in_transit', 'paid_out')
          UNION ALL
          SELECT affiliate_id, CASE WHEN status = 'paid' THEN 'paid_out'
            ELSE 'withdrawal_in_transit' END, 0, amount_fen
          FROM affiliates_withdrawal WHERE status NOT IN ('failed', 'refused')
        ) AS sides GROUP BY owner_id, account HAVING sum(ledger_fen) <> sum(withdrawn_fen)""",
}
"""True of each owner of money in the ledger by himself."""

OF_ORDERS: dict[str, str] = {
    "every commission is its rate of its base, less what was refunded": """
        SELECT id, amount_fen, reversed_fen FROM affiliates_commission
        WHERE amount_fen <> base_fen * rate_bp / 10000
          OR amount_fen - reversed_fen <> (base_fen - refunded_base_fen) * rate_bp / 10000
          OR rate_bp > 5000""",
    "every commission has the base and the refunds of its line": """
        SELECT commission.id, commission.base_fen, line.paid_fen, commission.refunded_base_fen,
          line.refunded_fen
        FROM affiliates_commission commission
        LEFT JOIN orders_line line
          ON line.order_id = commission.order_id AND line.no = commission.line_no
        WHERE line.paid_fen IS DISTINCT FROM commission.base_fen
          OR line.refunded_fen IS DISTINCT FROM commission.refunded_base_fen""",
    "a paid order with an affiliate has its commissions, another order has none": """
        SELECT orders.id, orders.paid_at, commission.id AS commission_id
        FROM orders_order orders JOIN orders_line line ON line.order_id = orders.id
        FULL JOIN affiliates_commission commission
          ON commission.order_id = orders.id AND commission.line_no = line.no
          AND commission.level = 1
        WHERE (orders.paid_at IS NOT NULL AND orders.affiliate_id IS NOT NULL)
          <> (commission.id IS NOT NULL)
          OR commission.affiliate_id <> orders.affiliate_id""",
    "a commission is blocked by the after-sales that are open": f"""
        SELECT commission.id, commission.blocks, open.count
        FROM affiliates_commission commission, LATERAL (
          SELECT count(*) FROM orders_after_sale after_sale
          WHERE after_sale.order_id = commission.order_id
            AND {_IS_OPEN}
        ) AS open
        WHERE commission.blocks <> open.count""",
    "an order costs what its lines and its freight cost": """
        SELECT orders.id, orders.total_fen, lines.paid_fen
        FROM orders_order orders LEFT JOIN (
          SELECT order_id, sum(paid_fen) AS paid_fen FROM orders_line GROUP BY order_id
        ) AS lines ON lines.order_id = orders.id
        WHERE orders.total_fen - orders.freight_fen IS DISTINCT FROM lines.paid_fen""",
    "a paid order has one payment of its whole amount": f"""
        SELECT orders.id, orders.total_fen, count(attempt.order_id) AS payments
        FROM orders_order orders
        LEFT JOIN payments_attempt attempt ON attempt.order_id = orders.id
          AND attempt.status = 'succeeded' AND attempt.amount_fen = orders.total_fen
          AND NOT {_WENT_BACK}
        WHERE orders.paid_at IS NOT NULL AND orders.total_fen > 0
        GROUP BY orders.id, orders.total_fen HAVING count(attempt.order_id) <> 1""",
    "money for an order that was not sold goes back": f"""
        SELECT attempt.out_trade_no, orders.status
        FROM payments_attempt attempt JOIN orders_order orders ON orders.id = attempt.order_id
        WHERE attempt.status = 'succeeded' AND orders.paid_at IS NULL AND NOT {_WENT_BACK}""",
    "nobody gets back more than he paid": """
        SELECT attempt.out_trade_no, attempt.amount_fen, sum(refund.amount_fen) AS refunds_fen
        FROM payments_attempt attempt
        JOIN payments_refund refund ON refund.provider = attempt.provider
          AND refund.out_trade_no = attempt.out_trade_no
        WHERE refund.status <> 'closed'
        GROUP BY attempt.provider, attempt.out_trade_no, attempt.amount_fen
        HAVING sum(refund.amount_fen) > attempt.amount_fen""",
    "an order keeps how many of its pieces are still to be sent": """
        SELECT orders.id, orders.unsent, bought.pieces - sent.pieces - taken.pieces AS right_is
        FROM orders_order orders, LATERAL (
          SELECT coalesce(sum(quantity), 0) AS pieces FROM orders_line
          WHERE order_id = orders.id
        ) AS bought, LATERAL (
          SELECT coalesce(sum((line->>'quantity')::int), 0) AS pieces
          FROM shipping_shipment shipment, jsonb_array_elements(shipment.lines) line
          WHERE shipment.order_id = orders.id
        ) AS sent, LATERAL (
          SELECT coalesce(sum((line->>'unsent')::int), 0) AS pieces
          FROM orders_after_sale after_sale, jsonb_array_elements(after_sale.lines) line
          WHERE after_sale.order_id = orders.id
            AND after_sale.status NOT IN ('refused', 'withdrawn')
        ) AS taken
        WHERE orders.status IN ('paid', 'shipped')
          AND orders.unsent <> bought.pieces - sent.pieces - taken.pieces""",
    "a line was refunded what its finished after-sales say": """
        SELECT line.order_id, line.no, line.refunded_fen, done.amount_fen
        FROM orders_line line LEFT JOIN (
          SELECT after_sale.order_id, asked.no, sum(asked.amount_fen) AS amount_fen,
            sum(asked.quantity) AS quantity
          FROM orders_after_sale after_sale, jsonb_to_recordset(after_sale.lines)
            AS asked(no int, quantity int, amount_fen bigint)
          WHERE after_sale.status = 'done' GROUP BY after_sale.order_id, asked.no
        ) AS done ON done.order_id = line.order_id AND done.no = line.no
        WHERE line.refunded_fen <> coalesce(done.amount_fen, 0)
          OR line.refunded_quantity <> coalesce(done.quantity, 0)""",
    "what an after-sale puts back on the shelf is in the journal": """
        SELECT after_sale.id, back.sku_id, sum(back.quantity) AS quantity
        FROM orders_after_sale after_sale, LATERAL (
          SELECT line.sku_id, CASE WHEN after_sale.is_restocked THEN asked.quantity
            ELSE asked.unsent END AS quantity
          FROM jsonb_to_recordset(after_sale.lines) AS asked(no int, quantity int, unsent int)
          JOIN orders_line line ON line.order_id = after_sale.order_id AND line.no = asked.no
          UNION ALL
          SELECT sku_id, -quantity FROM inventory_movement
          WHERE reference_id = after_sale.id AND kind = 'return'
        ) AS back
        WHERE after_sale.status = 'done'
        GROUP BY after_sale.id, back.sku_id HAVING sum(back.quantity) <> 0""",
    "what was sold left the house, or never will": f"""
        SELECT line.order_id, line.no, line.quantity, sent.quantity AS sent, kept.quantity AS kept
        FROM orders_line line JOIN orders_order orders ON orders.id = line.order_id
        LEFT JOIN (
          SELECT parcel.order_id, packed.no, sum(packed.quantity) AS quantity
          FROM shipping_shipment parcel, jsonb_to_recordset(parcel.lines)
            AS packed(no int, quantity int)
          GROUP BY parcel.order_id, packed.no
        ) AS sent ON sent.order_id = line.order_id AND sent.no = line.no
        LEFT JOIN (
          SELECT after_sale.order_id, asked.no, sum(asked.unsent) AS quantity
          FROM orders_after_sale after_sale, jsonb_to_recordset(after_sale.lines)
            AS asked(no int, unsent int)
          WHERE after_sale.{one_of("status", PAID_BACK)}
          GROUP BY after_sale.order_id, asked.no
        ) AS kept ON kept.order_id = line.order_id AND kept.no = line.no
        WHERE coalesce(sent.quantity, 0) + coalesce(kept.quantity, 0) > line.quantity
          OR (orders.{one_of("status", _ENDED)}
            AND coalesce(sent.quantity, 0) + coalesce(kept.quantity, 0) < line.quantity)""",
}
"""True of each order by itself: its lines, payments, parcels, after-sales and commissions."""

OF_BROADCASTS: dict[str, str] = {
    "a broadcast sold what its paid orders came to": f"""
        SELECT session_id, sum(orders) AS orders, sum(sales_fen) AS sales_fen
        FROM (
          SELECT session_id, orders, sales_fen FROM orders_broadcast_sales
          UNION ALL
          SELECT line.session_id, -count(DISTINCT line.order_id), -sum(line.paid_fen)
          FROM {_SESSIONS} JOIN orders_line line ON line.session_id = session.id
          JOIN orders_order orders ON orders.id = line.order_id
          WHERE line.source = 'live' AND orders.paid_at IS NOT NULL
          GROUP BY line.session_id
          UNION ALL
          SELECT orders.session_id, 0, -sum(orders.freight_fen)
          FROM {_SESSIONS} JOIN orders_order orders ON orders.session_id = session.id
          WHERE orders.source = 'live' AND orders.paid_at IS NOT NULL
          GROUP BY orders.session_id
        ) AS sides
        GROUP BY session_id HAVING sum(orders) <> 0 OR sum(sales_fen) <> 0""",
}
"""True of each broadcast by itself."""

OF_PRODUCTS: dict[str, str] = {
    "a product was sold as often as its paid orders say": """
        SELECT product_id, sum(counted) AS counted, sum(sold) AS sold
        FROM (
          SELECT id AS product_id, sold_count AS counted, 0 AS sold FROM catalog_product
          UNION ALL
          SELECT product_id, pieces, 0 FROM catalog_sold
          UNION ALL
          SELECT line.product_id, 0, line.quantity - line.refunded_quantity
          FROM orders_line line JOIN orders_order orders ON orders.id = line.order_id
          WHERE orders.paid_at IS NOT NULL
        ) AS sides
        GROUP BY product_id HAVING sum(counted) <> sum(sold)""",
}
"""True of each product by itself."""

OF_STOCK: dict[str, str] = {
    "stock is what its journal adds up to": """
        SELECT stock.sku_id, stock.on_hand, journal.on_hand AS journal_on_hand, stock.held,
          journal.held AS journal_held
        FROM inventory_stock stock LEFT JOIN (
          SELECT sku_id, sum(quantity) FILTER (WHERE kind NOT IN ('hold', 'release')) AS on_hand,
            sum(CASE kind WHEN 'hold' THEN quantity WHEN 'release' THEN quantity
              WHEN 'commit' THEN quantity ELSE 0 END) AS held
          FROM inventory_movement GROUP BY sku_id
        ) AS journal ON journal.sku_id = stock.sku_id
        WHERE stock.on_hand <> coalesce(journal.on_hand, 0)
          OR stock.held <> coalesce(journal.held, 0)""",
    "held stock belongs to orders that wait for payment": """
        SELECT stock.sku_id, stock.held, coalesce(waiting.quantity, 0) AS wanted
        FROM inventory_stock stock LEFT JOIN (
          SELECT line.sku_id, sum(line.quantity) AS quantity
          FROM orders_order orders JOIN orders_line line ON line.order_id = orders.id
          WHERE orders.status = 'placed' GROUP BY line.sku_id
        ) AS waiting ON waiting.sku_id = stock.sku_id
        WHERE stock.held <> coalesce(waiting.quantity, 0)""",
    "a stock-take is in the journal once it is confirmed": """
        SELECT take_id, sku_id, sum(difference) AS difference, sum(lines) AS lines
        FROM (
          SELECT line.take_id, line.sku_id, line.counted - line.book AS difference, 1 AS lines
          FROM inventory_take_line line JOIN inventory_take take ON take.id = line.take_id
          WHERE take.status = 'confirmed' AND line.counted IS NOT NULL
          UNION ALL
          SELECT take.id, movement.sku_id, -movement.quantity, -1
          FROM inventory_movement movement
          JOIN inventory_take take ON take.id = movement.reference_id
          WHERE movement.reference_kind = 'stock_take'
        ) AS sides GROUP BY take_id, sku_id HAVING sum(difference) <> 0 OR sum(lines) <> 0""",
    "a row of a stock-take is open as long as the stock-take is": """
        SELECT line.take_id, line.sku_id, line.is_open, take.status
        FROM inventory_take_line line JOIN inventory_take take ON take.id = line.take_id
        WHERE line.is_open <> (take.status = 'open')""",
}
"""True of each SKU by itself."""

PROMISES = OF_AFFILIATES | OF_ORDERS | OF_BROADCASTS | OF_PRODUCTS | OF_STOCK
