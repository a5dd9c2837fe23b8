"""Laws of products: every SKU is one choice, every text is clean, every character is found."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bofen.catalog import words
from bofen.catalog.errors import DetailPicturesForeign, OptionsMismatch, OptionsRefused
from bofen.catalog.rules import (
    CATEGORY_DEPTH_MAX,
    COPY_MARK,
    TITLE_MAX,
    Option,
    ProductDraft,
    SkuDraft,
    check,
    clean_html,
    copied_title,
    depth_of,
    foreign_pictures,
    spec_of,
    text_of,
)
from bofen.kit.money import Fen

COLOURS = Option("颜色", ("红", "蓝"))
SIZES = Option("尺码", ("S", "M", "L"))
CHOICES = [(colour, size) for colour in COLOURS.values for size in SIZES.values]


def draft(options: tuple[Option, ...], *chosen: dict[str, str]) -> ProductDraft:
    skus = tuple(SkuDraft(each, Fen(100)) for each in chosen)
    return ProductDraft("T恤", "", UUID(int=1), "", (), (), "", options, skus)


@given(st.sets(st.sampled_from(CHOICES), min_size=1))
def test_any_part_of_the_options_product_fits(chosen: set[tuple[str, str]]) -> None:
    check(draft((COLOURS, SIZES), *({"颜色": c, "尺码": s} for c, s in chosen)))


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["颜色", "尺码", "别的"]), st.sampled_from(["红", "S", "L", "绿"])
        ),
        max_size=4,
    )
)
def test_what_passes_is_one_choice_for_each_sku(chosen: list[dict[str, str]]) -> None:
    made = draft((COLOURS, SIZES), *chosen)
    fits = [c.get("颜色") in COLOURS.values and c.get("尺码") in SIZES.values for c in chosen]
    is_exact = all(c.keys() == {"颜色", "尺码"} for c in chosen)
    is_unique = len({tuple(sorted(c.items())) for c in chosen}) == len(chosen)

    if chosen and all(fits) and is_exact and is_unique:
        check(made)
    else:
        with pytest.raises(OptionsMismatch):
            check(made)


@pytest.mark.parametrize(
    "options",
    [
        (COLOURS, COLOURS),
        (Option("", ("红",)),),
        (Option("颜色", ("红", "红")),),
        (Option("颜色", (" ",)),),
        (Option("颜色", ()),),
        tuple(Option(str(i), ("a",)) for i in range(4)),
    ],
)
def test_options_have_names_and_values_once_each(options: tuple[Option, ...]) -> None:
    with pytest.raises(OptionsRefused):
        check(draft(options, {}))


def test_a_spec_reads_in_the_order_of_the_options() -> None:
    assert spec_of({"尺码": "M", "颜色": "红"}, (COLOURS, SIZES)) == "红 / M"


@given(st.text(max_size=60), st.sampled_from(["script", "iframe", "a", "style", "svg", "form"]))
def test_nothing_that_runs_survives(text: str, tag: str) -> None:
    cleaned = clean_html(f"<p>{text}</p><{tag} onclick=x href='javascript:x'>y</{tag}>")

    assert f"<{tag}" not in cleaned
    assert "onclick" not in cleaned.split("</p>")[-1]
    assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ('<p><img src="/files/pictures/a.webp"></p>', []),
        ('<IMG SRC="https://img.alicdn.com/a.jpg">', ["https://img.alicdn.com/a.jpg"]),
        ('<img src="//img.alicdn.com/a.jpg"/>', ["//img.alicdn.com/a.jpg"]),
        ('<img src="data:image/png;base64,iVBORw0KGgo=">', ["data:image/png…"]),
        ('<img src="/files/a.webp" data-src="http://x.test/b.jpg">', ["http://x.test/b.jpg"]),
        ("<img alt='x'>", [""]),
        ('<img src="/files/../secret">', ["/files/../secret"]),
        ('<img src="http://x.test/a"><img src="http://x.test/a">', ["http://x.test/a"]),
        (f'<img src="http://x.test/{"a" * 200}">', [f"http://x.test/{'a' * 65}…"]),
        ("没有图片 <b>粗", []),
    ],
)
def test_pictures_of_elsewhere_are_named(html: str, named: list[str]) -> None:
    assert foreign_pictures(html) == named
    made = replace(draft((), {}), detail_html=html)
    if not named:
        return check(made)
    with pytest.raises(DetailPicturesForeign) as refused:
        check(made)
    assert (refused.value.count, refused.value.pictures) == (len(named), named)
    return None


def test_centred_lines_stay_centred() -> None:
    html = '<p style="text-align:center;color:red;position:fixed">中</p>'

    assert clean_html(html) == '<p style="text-align:center">中</p>'


def test_text_of_html_has_a_line_for_each_block() -> None:
    html = "<p>色</p><p>情&amp;<b>调</b></p><ul><li>一<br>二</li></ul>"

    assert text_of(html).split() == ["色", "情&调", "一", "二"]


han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@given(st.text(max_size=10), han, st.text(max_size=10))
def test_every_character_of_a_text_finds_it(before: str, title: str, after: str) -> None:
    terms = set(words.terms_of(before + title + after))

    for character in words.fold(title):
        found = words.search_for(character)
        assert found is not None
        assert found.query.strip("'") in terms


_WORD = r"'[^'\\]+'(?::\*)?"
_TERM = rf"(?:{_WORD}|\({_WORD}(?: \| {_WORD})+\))"
_QUERY = re.compile(rf"{_TERM}(?: & {_TERM})*")


@given(st.text(max_size=40))
@example("A A")
@example("mac book' | 'air")
def test_a_query_holds_only_quoted_words(text: str) -> None:
    """Each by itself, or several of which one is enough; nothing of the text is an operator."""
    found = words.search_for(text)

    assert found is None or _QUERY.fullmatch(found.query)


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 6), max_size=6), st.integers(1, 6))
def test_a_circle_of_categories_is_too_deep(parents: dict[int, int], start: int) -> None:
    tree = {UUID(int=child): UUID(int=parent) for child, parent in parents.items()}
    seen, at = {start}, parents.get(start)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)

    depth = depth_of(UUID(int=start), tree)

    assert depth == min(len(seen), CATEGORY_DEPTH_MAX + 1) if at is None else depth > 3


@given(st.text(min_size=1, max_size=TITLE_MAX))
def test_the_title_of_a_copy_says_so_and_fits(title: str) -> None:
    copied = copied_title(title)

    assert copied.endswith(COPY_MARK)
    assert len(copied) <= TITLE_MAX
    assert title.startswith(copied.removesuffix(COPY_MARK))
