from dataclasses import dataclass
from uuid import UUID

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class OptionsMismatch(Refusal):
    """A SKU must choose one listed value for each option, and no two SKUs the same values."""

    code = "sku_options_mismatch"
    status = 422
    sku: int
    why: str


@dataclass(eq=False)
class OptionsRefused(Refusal):
    """Options and their values have names, once each."""

    code = "product_options_refused"
    status = 422
    option: str


@dataclass(eq=False)
class StrikeTooLow(Refusal):
    """A struck-through price is higher than the price."""

    code = "strike_price_too_low"
    status = 422
    sku: int


@dataclass(eq=False)
class PriceOutOfRange(Refusal):
    """A price is at least one fen, and no more than a shop can charge."""

    code = "price_out_of_range"
    status = 422
    price_fen: int


@dataclass(eq=False)
class PictureUnknown(Refusal):
    """Pictures are uploaded first; their keys are what we answered."""

    code = "picture_unknown"
    status = 422
    key: str


@dataclass(eq=False)
class DetailPicturesForeign(Refusal):
    """The detail shows pictures of other sites, or written into the text: buyers would see none."""

    code = "detail_pictures_foreign"
    status = 422
    count: int
    pictures: list[str]


@dataclass(eq=False)
class ProductChanged(Refusal):
    """Somebody saved this product since you opened it."""

    code = "product_changed"
    product_id: UUID
    version: int


@dataclass(eq=False)
class ProductIncomplete(Refusal):
    """A product needs a picture before buyers see it."""

    code = "product_incomplete"


@dataclass(eq=False)
class ProductWordsRefused(Refusal):
    """The text of `field` holds words that may not be shown to buyers."""

    code = "product_words_refused"
    status = 422
    field: str
    words: list[str]


@dataclass(eq=False)
class ProductWordsHeld(Refusal):
    """The text of `field` holds words that the law allows to few: it is not shown with them."""

    code = "product_words_held"
    status = 422
    field: str
    words: list[str]


@dataclass(eq=False)
class CategoryInUse(Refusal):
    """Products or other categories stand under it: move them first."""

    code = "category_in_use"


@dataclass(eq=False)
class CategoryRefused(Refusal):
    """A category has a name that its neighbours do not have, and no circle above it."""

    code = "category_refused"


@dataclass(eq=False)
class CartFull(Refusal):
    """A cart holds no more lines than this: take something out first."""

    code = "cart_full"
    limit: int


@dataclass(eq=False)
class NotForSale(Refusal):
    """The SKU is not listed now."""

    code = "not_for_sale"
    sku_id: UUID
