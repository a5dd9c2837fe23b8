"""快递100: subscribe to a parcel, ask where it is, read what is pushed (protocols 5.1)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from bofen.gateways.couriers.codes import status_of
from bofen.gateways.couriers.errors import ForgedPush
from bofen.gateways.couriers.protocol import Trace, Track, TrackStatus
from bofen.kit.days import SHOP_ZONE
from bofen.kit.errors import ProviderError

CARRIERS: Mapping[str, str] = {
    "shunfeng": "顺丰速运",
    "yuantong": "圆通速递",
    "zhongtong": "中通快递",
    "yunda": "韵达快递",
    "shentong": "申通快递",
    "jtexpress": "极兔速递",
    "jd": "京东物流",
    "ems": "EMS",
}
_NO_RESULT = "500"
_ALREADY_SUBSCRIBED = "501"


def query_sign(param: str, key: str, customer: str) -> str:
    """Over the exact text that is sent."""
    return _md5(param + key + customer)


def push_sign(param: str, salt: str) -> str:
    """MD5 of the push's `param` and our salt, upper case (protocols: 快递100 push)."""
    return _md5(param + salt)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest().upper()  # noqa: S324 - the provider's choice


class Kuaidi100:
    """The adapter: queries, subscriptions and pushes of 快递100."""

    def __init__(self, base_url: str, customer: str, key: str, http: httpx.AsyncClient) -> None:
        self._base_url = base_url.rstrip("/")
        self._customer = customer
        self._key = key
        self._http = http

    async def subscribe(
        self,
        carrier: str,
        tracking_no: str,
        phone_tail: str | None,
        callback_url: str,
        salt: str,
    ) -> None:
        """Raises ProviderError; a parcel that is subscribed already counts as done."""
        parameters = {"callbackurl": callback_url, "salt": salt, "resultv2": "4"}
        if phone_tail:
            parameters["phone"] = phone_tail
        param = {
            "company": carrier,
            "number": tracking_no,
            "key": self._key,
            "parameters": parameters,
        }
        answer = await self._post("/poll", {"schema": "json", "param": _json(param)})
        code = str(answer.get("returnCode", ""))
        if not answer.get("result") and code != _ALREADY_SUBSCRIBED:
            raise _failure(code, str(answer.get("message", "")))

    async def query(self, carrier: str, tracking_no: str, phone: str | None = None) -> Track:
        """A parcel's whole track; raises ProviderError."""
        asked = {"com": carrier, "num": tracking_no, "resultv2": "4", "show": "0", "order": "desc"}
        if phone:
            asked["phone"] = phone
        param = _json(asked)
        sign = query_sign(param, self._key, self._customer)
        form = {"customer": self._customer, "sign": sign, "param": param}
        answer = await self._post("/poll/query.do", form)
        code = str(answer.get("returnCode", ""))
        if code == _NO_RESULT:
            return Track(TrackStatus.no_trace)
        if code:
            raise _failure(code, str(answer.get("message", "")))
        try:
            return read_track(answer)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _failure("UNREADABLE", type(error).__name__) from error

    def open_push(self, param: str, sign: str, salt: str) -> Track:
        """The track in a push; raises ForgedPush for another signature."""
        if not salt or not hmac.compare_digest(push_sign(param, salt).encode(), sign.encode()):
            raise ForgedPush
        try:
            return read_track(json.loads(param)["lastResult"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ForgedPush from error

    async def _post(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        try:
            answer = await self._http.post(self._base_url + path, data=dict(form))
            return dict(answer.json())
        except (httpx.HTTPError, ValueError) as error:
            raise _failure("NO_ANSWER", type(error).__name__) from error


def read_track(result: Mapping[str, Any]) -> Track:
    """A whole track. The newest trace decides: a parcel can leave "signed" again.

    A row without a time stands nowhere in the track: it is left out. Raises ValueError and its
    like when this is no track at all.
    """
    traces = [
        _trace(row) for row in result.get("data") or [] if row.get("ftime") or row.get("time")
    ]
    traces.sort(key=lambda trace: trace.at, reverse=True)
    if not traces:
        return Track(TrackStatus.no_trace)
    newest = traces[0].status
    state = status_of(str(result.get("state", ""))) or TrackStatus.in_transit
    return Track(newest if newest is not TrackStatus.no_trace else state, traces)


def _trace(row: Mapping[str, Any]) -> Trace:
    at = datetime.fromisoformat(str(row.get("ftime") or row["time"]))
    status = status_of(str(row.get("statusCode") or ""), str(row.get("status") or ""))
    return Trace(
        at=at.replace(tzinfo=SHOP_ZONE),
        text=str(row.get("context") or ""),
        status=status or TrackStatus.no_trace,
        location=str(row.get("location") or row.get("areaName") or ""),
    )


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _failure(code: str, message: str) -> ProviderError:
    is_final = code not in {"NO_ANSWER", "501", "502"}
    return ProviderError("kuaidi100", code, message, is_final=is_final)
