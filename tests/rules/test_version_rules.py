"""Laws of comparing versions: nothing that is otherwise goes untold, and nothing else is told."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bofen.catalog.rules import Option, ProductDraft, SkuDraft
from bofen.catalog.versions.rules import Difference, ProductPart, differences
from bofen.kit.money import Fen

COLOURS = Option("颜色", ("红", "蓝"))
words = st.text("甲乙丙 ", max_size=3)
lists = st.lists(st.sampled_from(["a", "b", "c"]), max_size=4).map(tuple)
amounts = st.one_of(st.none(), st.integers(1, 5).map(Fen))
drafts = st.builds(
    ProductDraft,
    title=words,
    subtitle=words,
    category_id=st.integers(1, 2).map(lambda number: UUID(int=number)),
    brand=words,
    tags=lists,
    pictures=lists,
    detail_html=st.lists(
        st.sampled_from(["<p>棉</p>", "<b>棉</b>", "<p>丝</p>", '<img src="/files/a">']), max_size=3
    ).map("".join),
    options=st.sampled_from([(COLOURS,), (Option("颜色", ("蓝", "红")),)]),
    skus=st.lists(
        st.builds(
            SkuDraft,
            st.sampled_from([{"颜色": "红"}, {"颜色": "蓝"}]),
            st.integers(1, 5).map(Fen),
            amounts,
            amounts,
            st.one_of(st.none(), st.sampled_from(["a", "b"])),
        ),
        min_size=1,
        unique_by=lambda sku: sku.options["颜色"],
    ).map(tuple),
)
SHIRT = ProductDraft(
    "T恤",
    "",
    UUID(int=1),
    "",
    ("新品",),
    ("a", "b"),
    "<p>纯棉</p><p>可机洗</p>",
    (COLOURS,),
    (SkuDraft({"颜色": "红"}, Fen(9_900)), SkuDraft({"颜色": "蓝"}, Fen(9_900), Fen(12_000))),
)


@given(drafts, drafts)
def test_nothing_is_told_exactly_when_nothing_is_otherwise(
    before: ProductDraft, after: ProductDraft
) -> None:
    assert (differences(before, after) == []) == (before == after)


@given(drafts, drafts)
def test_the_way_back_tells_the_same_the_other_way_round(
    before: ProductDraft, after: ProductDraft
) -> None:
    def turned(each: Difference) -> Difference:
        return replace(
            each,
            before=each.after,
            after=each.before,
            before_fen=each.after_fen,
            after_fen=each.before_fen,
            added=each.removed,
            removed=each.added,
        )

    there = {(each.field, each.spec): turned(each) for each in differences(before, after)}
    back = {(each.field, each.spec): each for each in differences(after, before)}

    assert there == back


def test_a_price_is_told_with_its_sku() -> None:
    red, blue = SHIRT.skus
    after = replace(
        SHIRT, skus=(replace(red, price_fen=Fen(8_900)), replace(blue, strike_fen=None))
    )

    assert differences(SHIRT, after) == [
        Difference(ProductPart.price, "红", before_fen=Fen(9_900), after_fen=Fen(8_900)),
        Difference(ProductPart.strike, "蓝", before_fen=Fen(12_000)),
    ]


def test_a_sku_that_is_gone_or_new_is_told_with_its_price() -> None:
    options = (Option("颜色", ("红", "绿")),)
    after = replace(
        SHIRT, options=options, skus=(SHIRT.skus[0], SkuDraft({"颜色": "绿"}, Fen(7_900)))
    )

    assert differences(SHIRT, after) == [
        Difference(ProductPart.options, added=("颜色：绿",), removed=("颜色：蓝",)),
        Difference(ProductPart.skus, "蓝", before_fen=Fen(9_900)),
        Difference(ProductPart.skus, "绿", after_fen=Fen(7_900)),
    ]


def test_the_detail_is_told_line_by_line_and_picture_by_picture() -> None:
    after = replace(SHIRT, detail_html='<p>纯棉</p><img src="/files/c"><p>只可手洗</p>')

    assert differences(SHIRT, after) == [
        Difference(ProductPart.detail, added=("只可手洗",), removed=("可机洗",)),
        Difference(ProductPart.detail_pictures, added=("/files/c",)),
    ]


def test_the_same_text_in_another_form_is_told_as_that() -> None:
    after = replace(SHIRT, detail_html="<p><b>纯棉</b></p><p>可机洗</p>", pictures=("b", "a"))

    assert differences(SHIRT, after) == [
        Difference(ProductPart.pictures),
        Difference(ProductPart.detail),
    ]
