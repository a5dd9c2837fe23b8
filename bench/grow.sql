-- A shop with a past, by set-based SQL: `bench/grow.py` runs this on an empty, migrated database.
-- How much of everything stands in the table grow_size. What is made keeps the shop's promises:
-- `bofen verify` finds nothing in it. Draws follow a seed, so each run makes the same shop.
--
-- 94 % of orders are paid, 40 % were placed in one broadcast, 37 % came by affiliates, of which the
-- first has a tenth; three in a hundred received ones were refunded; buyers and products are
-- skewed by squares. Left out: refunds of affiliates' orders, carts, audit, job history; and the
-- stock journal holds every third order only.

SELECT setseed(0.42);
SET work_mem = '128MB';
SET max_parallel_workers_per_gather = 0;  -- parallel workers would draw in another order

INSERT INTO catalog_category (id, name, position)
SELECT gen_random_uuid(), '类目' || n, n FROM generate_series(1, 20) AS n;

CREATE TEMP TABLE grow_product AS
SELECT n, uuidv7((n - size.products) * interval '1 second') AS id,
  (ARRAY['新款','夏季','纯棉','复古','轻奢','宽松','无线','便携','儿童','家用','户外','加厚'])
    [1 + (random() * 11)::int]
  || (ARRAY['衬衣','连衣裙','耳机','水杯','台灯','书包','面霜','坚果','茶叶','跑鞋','音箱','手表',
      '毛巾','砂锅','牙刷','靠枕'])[1 + (random() * 15)::int] AS han,
  (ARRAY['lumi','aoki','berg','nord','halo','kiwi','atlas','ando','bora','cielo'])
    [1 + (random() * 9)::int] AS brand,
  (ARRAY['上新','包邮','特价','礼物'])[1 + (random() * 3)::int] AS tag,
  (990 + (random() * random() * 200000)::int)::bigint AS price_fen
FROM grow_size AS size, generate_series(1, size.products) AS n;
CREATE UNIQUE INDEX ON grow_product (n);

INSERT INTO catalog_product (id, title, subtitle, category_id, brand, tags, detail_html, pictures,
  options, price_min_fen, price_max_fen, text, terms, created_at, updated_at, status, version,
  sold_count)
SELECT made.id, made.title, '', category.id, made.brand, made.tags, '<p>' || repeat('好', 400)
    || '</p>', '["pictures/0123456789abcdef0123456789abcdef.webp"]',
  '[{"name": "规格", "values": ["甲", "乙"]}]', made.price_fen, made.price_fen + 1000,
  made.title || E'\n\n' || made.brand || E'\n' || (made.tags ->> 0) || E'\n甲\n乙',
  array_to_tsvector(ARRAY(
    SELECT substr(made.han, i, 1) FROM generate_series(1, length(made.han)) AS i
    UNION SELECT substr(made.han, i, 2) FROM generate_series(1, length(made.han) - 1) AS i
    UNION VALUES (made.brand), ('x' || made.n), ('甲'), ('乙'))),
  now(), now(), CASE WHEN made.n % 50 = 7 THEN 'delisted' ELSE 'listed' END, 1, 0
FROM (
  SELECT *, han || ' ' || brand || ' x' || n AS title,
    CASE WHEN n % 3000 = 5 THEN '["限定"]'::jsonb ELSE jsonb_build_array(tag) END AS tags
  FROM grow_product
) AS made JOIN catalog_category category ON category.position = 1 + made.n % 20;

INSERT INTO catalog_title (product_id, title, text, terms)
SELECT product.id, product.title, product.title, array_to_tsvector(ARRAY(
  SELECT substr(made.han, i, 1) FROM generate_series(1, length(made.han)) AS i
  UNION SELECT substr(made.han, i, 2) FROM generate_series(1, length(made.han) - 1) AS i
  UNION VALUES (made.brand), ('x' || made.n)))
FROM catalog_product product JOIN grow_product made USING (id);

INSERT INTO catalog_sku (id, product_id, options, spec, price_fen, position, is_active)
SELECT gen_random_uuid(), id, jsonb_build_object('规格', spec), spec, price_fen + 1000 * (nth - 1),
  nth - 1, true
FROM grow_product, unnest(ARRAY['甲', '乙']) WITH ORDINALITY AS choice(spec, nth);
CREATE TEMP TABLE grow_sku AS
SELECT product.n AS product_n, sku.position, sku.id, sku.product_id, sku.price_fen, sku.spec
FROM catalog_sku sku JOIN grow_product product ON product.id = sku.product_id;
CREATE UNIQUE INDEX ON grow_sku (product_n, position);

CREATE TEMP TABLE grow_buyer AS
SELECT n, uuidv7(interval '-400 days') AS id
FROM grow_size AS size, generate_series(1, greatest(50, size.orders / 5)) AS n;
CREATE UNIQUE INDEX ON grow_buyer (n);
INSERT INTO identity_person (id, nickname, created_at)
SELECT id, '顾客' || n, now() - interval '400 days' FROM grow_buyer;

CREATE TEMP TABLE grow_affiliate AS
SELECT n, gen_random_uuid() AS id FROM grow_size AS size, generate_series(1, size.affiliates) AS n;
CREATE UNIQUE INDEX ON grow_affiliate (n);
INSERT INTO affiliates_affiliate (id, person_id, status, real_name_sealed, real_name_masked,
  introduction, agreement_version, agreed_at, applied_at, decided_at)
SELECT affiliate.id, buyer.id, CASE WHEN affiliate.n % 40 = 39 THEN 'pending' ELSE 'approved' END,
  size.sealed, '张**', '', '1', now() - interval '390 days',
  now() - affiliate.n * interval '30 seconds', now() - interval '389 days'
FROM grow_size AS size, grow_affiliate affiliate JOIN grow_buyer buyer ON buyer.n = affiliate.n;

-- Rooms: one, with its past broadcasts and one on air.
INSERT INTO live_room (id, title, host_name, created_at, epoch, seq, likes, viewers, slow_mode_s)
SELECT room_id, '直播间', '主播', now() - interval '400 days', 1, messages, 0, 0, 0
FROM grow_size;
INSERT INTO live_session (id, room_id, title, scheduled_at, provider, stream_name, status,
  started_at, ended_at)
SELECT gen_random_uuid(), room_id, '第' || n || '场', at, 'embedded', 'past' || n, 'ended', at,
  at + interval '2 hours'
FROM grow_size, generate_series(1, past_broadcasts) AS n,
  LATERAL (SELECT now() - interval '1 day' - n * interval '12 hours' AS at) AS place;
INSERT INTO live_session (id, room_id, title, scheduled_at, provider, stream_name, status,
  started_at)
SELECT session_id, room_id, '今晚', now() - interval '1 hour', 'embedded', 'now', 'live',
  now() - interval '1 hour' FROM grow_size;
INSERT INTO live_message (id, room_id, person_id, client_id, nickname, text, status, at, seq,
  session_id, media_time_ms)
SELECT uuidv7((nth - size.messages) * interval '3 milliseconds'), size.room_id, buyer.id,
  gen_random_uuid(), '顾客', '这件有货吗 ' || nth, 'shown',
  now() + (nth - size.messages) * interval '3 milliseconds', nth, size.session_id, nth * 3
FROM grow_size AS size, generate_series(1, size.messages) AS nth
JOIN grow_buyer buyer ON buyer.n = 1 + nth % 50;

-- Orders.
CREATE TEMP TABLE grow_order AS
SELECT drawn.*, now() - age AS placed_at, uuidv7(-age) AS id,
  CASE WHEN is_waiting THEN 'placed' WHEN NOT is_paid THEN 'cancelled'
    WHEN age < interval '1 day' THEN 'paid' WHEN age < interval '4 days' THEN 'shipped'
    WHEN age < interval '12 days' THEN 'received' ELSE 'completed' END AS status
FROM (
  SELECT n, n <= 2 + size.orders / 5000 AS is_waiting, random() < 0.94 AS is_paid,
    CASE WHEN n <= 2 + size.orders / 5000 THEN interval '3 minutes'
      ELSE interval '10 minutes' + random() * interval '360 days' END AS age,
    1 + (power(random(), 2) * (size.orders / 5 - 1))::int AS buyer_n,
    random() < 0.4 AS is_live,
    CASE WHEN random() < 0.37 THEN CASE WHEN random() < 0.1 THEN 1
      ELSE 1 + (power(random(), 2) * (size.affiliates - 1))::int END END AS affiliate_n,
    1 + (random() < 0.3)::int AS line_count, random() AS luck
  FROM grow_size AS size, generate_series(1, size.orders) AS n
) AS drawn;
-- Nobody is his own affiliate, the first buyer is a heavy one, and pending affiliates bring none.
UPDATE grow_order SET buyer_n = 1 WHERE n % 200 = 0;
UPDATE grow_order SET affiliate_n = NULL WHERE affiliate_n = buyer_n OR affiliate_n % 40 = 39;
CREATE UNIQUE INDEX ON grow_order (n);
ANALYZE grow_order;

CREATE TEMP TABLE grow_line AS
SELECT drawn.order_n, drawn.no, sku.id AS sku_id, sku.product_id, sku.price_fen, sku.spec,
  drawn.quantity, sku.price_fen * drawn.quantity AS goods_fen, sku.product_n
FROM (
  SELECT orders.n AS order_n, no, 1 + (random() * random() * 2.4)::int AS quantity,
    1 + (power(random(), 2) * (size.products - 1))::int AS product_n,
    (random() < 0.5)::int AS position
  FROM grow_size AS size, grow_order orders, generate_series(1, orders.line_count) AS no
) AS drawn JOIN grow_sku sku USING (product_n, position);
CREATE INDEX ON grow_line (order_n);
ANALYZE grow_line;

-- Refunded: received, one line, no affiliate. Asked for: shipped or received, and still open.
ALTER TABLE grow_order ADD COLUMN goods_fen bigint, ADD COLUMN is_refunded boolean,
  ADD COLUMN is_asked_back boolean;
UPDATE grow_order orders SET goods_fen = lines.goods_fen,
  is_refunded = status IN ('received', 'completed') AND luck < 0.03 AND line_count = 1
    AND affiliate_n IS NULL,
  is_asked_back = status IN ('shipped', 'received') AND luck > 0.95 AND affiliate_n IS NULL
FROM (SELECT order_n, sum(goods_fen) AS goods_fen FROM grow_line GROUP BY order_n) AS lines
WHERE lines.order_n = orders.n;

INSERT INTO orders_order (id, order_no, buyer_id, asked, status, goods_fen, discount_fen,
  freight_fen, total_fen, remark, province, city, district, name_sealed, phone_sealed,
  detail_sealed, source, source_tags, attribution, placed_at, pay_by, after_sale_days,
  confirm_after_shipped_days, confirm_after_signed_days, affiliate_id, room_id, session_id,
  media_time_ms, paid_at, accepted_at, shipped_at, in_transit_at, signed_at, confirm_by,
  received_at, completed_at, closing_at, closed_at, close_reason)
SELECT orders.id, to_char(placed_at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD')
    || lpad(orders.n::text, 10, '0'), buyer.id,
  md5(orders.n::text), CASE WHEN is_refunded THEN 'refunded' ELSE status END, goods_fen, 0, 800,
  goods_fen + 800, '', '浙江省', '杭州市', '西湖区', size.sealed, size.sealed, size.sealed,
  CASE WHEN is_live THEN 'live' WHEN affiliate.id IS NOT NULL THEN 'affiliate' ELSE 'shop' END,
  CASE WHEN affiliate.id IS NULL THEN '[]'::jsonb ELSE '["affiliate"]' END,
  jsonb_build_object('affiliate_id', affiliate.id, 'losers', '[]'::jsonb, 'kind',
    CASE WHEN affiliate.id IS NULL THEN 'none' ELSE 'share' END),
  placed_at, placed_at + interval '15 minutes', 7, 10, 7, affiliate.id,
  CASE WHEN is_live THEN size.room_id END, CASE WHEN is_live THEN size.session_id END,
  CASE WHEN is_live THEN 1000 END, paid.at, shipped.at, shipped.at,
  CASE WHEN age > interval '1.5 days' THEN shipped.at + interval '6 hours' END,
  CASE WHEN age > interval '3 days' THEN shipped.at + interval '36 hours' END,
  CASE WHEN status = 'shipped' AND NOT is_asked_back THEN shipped.at + interval '10 days' END,
  received.at, CASE WHEN status = 'completed' AND NOT is_refunded
    THEN received.at + interval '8 days' END,
  closed.at, closed.at, CASE WHEN closed.at IS NOT NULL THEN 'timeout' END
FROM grow_size AS size, grow_order orders
JOIN grow_buyer buyer ON buyer.n = buyer_n
LEFT JOIN grow_affiliate affiliate ON affiliate.n = affiliate_n,
LATERAL (SELECT CASE WHEN status NOT IN ('placed', 'cancelled')
  THEN placed_at + interval '2 minutes' END AS at) AS paid,
LATERAL (SELECT CASE WHEN status IN ('shipped', 'received', 'completed')
  THEN placed_at + interval '1 day' END AS at) AS shipped,
LATERAL (SELECT CASE WHEN status IN ('received', 'completed')
  THEN placed_at + interval '4 days' END AS at) AS received,
LATERAL (SELECT CASE WHEN status = 'cancelled' THEN placed_at + interval '15 minutes' END AS at)
  AS closed;

INSERT INTO orders_line (order_id, no, sku_id, product_id, category_id, title, spec, picture_key,
  unit_fen, quantity, goods_fen, discount_fen, paid_fen, source, room_id, session_id,
  media_time_ms, refunded_quantity, refunded_fen)
SELECT orders.id, line.no, line.sku_id, line.product_id, product.category_id, product.title,
  line.spec, product.pictures ->> 0, line.price_fen, line.quantity, line.goods_fen, 0,
  line.goods_fen, placed.source, placed.room_id, placed.session_id, placed.media_time_ms,
  CASE WHEN is_refunded THEN line.quantity ELSE 0 END,
  CASE WHEN is_refunded THEN line.goods_fen ELSE 0 END
FROM grow_order orders JOIN grow_line line ON line.order_n = orders.n
JOIN orders_order placed ON placed.id = orders.id
JOIN catalog_product product ON product.id = line.product_id
ORDER BY orders.n, line.no;

UPDATE catalog_product product SET sold_count = sold.count
FROM (
  SELECT line.product_id, sum(line.quantity - line.refunded_quantity) AS count
  FROM orders_line line JOIN orders_order orders ON orders.id = line.order_id
  WHERE orders.paid_at IS NOT NULL GROUP BY line.product_id
) AS sold WHERE sold.product_id = product.id;
INSERT INTO orders_broadcast_sales (session_id, orders, sales_fen)
SELECT session_id, count(*), sum(total_fen) FROM orders_order
WHERE source = 'live' AND paid_at IS NOT NULL GROUP BY session_id;

-- Payments, their notices, after-sales and refunds.
INSERT INTO payments_attempt (provider, out_trade_no, order_id, payer_ref, amount_fen, created_at,
  expires_at, status, transaction_id, paid_at)
SELECT 'wechat_pay', 'T' || lpad(grown.n::text, 20, '0'), orders.id, 'o' || buyer_n,
  orders.total_fen, orders.placed_at, orders.pay_by, 'succeeded', '42000' || grown.n,
  orders.paid_at
FROM grow_order grown JOIN orders_order orders USING (id) WHERE orders.paid_at IS NOT NULL;
INSERT INTO payments_notice (provider, id, event_type, at)
SELECT provider, gen_random_uuid()::text, 'TRANSACTION.SUCCESS', paid_at FROM payments_attempt;

INSERT INTO orders_after_sale (id, order_id, buyer_id, asked, kind, reason, lines, amount_fen,
  freight_fen, status, applied_at, decided_at, refunded_at, is_restocked)
SELECT gen_random_uuid(), grown.id, buyer.id, '', CASE WHEN is_refunded THEN 'return_and_refund'
    ELSE 'refund' END, '不喜欢', jsonb_build_array(jsonb_build_object('no', 1, 'quantity',
    line.quantity, 'amount_fen', line.goods_fen, 'unsent', 0)), line.goods_fen, 0,
  CASE WHEN is_refunded THEN 'done' ELSE 'applied' END,
  CASE WHEN is_refunded THEN placed_at + interval '5 days'
    ELSE greatest(placed_at + interval '26 hours', now() - interval '2 days') END,
  CASE WHEN is_refunded THEN least(now(), placed_at + interval '6 days') END,
  CASE WHEN is_refunded THEN least(now(), placed_at + interval '7 days') END, false
FROM grow_order grown JOIN grow_buyer buyer ON buyer.n = buyer_n
JOIN grow_line line ON line.order_n = grown.n AND line.no = 1
WHERE is_refunded OR is_asked_back;
INSERT INTO payments_refund (provider, out_refund_no, out_trade_no, amount_fen, reason, asked_at,
  after_sale_id, status, called_at, succeeded_at)
SELECT 'wechat_pay', 'R' || grown.n, 'T' || lpad(grown.n::text, 20, '0'), after_sale.amount_fen,
  '', after_sale.decided_at, after_sale.id, 'succeeded', after_sale.decided_at,
  after_sale.refunded_at
FROM orders_after_sale after_sale JOIN grow_order grown ON grown.id = after_sale.order_id
WHERE after_sale.status = 'done';

-- Parcels: what the courier told of the newest is their status.
INSERT INTO shipping_shipment (id, order_id, carrier, tracking_no, lines, salt, phone_tail_sealed,
  staff_id, shipped_at, polled_at, status, traces, signed_at, subscribed_at)
SELECT uuidv7(-(now() - orders.shipped_at)), orders.id, 'yuantong', 'YT' || grown.n,
  (SELECT jsonb_agg(jsonb_build_object('no', no, 'quantity', quantity)) FROM grow_line
    WHERE order_n = grown.n), md5(grown.n::text), size.sealed, size.staff_id, orders.shipped_at,
  least(now() - interval '1 hour', orders.shipped_at + interval '2 days'),
  CASE WHEN orders.signed_at IS NULL THEN 'in_transit' ELSE 'signed' END,
  (SELECT jsonb_agg(jsonb_build_object('at', orders.shipped_at + (5 - i) * interval '9 hours',
      'text', '快件已到达 杭州转运中心,正发往下一站', 'location', '杭州市', 'status',
      CASE WHEN i = 1 AND orders.signed_at IS NOT NULL THEN 'signed' ELSE 'in_transit' END)
      ORDER BY i) FROM generate_series(1, 4) AS i),
  orders.signed_at, orders.shipped_at
FROM grow_size AS size, grow_order grown JOIN orders_order orders USING (id)
WHERE orders.shipped_at IS NOT NULL;

-- Stock: what was received is what was sold of it and what still lies there.
CREATE TEMP TABLE grow_move AS
SELECT grown.id AS order_id, grown.status, line.sku_id, sum(line.quantity) AS quantity,
  grown.placed_at
FROM grow_order grown JOIN grow_line line ON line.order_n = grown.n
WHERE (grown.n % 3 = 0 AND grown.status <> 'cancelled') OR grown.status = 'placed'
GROUP BY grown.id, grown.status, line.sku_id, grown.placed_at;
INSERT INTO inventory_stock (sku_id, on_hand, held)
SELECT sku.id, coalesce(held.quantity, 0) + CASE WHEN sku.product_n % 100 = 3 THEN 4
  ELSE 200 + sku.product_n % 997 END, coalesce(held.quantity, 0)
FROM grow_sku sku LEFT JOIN (
  SELECT sku_id, sum(quantity) AS quantity FROM grow_move WHERE status = 'placed' GROUP BY sku_id
) AS held ON held.sku_id = sku.id;
INSERT INTO inventory_movement (id, sku_id, kind, quantity, on_hand_after, held_after,
  reference_kind, reference_id, actor, at)
SELECT uuidv7(interval '-400 days'), stock.sku_id, 'receipt',
  stock.on_hand + coalesce(sold.quantity, 0), stock.on_hand + coalesce(sold.quantity, 0), 0,
  'receipt', gen_random_uuid(), 'shop', now() - interval '400 days'
FROM inventory_stock stock LEFT JOIN (
  SELECT sku_id, sum(quantity) AS quantity FROM grow_move WHERE status <> 'placed' GROUP BY sku_id
) AS sold USING (sku_id);
INSERT INTO inventory_movement (id, sku_id, kind, quantity, on_hand_after, held_after,
  reference_kind, reference_id, actor, at)
SELECT uuidv7(-(now() - move.placed_at)), move.sku_id, kind,
  CASE WHEN kind = 'hold' THEN move.quantity ELSE -move.quantity END, 0, 0, 'order',
  move.order_id, CASE WHEN kind = 'hold' THEN 'buyer' ELSE 'payment' END, move.placed_at
FROM grow_move move, unnest(ARRAY['hold', 'commit']) AS kind
WHERE kind = 'hold' OR move.status <> 'placed';

-- What affiliates earned, what became theirs, and what they took.
INSERT INTO affiliates_commission (id, order_id, line_no, level, affiliate_id, product_id, base_fen,
  rate_bp, plan_version, amount_fen, snapshot, paid_at, accrued_at, status, refunded_base_fen,
  reversed_fen, blocks, release_at)
SELECT uuidv7(-(now() - orders.paid_at)), orders.id, line.no, 1, orders.affiliate_id,
  line.product_id, line.paid_fen, 1000, 0, line.paid_fen * 1000 / 10000,
  jsonb_build_object('plan_version', 0, 'rate_bp', 1000, 'base_fen', line.paid_fen, 'rate_source',
    'shop', 'asked_bp', 1000, 'limited_by', NULL, 'tier', 'normal', 'attribution',
    orders.attribution),
  orders.paid_at, orders.paid_at,
  CASE WHEN orders.received_at < now() - interval '9 days' THEN 'released' ELSE 'pending' END,
  0, 0, 0, orders.received_at + interval '7 days'
FROM orders_order orders JOIN orders_line line ON line.order_id = orders.id
WHERE orders.paid_at IS NOT NULL AND orders.affiliate_id IS NOT NULL;
INSERT INTO affiliates_settlement (id, affiliate_id, period_on, part, lines, amount_fen, at)
SELECT gen_random_uuid(), affiliate_id, period_on, 1, count(*), sum(amount_fen),
  (period_on + time '02:00') AT TIME ZONE 'Asia/Shanghai'
FROM affiliates_commission,
  LATERAL (SELECT (release_at AT TIME ZONE 'Asia/Shanghai')::date + 1 AS period_on) AS day
WHERE status = 'released' GROUP BY affiliate_id, period_on;
UPDATE affiliates_commission commission SET settlement_id = settlement.id
FROM affiliates_settlement settlement
WHERE commission.status = 'released' AND settlement.affiliate_id = commission.affiliate_id
  AND settlement.period_on = (commission.release_at AT TIME ZONE 'Asia/Shanghai')::date + 1;
INSERT INTO affiliates_withdrawal (id, affiliate_id, amount_fen, out_bill_no, provider, payee_ref,
  status, asked, created_at, needs_approval, finished_at)
SELECT gen_random_uuid(), released.affiliate_id, released.amount_fen * 3 / 10,
  'W' || released.n || 'x' || nth, 'wechat_pay', 'o',
  CASE WHEN nth = 3 THEN 'requested' ELSE 'paid' END, '', at, nth = 3,
  CASE WHEN nth < 3 THEN at END
FROM (
  SELECT settlement.affiliate_id, affiliate.n, sum(settlement.amount_fen)::bigint AS amount_fen
  FROM affiliates_settlement settlement JOIN grow_affiliate affiliate
    ON affiliate.id = settlement.affiliate_id
  GROUP BY settlement.affiliate_id, affiliate.n HAVING sum(settlement.amount_fen) > 10
) AS released, generate_series(1, CASE WHEN released.n % 20 = 2 THEN 3 ELSE 2 END) AS nth,
LATERAL (SELECT now() - (4 - nth) * interval '2 days' - released.n * interval '1 second' AS at)
  AS place;

INSERT INTO ledger_entry (reason, source, subject_id, owner_id, account, amount_fen, at)
SELECT reason, id::text, id, owner_id, account, amount_fen, at
FROM (
  SELECT 'accrued' AS reason, id, affiliate_id AS owner_id, amount_fen AS moved_fen, paid_at AS at,
    'commission_expense' AS leaves, 'commission_pending' AS enters
  FROM affiliates_commission
  UNION ALL SELECT 'released', id, affiliate_id, amount_fen, at, 'commission_pending',
    'commission_payable' FROM affiliates_settlement
  UNION ALL SELECT 'withdrawal_held', id, affiliate_id, amount_fen, created_at,
    'commission_payable', 'withdrawal_in_transit' FROM affiliates_withdrawal
  UNION ALL SELECT 'withdrawal_paid', id, affiliate_id, amount_fen, finished_at,
    'withdrawal_in_transit', 'paid_out' FROM affiliates_withdrawal WHERE status = 'paid'
) AS moved,
LATERAL (VALUES (leaves, -moved_fen), (enters, moved_fen)) AS side(account, amount_fen)
WHERE moved_fen <> 0 ORDER BY at, moved.id, amount_fen;

UPDATE orders_order o SET unsent = (
    SELECT coalesce(sum(quantity), 0) FROM orders_line WHERE order_id = o.id
  ) - (
    SELECT coalesce(sum((line->>'unsent')::int), 0)
    FROM orders_after_sale a, jsonb_array_elements(a.lines) line
    WHERE a.order_id = o.id AND a.status NOT IN ('refused', 'withdrawn')
  )
WHERE status IN ('placed', 'paid');
