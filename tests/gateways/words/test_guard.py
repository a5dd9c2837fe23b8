"""The word guard judges as a person would: a labelled list, and laws of what hides a word."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.gateways.words.check import check_text
from bofen.gateways.words.errors import WordsRefused
from bofen.gateways.words.guard import ListedWords

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
LISTED = json.loads(
    (Path(__file__).parents[3] / "bofen/gateways/words/words.json").read_text(encoding="utf-8")
)
guard = ListedWords.shipped()


def test_the_labelled_list_is_long_and_holds_both_kinds() -> None:
    assert len(SENTENCES["pass"]) >= 100
    assert len(SENTENCES["block"]) + len(SENTENCES["review"]) >= 100
    assert all(len(set(each)) == len(each) for each in SENTENCES.values())


def test_no_innocent_sentence_is_stopped() -> None:
    stopped = {text: guard.judge(text) for text in SENTENCES["pass"]}

    assert {text: each for text, each in stopped.items() if each.kind != "pass"} == {}


@pytest.mark.parametrize("kind", ["block", "review"])
def test_no_other_sentence_slips_through(kind: str) -> None:
    judged = {text: guard.judge(text) for text in SENTENCES[kind]}

    assert {text: each for text, each in judged.items() if each.kind != kind} == {}


@pytest.mark.parametrize("kind", ["block", "review"])
def test_every_listed_word_is_found_alone(kind: str) -> None:
    for word in LISTED["tiers"][kind]:
        assert guard.judge(word).kind == kind
        assert word in guard.judge(word).hits


@pytest.mark.parametrize("word", LISTED["allowed"])
def test_an_allowed_word_means_no_harm(word: str) -> None:
    assert guard.judge(word).kind == "pass"


blocked = st.sampled_from(LISTED["tiers"]["block"])
fillers = st.text(st.sampled_from(" *-._~·、🔥❤️\u200b\u3000/|"), min_size=1, max_size=3)


@given(blocked, st.data())
def test_what_is_put_between_its_characters_hides_no_word(word: str, data: st.DataObject) -> None:
    hidden = "".join(c + data.draw(fillers) for c in word)

    assert guard.judge(hidden).kind == "block"


@given(blocked, st.integers(1, 5))
def test_two_lines_are_two_texts(word: str, place: int) -> None:
    first, second = word[:place], word[place:]
    if not second or len(first) == len(second) == 1:
        return  # one character a line is a word written downwards

    verdict = guard.judge(f"好看的{first}\n{second}很好")

    assert word not in verdict.hits


def test_a_refusal_names_the_field_and_the_words() -> None:
    with pytest.raises(WordsRefused) as refused:
        check_text(guard, "title", "国家级品质")

    assert (refused.value.field, refused.value.words) == ("title", ["国家级"])
    check_text(guard, "introduction", "国家级品质", is_decided_later=True)
    with pytest.raises(WordsRefused):
        check_text(guard, "introduction", "色情", is_decided_later=True)
