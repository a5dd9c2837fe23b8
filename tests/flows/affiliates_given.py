"""Affiliates, links and commission for tests, and a wallet provider with faults on demand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from bofen.affiliates import commissions
from bofen.affiliates.commissions import RefundedLine, SaleLine
from bofen.affiliates.models import Withdrawal
from bofen.affiliates.rules import Attribution, AttributionKind
from bofen.flows import withdraw
from bofen.flows.services import Services
from bofen.flows.settle import settle
from bofen.flows.withdraw import Wish
from bofen.gateways.payments.protocol import TransferAsked, TransferOutcome, TransferState
from bofen.gateways.wechat_pay.words import NAME, transfer_state
from bofen.identity import links, phones
from bofen.identity.rules import Role, StaffMember
from bofen.kit.crypto import Vault
from bofen.kit.db import Database, Tx
from bofen.kit.errors import ProviderError
from bofen.kit.ids import new_id, short_token
from bofen.kit.money import Fen
from bofen.kit.settings import Settings
from bofen.ledger import queries as ledger
from bofen.ledger.rules import Balances
from tests.conftest import NOON
from tests.outside import WordList

APPID = "wx0000000000000001"
VAULT = Vault(b"k" * 32)
RELEASED = NOON + timedelta(days=8)


async def an_affiliate(
    db: Database,
    status: str = "approved",
    person_id: UUID | None = None,
    *,
    has_phone: bool = True,
) -> UUID:
    affiliate_id, person_id = uuid4(), person_id or uuid4()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_person (id, nickname, created_at) VALUES ($1, '小米', $2)"
            " ON CONFLICT DO NOTHING",
            person_id,
            NOON,
        )
        await tx.fetch(
            "INSERT INTO identity_wechat (appid, openid, person_id) VALUES ($1, $2, $3)",
            APPID,
            f"o{short_token(20)}",
            person_id,
        )
        await tx.fetch(
            "INSERT INTO affiliates_affiliate (id, person_id, status, real_name_sealed,"
            " real_name_masked, introduction, agreement_version, agreed_at, applied_at)"
            " VALUES ($1, $2, $3, $5, '张**', '', '1', $4, $4)",
            affiliate_id,
            person_id,
            status,
            NOON,
            VAULT.seal("张晓梅"),
        )
        if has_phone:
            await phones.prove(tx, VAULT, person_id, f"135{person_id.int % 10**8:08}", NOON)
    return affiliate_id


async def a_person(db: Database) -> UUID:
    """Somebody whom the shop knows."""
    person_id = uuid4()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_person (id, nickname, created_at) VALUES ($1, '小郑', $2)",
            person_id,
            NOON,
        )
    return person_id


async def person_of(db: Database, affiliate_id: UUID) -> UUID:
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT person_id FROM affiliates_affiliate WHERE id = $1", affiliate_id
        )
    return cast("UUID", rows[0]["person_id"])


async def a_member(
    db: Database, role: Role = Role.reviewer, login: str | None = None
) -> StaffMember:
    """Somebody who works here."""
    staff_id = uuid4()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_staff"
            " (id, login, name, password_hash, role, created_at, is_active)"
            " VALUES ($1, $2, '小孙', '!', $3, $4, true)",
            staff_id,
            login or str(staff_id),
            role.value,
            NOON,
        )
    return StaffMember(staff_id, "小孙", role)


async def a_link(db: Database, affiliate_id: UUID) -> str:
    token = short_token()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO affiliates_link"
            " (token, affiliate_id, target_kind, target_id, campaign, created_at)"
            " VALUES ($1, $2, 'shop', '', $1, $3)",
            token,
            affiliate_id,
            NOON,
        )
    return token


def a_sale(affiliate_id: UUID, base: int = 29_113, paid_at: datetime = NOON) -> SaleLine:
    attribution = Attribution(affiliate_id, AttributionKind.share).to_json()
    return SaleLine(
        new_id(), 1, uuid4(), uuid4(), Fen(base), None, affiliate_id, attribution, paid_at
    )


async def accrued(db: Database, *sales: SaleLine) -> None:
    async with db.transaction() as tx:
        await commissions.accrue(tx, sales, NOON)


async def received(db: Database, *sales: SaleLine, at: datetime = NOON) -> None:
    async with db.transaction() as tx:
        await commissions.receipt_confirmed(tx, [sale.order_id for sale in sales], 7, at)


async def refunded(db: Database, sale: SaleLine, total: int) -> None:
    async with db.transaction() as tx:
        refund = RefundedLine(sale.order_id, sale.line_no, uuid4(), Fen(total))
        await commissions.reverse(tx, [refund], NOON)


async def balances(db: Database, affiliate_id: UUID) -> Balances:
    async with db.transaction() as tx:
        return (await ledger.balances(tx, [affiliate_id]))[affiliate_id]


@dataclass
class Wallets:
    """What WeChat Pay does with transfers, and how it may fail."""

    states: dict[str, TransferState] = field(default_factory=dict)
    named_from_fen: Fen = Fen(2_000_00)
    payee_appid: str = APPID
    calls: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    lose_answers: int = 0
    refuse: bool = False

    async def transfer(self, asked: TransferAsked) -> TransferState:
        self.calls.append(asked.out_bill_no)
        self.names.append(asked.payee_name)
        if self.refuse:
            raise ProviderError("wechat_pay", "PARAM_ERROR", "收款用户未实名", is_final=True)
        made = TransferState(
            asked.out_bill_no,
            TransferOutcome.waiting_user,
            "WAIT_USER_CONFIRM",
            confirm_token="package",
        )
        made = self.states.setdefault(asked.out_bill_no, made)
        if self.lose_answers:
            self.lose_answers -= 1
            raise ProviderError("wechat_pay", "NO_ANSWER", is_final=False)
        return made

    async def query_transfer(self, out_bill_no: str) -> TransferState:
        if out_bill_no not in self.states:
            return TransferState(out_bill_no, TransferOutcome.unknown)
        return self.states[out_bill_no]

    def end(self, out_bill_no: str, state: str, reason: str | None = None) -> None:
        """`state` in WeChat Pay's own word."""
        told = {"out_bill_no": out_bill_no, "state": state, "fail_reason": reason}
        self.states[out_bill_no] = transfer_state(told)


def services(db: Database, wallets: Wallets | None = None) -> Services:
    nothing = cast("Any", None)
    return Services(
        settings=Settings(public_url="http://shop.test", wechat_appid=APPID),
        db=db,
        bus=nothing,
        limiter=nothing,
        vault=VAULT,
        storage=nothing,
        wechat=nothing,
        payments={},
        transfers={NAME: cast("Any", wallets)},
        courier=nothing,
        streams=nothing,
        words=WordList(),
        sms=nothing,
    )


async def available(db: Database, affiliate_id: UUID, amount_fen: int, at: datetime) -> SaleLine:
    """Commission of `amount_fen`, released at `at`."""
    sale = a_sale(affiliate_id, amount_fen * 10)
    await accrued(db, sale)
    await received(db, sale)
    await settle(services(db), at)
    return sale


async def asked(
    db: Database, affiliate_id: UUID, amount: int, withdrawal_id: UUID | None = None
) -> Withdrawal:
    person_id = await person_of(db, affiliate_id)
    wish = Wish(withdrawal_id or uuid4(), affiliate_id, person_id, Fen(amount))
    async with db.transaction() as tx:
        return await withdraw.ask(tx, services(db, Wallets()).transfers, wish, RELEASED)


async def a_clerk(
    db: Database, person_id: UUID | None = None, login: str | None = None
) -> StaffMember:
    """Somebody of finance whose person is known: `person_id`, or one of his own."""
    clerk = await a_member(db, Role.finance, login)
    person_id = person_id or await a_person(db)
    async with db.transaction() as tx:
        await links.link_staff(tx, clerk.id, person_id, clerk, NOON)
    return clerk


async def nobody_waits(_tx: Tx, *_names: str, is_shared: bool = False) -> None:
    """Instead of `Tx.queue_up`, for controls that show what the turns are for."""
    del is_shared
