"""What runs when: jobs by the name they are enqueued under, sweeps by their rhythm."""

from datetime import timedelta

from bofen.flows.cancel import close_unpaid
from bofen.flows.close_ledger import close_ledger
from bofen.flows.forget import forget
from bofen.flows.index_recipients import index_recipients
from bofen.flows.live_sessions import end_abandoned, reconcile
from bofen.flows.pay import poll_payments
from bofen.flows.profiles import keep_wechat_avatar
from bofen.flows.receipt import auto_confirm, complete
from bofen.flows.refold import refold
from bofen.flows.rooms import product_changed, sku_changed
from bofen.flows.send_refund import poll_refunds, send_refund
from bofen.flows.settle import settle_daily
from bofen.flows.ship import subscribe_shipment
from bofen.flows.sold_counts import count_sold
from bofen.flows.track import poll_tracks
from bofen.flows.withdraw import poll as poll_withdrawals
from bofen.flows.withdraw import transfer_withdrawal
from bofen.reports.rolling import roll_up
from bofen.worker.run import JobFunction, Sweep

JOBS: dict[str, JobFunction] = {
    "send_refund": send_refund,
    "subscribe_shipment": subscribe_shipment,
    "keep_wechat_avatar": keep_wechat_avatar,
    "transfer_withdrawal": transfer_withdrawal,
    "tell_rooms_of_sku": sku_changed,
    "tell_rooms_of_product": product_changed,
}

SWEEPS: dict[str, Sweep] = {
    "close_unpaid": Sweep(close_unpaid, timedelta(seconds=5)),
    "poll_payments": Sweep(poll_payments, timedelta(seconds=20)),
    "poll_refunds": Sweep(poll_refunds, timedelta(seconds=30)),
    "poll_withdrawals": Sweep(poll_withdrawals, timedelta(seconds=30)),
    "poll_tracks": Sweep(poll_tracks, timedelta(minutes=10)),
    "auto_confirm": Sweep(auto_confirm, timedelta(minutes=1)),
    "complete": Sweep(complete, timedelta(minutes=1)),
    "settle": Sweep(settle_daily, timedelta(seconds=20)),
    "count_sold": Sweep(count_sold, timedelta(seconds=15)),
    "refold": Sweep(refold, timedelta(minutes=10)),
    "close_ledger": Sweep(close_ledger, timedelta(minutes=15)),
    "forget": Sweep(forget, timedelta(hours=1)),
    "index_recipients": Sweep(index_recipients, timedelta(seconds=5)),
    "roll_up": Sweep(roll_up, timedelta(minutes=5)),
    "end_abandoned": Sweep(end_abandoned, timedelta(seconds=5)),
    "reconcile_streams": Sweep(reconcile, timedelta(seconds=30)),
}
