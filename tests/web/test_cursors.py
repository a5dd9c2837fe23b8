"""Cursors that no list handed out: every list that has pages refuses them by name."""

import base64
import json
import re
from typing import Any

import pytest

from bofen.identity.rules import Role
from bofen.kit.ids import new_id
from bofen.web.app import AUDIENCES, audience_app
from tests.flows.affiliates_given import an_affiliate
from tests.web.conftest import Headers, Shop
from tests.web.rights import AFFILIATE, BUYER, RIGHTS


def _cursor(*key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _raw(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


NOW, ID = "2026-06-01T04:00:00+00:00", str(new_id())
HOSTILE = {
    "no base64": "???",
    "no JSON": _raw("{"),
    "no key": _cursor(),
    "an object": _raw('{"id": 1}'),
    "a number": _raw("1"),
    "too many parts": _cursor(NOW, ID, 1, 2, 3),
    "null": _cursor(None, None),
    "lists": _cursor([], {}),
    "truth": _cursor(True, ID),
    "NUL": _cursor(NOW, "a\x00b"),
    "half a character": _cursor(NOW, "\ud800"),
    "a time without a zone": _cursor("2026-06-01T04:00:00", ID),
    "the year 1": _cursor("0001-01-01T00:00:00+14:00", ID),
    "the year 9999": _cursor("9999-12-31T23:59:59-12:00", ID),
    "infinity": _raw(f'[Infinity, "{ID}"]'),
    "no number": _raw(f'[NaN, "{ID}"]'),
    "a number beyond all columns": _cursor(2**63, ID),
    "a number of 400 digits": _raw(f"[{'9' * 300}]"),
    "deep": _raw("[" * 300),
    "of no page": "W" * 501,
    "bytes": base64.urlsafe_b64encode(b"\xff\xfe\x00").decode(),
}
LISTS = [
    (audience, path)
    for audience in AUDIENCES
    for path, methods in audience_app(audience).openapi()["paths"].items()
    for method, operation in methods.items()
    if method == "get"
    and any(parameter["name"] == "cursor" for parameter in operation.get("parameters", ()))
]


async def _who_may(shop: Shop, audience: str, path: str) -> Headers:
    right = RIGHTS[audience][f"GET {path}"]
    if right == AFFILIATE:
        person_id, token = await shop.person()
        await an_affiliate(shop.services.db, person_id=person_id)
        return {"Authorization": f"Bearer {token}"}
    return await (shop.buyer() if right == BUYER else shop.staff(Role.owner))


def test_there_are_lists_to_ask() -> None:
    assert len(LISTS) >= 15
    assert {audience for audience, _ in LISTS} == {"buyer", "affiliate", "merchant"}


@pytest.mark.parametrize(("audience", "path"), LISTS)
async def test_a_cursor_of_nowhere_is_refused_and_breaks_nothing(
    shop: Shop, audience: str, path: str
) -> None:
    who = await _who_may(shop, audience, path)
    url = f"/api/{audience}" + re.sub(r"\{\w+\}", ID, path)
    wrong = {}
    for name, cursor in HOSTILE.items():
        answer = await shop.client.get(url, params={"cursor": cursor}, headers=who)
        code = answer.json().get("code")
        expected = "invalid_request" if len(cursor) > 500 else "bad_cursor"
        if (answer.status_code, code) != (422, expected):
            wrong[name] = (answer.status_code, code)

    assert wrong == {}
