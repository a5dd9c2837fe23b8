"""What the shop asks of whoever moves money for it, in words that every provider can answer.

The numbers (`out_trade_no`, `out_refund_no`, `out_bill_no`) are the shop's own, committed before
the first call: the same number again is the same payment, refund or transfer. Whatever is refused
or stays unclear raises `ProviderError`; its `is_final` says which of the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bofen.kit.money import Fen


class PaymentOutcome(StrEnum):
    """How a payment number stands. `unknown`: the provider has never heard of it."""

    paid = "paid"
    open = "open"
    closed = "closed"
    unknown = "unknown"


class RefundOutcome(StrEnum):
    """How a refund number stands.

    `closed`: nothing was paid and nothing will be under this number. `abnormal`: the money left and
    did not arrive, a person has to act. `unknown`: the provider has never heard of the number.
    """

    succeeded = "succeeded"
    processing = "processing"
    closed = "closed"
    abnormal = "abnormal"
    unknown = "unknown"


class TransferOutcome(StrEnum):
    """How a transfer to a person stands.

    `failed` and `unknown` say for certain that no money left; `waiting_user`: the payee confirms.
    """

    paid = "paid"
    failed = "failed"
    waiting_user = "waiting_user"
    processing = "processing"
    unknown = "unknown"


@dataclass(frozen=True)
class PaymentAsked:
    """A payment to open. `payer_ref` is how the provider knows the payer, where it needs to."""

    out_trade_no: str
    description: str
    amount_fen: Fen
    expires_at: datetime
    payer_ref: str | None = None


@dataclass(frozen=True)
class Paid:
    """Money that has arrived: the provider's own number of it, how much, and when it was paid."""

    transaction_id: str
    amount_fen: Fen
    at: datetime


@dataclass(frozen=True)
class PaymentState:
    """`paid` is there exactly when the outcome is `paid`."""

    out_trade_no: str
    outcome: PaymentOutcome
    paid: Paid | None = None


@dataclass(frozen=True)
class RefundAsked:
    """A part of a payment that goes back; `total_fen` is what was paid in all."""

    out_trade_no: str
    out_refund_no: str
    refund_fen: Fen
    total_fen: Fen
    reason: str


@dataclass(frozen=True)
class RefundState:
    """`refund_id` is the provider's own number of it."""

    out_refund_no: str
    outcome: RefundOutcome
    refund_id: str | None = None
    amount_fen: Fen | None = None
    succeeded_at: datetime | None = None


@dataclass(frozen=True)
class TransferAsked:
    """Money to a person. `payee_name` is sent (encrypted) where the provider compares it."""

    out_bill_no: str
    payee_ref: str
    amount_fen: Fen
    remark: str
    payee_name: str | None = None


@dataclass(frozen=True)
class TransferState:
    """`confirm_token` opens the payee's confirmation; `provider_state` is the provider's word."""

    out_bill_no: str
    outcome: TransferOutcome
    provider_state: str = ""
    amount_fen: Fen | None = None
    confirm_token: str | None = None
    fail_reason: str | None = None


State = PaymentState | RefundState | TransferState


@dataclass(frozen=True)
class Notice:
    """What a provider told us, verified and opened. `about` None: nothing that a shop acts on."""

    id: str
    kind: str
    about: State | None


class PaymentProvider(Protocol):
    """Takes money and gives it back. One for each name in `Services.payments`."""

    @property
    def payer_appid(self) -> str | None:
        """The app whose name for a person is the `payer_ref`; None: no payer need be named."""

    async def open_payment(self, asked: PaymentAsked) -> str:
        """Have the number ready to be paid; what its cashier is opened with."""

    def pay_sheet(self, cashier_ref: str, at: datetime) -> dict[str, str]:
        """What the client hands to the provider's cashier, signed."""

    async def query(self, out_trade_no: str) -> PaymentState:
        """What the provider knows of a payment number; raises ProviderError when silent."""

    async def close(self, out_trade_no: str) -> None:
        """Returns only when no money can come in for this number any more."""

    async def refund(self, asked: RefundAsked) -> RefundState:
        """Ask for a refund; the same number at every try. Raises ProviderError."""

    async def query_refund(self, out_refund_no: str) -> RefundState:
        """What the provider knows of a refund number."""

    def open_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        """Raises `ForgedNotice` when it is not the provider's, `ForeignNotice` when not ours."""


class TransferProvider(Protocol):
    """Pays people. One for each name in `Services.transfers`; it tells by its payment door."""

    @property
    def payee_appid(self) -> str:
        """The app whose name for a person is the `payee_ref`."""

    @property
    def named_from_fen(self) -> Fen:
        """From here on the provider compares the payee's real name."""

    async def transfer(self, asked: TransferAsked) -> TransferState:
        """Ask for a pay-out; the same number at every try. Raises ProviderError."""

    async def query_transfer(self, out_bill_no: str) -> TransferState:
        """What the provider knows of a pay-out's number."""
