"""Payments know their provider, an order may be paid at several, and refunds have all their states.

Columns are renamed and keys change, so the version before must be stopped first: it would look for
`openid` and `prepay_id`. Locks are waited for 4 s at most (env.py). Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_payment_provider"
down_revision = "0004_stream_providers"
branch_labels = None
depends_on = None

_REFUND_STATUSES = "'asked', 'sent', 'succeeded', 'abnormal', 'closed', 'refused', 'settled'"

REFUNDS_WITHIN_PAYMENT = r"""
-- Nobody gets back more than he paid, whatever the code above believes. The payment's row is the
-- queue: two refunds of one payment are counted one after the other. A closed refund paid nothing
-- and has a successor; every other one may still pay, or did.

CREATE FUNCTION payments_refuse_excess() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid_fen bigint;
  refunds_fen bigint;
BEGIN
  SELECT amount_fen INTO paid_fen FROM payments_attempt
  WHERE provider = NEW.provider AND out_trade_no = NEW.out_trade_no FOR NO KEY UPDATE;
  SELECT coalesce(sum(amount_fen), 0) INTO refunds_fen FROM payments_refund
  WHERE provider = NEW.provider AND out_trade_no = NEW.out_trade_no AND status <> 'closed';
  IF refunds_fen > paid_fen THEN
    RAISE EXCEPTION 'refunds of % add up to % fen, paid were %',
      NEW.out_trade_no, refunds_fen, paid_fen
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
"""

REFUNDS_ARE_COUNTED = r"""
CREATE TRIGGER payments_refund_within_payment
  AFTER INSERT OR UPDATE OF amount_fen, status ON payments_refund
  FOR EACH ROW EXECUTE FUNCTION payments_refuse_excess()
"""


def upgrade() -> None:
    op.drop_constraint("fk_payments_refund_out_trade_no", "payments_refund", type_="foreignkey")
    op.drop_index("ix_payments_refund_out_trade_no", "payments_refund")
    for table in ("payments_attempt", "payments_refund"):
        op.add_column(table, sa.Column("provider", sa.Text()))
        op.execute(f"UPDATE {table} SET provider = 'wechat_pay'")  # noqa: S608
        op.alter_column(table, "provider", nullable=False)
        op.drop_constraint(f"pk_{table}", table, type_="primary")
    _attempts()
    _refunds()
    op.execute(REFUNDS_WITHIN_PAYMENT)
    op.execute(REFUNDS_ARE_COUNTED)


def _attempts() -> None:
    table = "payments_attempt"
    op.create_primary_key("pk_payments_attempt", table, ["provider", "out_trade_no"])
    op.alter_column(table, "openid", new_column_name="payer_ref", nullable=True)
    op.alter_column(table, "prepay_id", new_column_name="cashier_ref")
    op.drop_constraint("uq_payments_attempt_order_id", table, type_="unique")
    op.drop_constraint("uq_payments_attempt_transaction_id", table, type_="unique")
    op.create_unique_constraint(
        "uq_payments_attempt_provider_transaction_id", table, ["provider", "transaction_id"]
    )
    op.create_index("ix_payments_attempt_order", table, ["order_id"])
    op.create_index(
        "uq_payments_attempt_order_open",
        table,
        ["order_id", "provider"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )


def _refunds() -> None:
    table = "payments_refund"
    op.create_primary_key("pk_payments_refund", table, ["provider", "out_refund_no"])
    op.create_foreign_key(
        "fk_payments_refund_attempt",
        table,
        "payments_attempt",
        ["provider", "out_trade_no"],
        ["provider", "out_trade_no"],
    )
    op.create_index("ix_payments_refund_attempt", table, ["provider", "out_trade_no"])
    op.drop_constraint("ck_payments_refund_status", table, type_="check")
    op.create_check_constraint(
        op.f("ck_payments_refund_status"), table, f"status IN ({_REFUND_STATUSES})"
    )
    op.drop_constraint("uq_payments_refund_after_sale_id", table, type_="unique")
    op.create_index(
        "uq_payments_refund_after_sale",
        table,
        ["after_sale_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_index(
        "ix_payments_refund_in_doubt",
        table,
        ["asked_at"],
        postgresql_where=sa.text("status IN ('abnormal', 'closed', 'refused')"),
    )
