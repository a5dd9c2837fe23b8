"""What the merchant may decide: groups of settings, each with its default and its limits.

The defaults are those of the trade; the limits are what the rest of the house can bear. Both are
declared once, here: the API document, and so every form, takes them from these types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import ConfigDict, Field

from bofen.kit.money import FEN_MAX, Fen
from bofen.kit.text import Line, Lines

_STRICT = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True)
class Shop:
    """Who sells: what buyers, posters and parcels say of the merchant."""

    key: ClassVar[str] = "shop"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: Annotated[Line, Field(min_length=1, max_length=20)] = "播分好物"
    company: Annotated[Line, Field(max_length=60)] = ""
    """The licensed company; shown beside the licence."""
    licence_no: Annotated[Line, Field(max_length=30)] = ""
    """统一社会信用代码, shown on the shop's pages (电子商务法 §15)."""
    service_phone: Annotated[Line, Field(max_length=30)] = ""
    notice: Annotated[Line, Field(max_length=200)] = ""
    """A line for every buyer, such as when nothing ships; empty: none."""
    return_name: Annotated[Line, Field(max_length=40)] = ""
    return_phone: Annotated[Line, Field(max_length=30)] = ""
    return_address: Annotated[Line, Field(max_length=200)] = ""
    """Where goods that come back are sent to, whole: region and street."""


@dataclass(frozen=True)
class Trade:
    """Terms of sale. A change counts for orders placed from then on; see each field."""

    key: ClassVar[str] = "trade"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    pay_within_min: Annotated[int, Field(ge=5, le=120)] = 15
    """Minutes that stock is held for an unpaid order. WeChat Pay wants five at least."""
    confirm_after_shipped_days: Annotated[int, Field(ge=7, le=60)] = 10
    confirm_after_signed_days: Annotated[int, Field(ge=3, le=30)] = 7
    after_sale_days: Annotated[int, Field(ge=7, le=90)] = 7
    """Days after the day of receipt; seven is the law (消费者权益保护法 §25)."""
    freight_fen: Annotated[Fen, Field(ge=0, le=1_000_00)] = Fen(8_00)
    freight_free_from_fen: Annotated[Fen, Field(ge=0, le=FEN_MAX)] = Fen(99_00)
    """Goods after discounts that ship free; 0: everything does."""
    low_stock_below: Annotated[int, Field(ge=0, le=100_000)] = 10
    """A new SKU counts as low below this many available pieces."""
    open_orders_max: Annotated[int, Field(ge=1, le=200)] = 20
    """Unpaid orders of one buyer: a cap on the stock that one person can hold."""
    traces_kept_days: Annotated[int, Field(ge=90, le=3660)] = 180
    """Days after a parcel was signed; then only the last word about it stays."""
    is_sold_out_hidden: bool = True
    """Whether what is sold out leaves the shop's lists until it is restocked; links stay good."""


@dataclass(frozen=True)
class Live:
    """Rooms and broadcasts."""

    key: ClassVar[str] = "live"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    grace_s: Annotated[int, Field(ge=10, le=1800)] = 60
    """Seconds that a broadcast waits for an encoder that is gone."""
    likes_a_second_max: Annotated[int, Field(ge=1, le=100)] = 20
    """Of one viewer; what is tapped faster is not counted."""
    messages_in_ten_s_max: Annotated[int, Field(ge=1, le=50)] = 10
    """Danmaku of one viewer in ten seconds, all rooms together."""
    messages_kept_days: Annotated[int, Field(ge=1096, le=7320)] = 1096
    """Days that danmaku are kept; three years are the law's (网络直播营销管理办法)."""


@dataclass(frozen=True)
class Binding:
    """Who earns on a buyer, and for how long. Bindings that stand keep the days they were given."""

    key: ClassVar[str] = "binding"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    binding_days: Annotated[int, Field(ge=1, le=365)] = 30
    protection_days: Annotated[int, Field(ge=0, le=90)] = 7
    """Days in which another affiliate's link does not take the buyer over."""
    share_days: Annotated[int, Field(ge=1, le=30)] = 7
    """Days after it was opened in which a share link wins the order."""
    clicks_kept_days: Annotated[int, Field(ge=60, le=3660)] = 400
    """Days that it is known who opened a link; how often each was opened stays for ever."""


@dataclass(frozen=True)
class Payout:
    """When commission is available, and how it is paid out."""

    key: ClassVar[str] = "payout"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    holding_days: Annotated[int, Field(ge=0, le=60)] = 7
    """Days between confirmed receipt and release, fixed for a line at its receipt."""
    withdrawal_min_fen: Annotated[Fen, Field(ge=1_00, le=1_000_00)] = Fen(10_00)
    automatic_max_fen: Annotated[Fen, Field(ge=0, le=20_000_00)] = Fen(2_000_00)
    """Larger withdrawals wait for two persons, neither of them the payee."""


@dataclass(frozen=True)
class Policies:
    """What buyers agree to when they sign in; an empty text stands for that of the house."""

    key: ClassVar[str] = "policies"
    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    user_agreement: Annotated[Lines, Field(max_length=20_000)] = ""
    privacy_policy: Annotated[Lines, Field(max_length=20_000)] = ""


Group = Shop | Trade | Live | Binding | Payout | Policies
GROUPS: tuple[type[Group], ...] = (Shop, Trade, Live, Binding, Payout, Policies)
AnyGroup = TypeVar("AnyGroup", Shop, Trade, Live, Binding, Payout, Policies)


@dataclass(frozen=True)
class Settings:
    """What decides, as it is in force at one moment: read once for a batch, then handed on.

    Texts decide nothing and are long: `Policies` is read where it is shown.
    """

    shop: Shop = Shop()
    trade: Trade = Trade()
    live: Live = Live()
    binding: Binding = Binding()
    payout: Payout = Payout()


def read(kind: type[AnyGroup], value: Mapping[str, Any]) -> AnyGroup:
    """A stored group. A field that it does not have yet takes its default, a former one is left."""
    known = {field.name for field in fields(kind)}
    return kind(**{name: part for name, part in value.items() if name in known})


def contradiction(group: Group) -> str | None:
    """The field that contradicts another of its group, or None."""
    if isinstance(group, Binding) and group.protection_days > group.binding_days:
        return "protection_days"
    if isinstance(group, Trade) and (
        group.confirm_after_signed_days > group.confirm_after_shipped_days
    ):
        return "confirm_after_signed_days"
    return None
