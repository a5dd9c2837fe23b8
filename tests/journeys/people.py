"""People of the story, as the system's own protocols know them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from bofen.kit.ids import new_id
from bofen.runtime.demo.seed import PASSWORD
from tests.journeys.system import System


@dataclass(frozen=True)
class Caller:
    """Somebody with a token, speaking to one audience's API."""

    http: httpx.AsyncClient
    audience: str
    token: str

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        status: int | tuple[int, ...] = (200, 201, 204),
    ) -> Any:
        """The JSON of the answer; its status must be as expected."""
        answer = await self.http.request(
            method,
            f"/api/{self.audience}{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
        )
        expected = (status,) if isinstance(status, int) else status
        assert answer.status_code in expected, (method, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def speaking_to(self, audience: str) -> "Caller":
        return Caller(self.http, audience, self.token)


async def buyer(http: httpx.AsyncClient, openid: str) -> Caller:
    """Signed in as in the mini program."""
    nobody = Caller(http, "buyer", "")
    code = f"code-{openid}.{new_id().hex}"
    session = await nobody.ask("POST", "/sessions", {"kind": "wechat", "code": code})
    return Caller(http, "buyer", session["token"])


async def staff(http: httpx.AsyncClient, login: str) -> Caller:
    nobody = Caller(http, "merchant", "")
    session = await nobody.ask("POST", "/sessions", {"login": login, "password": PASSWORD})
    return Caller(http, "merchant", session["token"])


async def address_of(person: Caller) -> str:
    given = {
        "name": "王小明",
        "phone": "13812345678",
        "province": "浙江省",
        "city": "杭州市",
        "district": "西湖区",
        "detail": "文三路 100 号 2 幢 301",
        "is_default": True,
    }
    return str((await person.ask("POST", "/addresses", given))["id"])


async def places(
    person: Caller, lines: list[dict[str, Any]], address_id: str, source: dict[str, Any]
) -> UUID:
    """An order at today's price."""
    quote = await person.ask("POST", "/quotes", {"lines": lines})
    order_id = new_id()
    asked = {
        "lines": lines,
        "address_id": address_id,
        "remark": "",
        "total_fen": quote["total_fen"],
        "source": source,
    }
    await person.ask("PUT", f"/orders/{order_id}", asked)
    return order_id


async def pays(person: Caller, order_id: UUID, system: System) -> None:
    """Through the cashier of the sandbox, as the client does."""
    payment = await person.ask("POST", f"/orders/{order_id}/payment")
    body = {"pay_sheet": payment["pay_sheet"]}
    answer = await person.http.post(f"{system.sandbox_url}/pay", json=body)
    assert answer.status_code == 200, answer.text
