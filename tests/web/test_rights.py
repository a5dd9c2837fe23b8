"""Every route asked as every role: what the table of rights says is what the house does."""

import re

import pytest
from fastapi.routing import APIRoute

from bofen.identity.rules import PERMISSIONS, Permission, Role
from bofen.web.app import AUDIENCES, audience_app
from tests.web.conftest import Headers, Shop
from tests.web.rights import AFFILIATE, ANYBODY, BUYER, RIGHTS, SIGNED, STAFF, Right

NOWHERE = "0198c2f0-0000-7000-8000-000000000000"
ROWS = [
    (audience, *route.split(" "), right)
    for audience, routes in RIGHTS.items()
    for route, right in routes.items()
]
OF_STAFF = [row for row in ROWS if isinstance(row[3], Permission) or row[3] == STAFF]
OF_BUYERS = [row for row in ROWS if row[3] in {BUYER, AFFILIATE}]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_route_has_its_row_and_every_row_its_route(audience: str) -> None:
    routes = {
        f"{method} {route.path}"
        for router in AUDIENCES[audience]
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }

    assert routes == RIGHTS[audience].keys()


def test_every_right_opens_something_and_belongs_to_somebody() -> None:
    used = {right for routes in RIGHTS.values() for right in routes.values()}
    given = {permission for rights in PERMISSIONS.values() for permission in rights}

    assert set(Permission) - used == set()
    assert set(Permission) - given == set()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_document_asks_for_a_token_where_the_table_does(audience: str) -> None:
    document = audience_app(audience).openapi()
    for route, right in RIGHTS[audience].items():
        method, path = route.split(" ")
        needs_token = bool(document["paths"][path][method.lower()].get("security"))
        # A poster and a share may be opened by anybody, and are told who it is where that is known.
        if right != ANYBODY:
            assert needs_token == (right != SIGNED), route


async def asked_by(shop: Shop, headers: Headers, audience: str, method: str, path: str) -> int:
    """The status of a request that names nothing that exists."""
    filled = re.sub(r"\{seq\}", "1", path)
    filled = re.sub(r"\{key\}", "shop", filled)
    filled = re.sub(r"\{(version|code)\}", "1", filled)
    filled = re.sub(r"\{\w+\}", NOWHERE, filled)
    answer = await shop.client.request(
        method, f"/api/{audience}{filled}", headers=headers, json={} if method != "GET" else None
    )
    return answer.status_code


def is_allowed(right: Right, role: Role) -> bool:
    return right == STAFF or right in PERMISSIONS[role]


@pytest.mark.parametrize("role", Role)
async def test_a_role_may_what_the_table_says_and_nothing_else(shop: Shop, role: Role) -> None:
    staff = await shop.staff(role)
    wrong = []
    for audience, method, path, right in OF_STAFF:
        status = await asked_by(shop, staff, audience, method, path)
        if (status not in {401, 403}) != is_allowed(right, role) or status >= 500:
            wrong.append((method, path, status))

    assert wrong == []


async def test_staff_are_nobody_where_buyers_are_asked_for(shop: Shop) -> None:
    owner = await shop.staff(Role.owner)
    answers = {
        (method, path): await asked_by(shop, owner, audience, method, path)
        for audience, method, path, _ in OF_BUYERS
    }

    assert set(answers.values()) == {401}, answers


@pytest.mark.parametrize("is_signed_in", [False, True])
async def test_buyers_and_strangers_are_nobody_where_staff_are_asked_for(
    shop: Shop, *, is_signed_in: bool
) -> None:
    headers = await shop.buyer() if is_signed_in else {}
    answers = {
        (method, path): await asked_by(shop, headers, audience, method, path)
        for audience, method, path, _ in OF_STAFF
    }

    assert set(answers.values()) == {401}, answers


async def test_a_buyer_who_is_no_affiliate_may_nothing_of_affiliates(shop: Shop) -> None:
    buyer = await shop.buyer()
    answers = {
        (method, path): await asked_by(shop, buyer, audience, method, path)
        for audience, method, path, right in OF_BUYERS
        if right == AFFILIATE
    }

    assert set(answers.values()) == {403}, answers


async def test_a_stranger_is_asked_to_sign_in(shop: Shop) -> None:
    answers = {
        (method, path): await asked_by(shop, {}, audience, method, path)
        for audience, method, path, _ in OF_BUYERS
    }

    assert set(answers.values()) == {401}, answers
