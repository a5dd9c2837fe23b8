"""What the shop asks of WeChat Pay, and what it hears back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bofen.kit.money import Fen


@dataclass(frozen=True)
class PrepayAsked:
    out_trade_no: str
    description: str
    amount_fen: Fen
    openid: str
    expires_at: datetime
    notify_url: str


@dataclass(frozen=True)
class PaymentState:
    out_trade_no: str
    trade_state: str
    transaction_id: str | None = None
    amount_fen: Fen | None = None
    success_at: datetime | None = None
    payer_openid: str | None = None


@dataclass(frozen=True)
class RefundAsked:
    out_trade_no: str
    out_refund_no: str
    refund_fen: Fen
    total_fen: Fen
    reason: str
    notify_url: str


@dataclass(frozen=True)
class RefundState:
    out_refund_no: str
    status: str
    refund_id: str | None = None
    amount_fen: Fen | None = None
    success_at: datetime | None = None


@dataclass(frozen=True)
class TransferAsked:
    out_bill_no: str
    openid: str
    amount_fen: Fen
    remark: str
    notify_url: str
    user_name: str | None = None
    """The recipient's real name: WeChat Pay asks for it from 2 000 yuan on."""


@dataclass(frozen=True)
class TransferState:
    out_bill_no: str
    state: str
    package_info: str | None = None
    fail_reason: str | None = None


@dataclass(frozen=True)
class Notice:
    """A notice whose signature was right, opened."""

    id: str
    event_type: str
    resource: dict[str, Any]


class WeChatPay(Protocol):
    async def prepay(self, asked: PrepayAsked) -> str:
        """The prepay id."""

    def pay_sheet(self, prepay_id: str, at: datetime) -> dict[str, str]:
        """What the client hands to `wx.requestPayment`, signed."""

    async def query(self, out_trade_no: str) -> PaymentState: ...

    async def close(self, out_trade_no: str) -> None: ...

    async def refund(self, asked: RefundAsked) -> RefundState: ...

    async def query_refund(self, out_refund_no: str) -> RefundState: ...

    async def transfer(self, asked: TransferAsked) -> TransferState: ...

    async def query_transfer(self, out_bill_no: str) -> TransferState: ...

    def open_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        """Raises `ForgedNotice` on anything that WeChat Pay did not sign for us."""
