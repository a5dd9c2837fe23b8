"""What one version of a product says otherwise than another, field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bofen.catalog.rules import Option, ProductDraft, SkuDraft, pictures_in, spec_of, text_of
from bofen.kit.money import Fen


class ProductPart(StrEnum):
    """The part of a product that a difference is about. The console has a word for each."""

    product_title = "title"
    subtitle = "subtitle"
    category = "category"
    brand = "brand"
    tags = "tags"
    pictures = "pictures"
    detail = "detail"
    detail_pictures = "detail_pictures"
    options = "options"
    skus = "skus"
    price = "price"
    strike = "strike"
    cost = "cost"
    sku_picture = "sku_picture"


@dataclass(frozen=True)
class Difference:
    """One thing that is otherwise. What is told depends on the field.

    A text, a category (its id) or a SKU's picture (its key) has `before` and `after`; money the
    same in fen, None: not set. Lists, and the lines of the detail, have what was `added` and
    `removed`; neither: the same ones stand in another order or form. `spec` names the SKU.
    """

    field: ProductPart
    spec: str = ""
    before: str | None = None
    after: str | None = None
    before_fen: Fen | None = None
    after_fen: Fen | None = None
    added: Sequence[str] = ()
    removed: Sequence[str] = ()


def differences(before: ProductDraft, after: ProductDraft) -> list[Difference]:
    """Everything that `after` says otherwise, in the order of the form; empty for equals."""
    return [*_texts(before, after), *_lists(before, after), *_skus(before, after)]


def _texts(before: ProductDraft, after: ProductDraft) -> Iterator[Difference]:
    pairs = {
        ProductPart.product_title: (before.title, after.title),
        ProductPart.subtitle: (before.subtitle, after.subtitle),
        ProductPart.category: (str(before.category_id), str(after.category_id)),
        ProductPart.brand: (before.brand, after.brand),
    }
    for field, (was, now) in pairs.items():
        if was != now:
            yield Difference(field, before=was, after=now)


def _lists(before: ProductDraft, after: ProductDraft) -> Iterator[Difference]:
    yield from _changed(ProductPart.tags, before.tags, after.tags)
    yield from _changed(ProductPart.pictures, before.pictures, after.pictures)
    if before.detail_html != after.detail_html:
        pictures = [pictures_in(draft.detail_html) for draft in (before, after)]
        of_pictures = list(_changed(ProductPart.detail_pictures, *pictures))
        of_lines = _changed(ProductPart.detail, _lines(before), _lines(after))
        # What reads the same and shows the same is otherwise in its form only.
        yield from list(of_lines) or ([] if of_pictures else [Difference(ProductPart.detail)])
        yield from of_pictures
    yield from _changed(ProductPart.options, _named(before.options), _named(after.options))


def _lines(draft: ProductDraft) -> list[str]:
    lines = (line.strip() for line in text_of(draft.detail_html).splitlines())
    return [line for line in lines if line]


def _named(options: Sequence[Option]) -> list[str]:
    return [f"{option.name}：{value}" for option in options for value in option.values]


def _changed(
    field: ProductPart, before: Sequence[str], after: Sequence[str]
) -> Iterator[Difference]:
    if list(before) != list(after):
        yield Difference(field, added=_beyond(after, before), removed=_beyond(before, after))


def _beyond(of: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Those of `of` that `others` has not, or not as often."""
    left = Counter(others)
    found = []
    for each in of:
        left[each] -= 1
        if left[each] < 0:
            found.append(each)
    return tuple(found)


_Choice = tuple[tuple[str, str], ...]


def _by_choice(draft: ProductDraft) -> dict[_Choice, SkuDraft]:
    return {tuple(sorted(sku.options.items())): sku for sku in draft.skus}


def _skus(before: ProductDraft, after: ProductDraft) -> Iterator[Difference]:
    """A SKU is the same as long as its options are, as when it is written."""
    were, are = _by_choice(before), _by_choice(after)
    for choice, sku in were.items():
        if choice not in are:
            spec = spec_of(sku.options, before.options)
            yield Difference(ProductPart.skus, spec, before_fen=sku.price_fen)
    for choice, sku in are.items():
        spec = spec_of(sku.options, after.options)
        if choice in were:
            yield from _sku(spec, were[choice], sku)
        else:
            yield Difference(ProductPart.skus, spec, after_fen=sku.price_fen)
    both = [choice for choice in were if choice in are]
    if both != [choice for choice in are if choice in were]:
        yield Difference(ProductPart.skus)


def _sku(spec: str, before: SkuDraft, after: SkuDraft) -> Iterator[Difference]:
    amounts = {
        ProductPart.price: (before.price_fen, after.price_fen),
        ProductPart.strike: (before.strike_fen, after.strike_fen),
        ProductPart.cost: (before.cost_fen, after.cost_fen),
    }
    for field, (was_fen, is_fen) in amounts.items():
        if was_fen != is_fen:
            yield Difference(field, spec, before_fen=was_fen, after_fen=is_fen)
    if before.picture_key != after.picture_key:
        yield Difference(
            ProductPart.sku_picture, spec, before=before.picture_key, after=after.picture_key
        )
