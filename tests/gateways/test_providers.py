"""The shop's clients against the sandbox: what it takes, what it refuses, what stays unclear."""

import asyncio
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID

from bofen.gateways.couriers.errors import ForgedPush
from bofen.gateways.couriers.protocol import TrackStatus
from bofen.gateways.payments.errors import ForgedNotice
from bofen.gateways.payments.protocol import (
    PaymentAsked,
    PaymentOutcome,
    RefundAsked,
    RefundOutcome,
    TransferAsked,
    TransferOutcome,
)
from bofen.gateways.sms.webhook import SmsWebhook
from bofen.gateways.wechat.errors import WeChatCodeRefused, WeChatUserRefused
from bofen.gateways.wechat_pay.signing import answer_message, decrypt_field, private_key, seal, sign
from bofen.gateways.wechat_pay.words import NAME
from bofen.kit import clock
from bofen.kit.errors import ProviderError
from bofen.kit.ids import short_token
from bofen.kit.money import Fen
from bofen.runtime.services import _wechat_pay
from bofen.sandbox.keys import keys_of
from tests.gateways.conftest import Beside, shown


def prepay_of(number: str, fen: int = 100, **changed: Any) -> PaymentAsked:
    given: dict[str, Any] = {
        "out_trade_no": number,
        "description": "茶",
        "amount_fen": Fen(fen),
        "payer_ref": "sandbox-1",
        "expires_at": clock.now() + timedelta(minutes=5),
    }
    return PaymentAsked(**given | changed)


def transfer_of(number: str, fen: int, name: str | None = None) -> TransferAsked:
    return TransferAsked(number, "sandbox-1", Fen(fen), "推广佣金", name)


async def failing(work: Any) -> ProviderError:
    with pytest.raises(ProviderError) as failed:
        await work
    return failed.value


async def test_a_payment_from_prepay_to_refund(beside: Beside) -> None:
    pay, number = beside.services.payments[NAME], f"T{short_token(12)}"

    asked = prepay_of(number)
    await pay.open_payment(asked)
    assert (await pay.query(number)).outcome is PaymentOutcome.open
    assert (await failing(pay.open_payment(prepay_of(number, 101)))).code == "OUT_TRADE_NO_USED"

    await beside.http.post(f"{beside.page}/pay", json={"out_trade_no": number})
    state = await pay.query(number)
    assert state.outcome is PaymentOutcome.paid
    assert state.paid
    assert state.paid.amount_fen == 100
    assert (await failing(pay.close(number))).code == "INVALID_REQUEST"

    refund = RefundAsked(number, f"R{number}", Fen(60), Fen(100), "尺码")
    first, again = await pay.refund(refund), await pay.refund(refund)
    assert first.refund_id == again.refund_id
    assert (await pay.query_refund(refund.out_refund_no)).outcome is RefundOutcome.succeeded
    more = RefundAsked(number, f"R2{number}", Fen(41), Fen(100), "尺码")
    assert (await failing(pay.refund(more))).is_final


@pytest.mark.parametrize(
    "changed",
    [
        {"out_trade_no": "a b"},
        {"amount_fen": 0},
        {"payer_ref": ""},
        {"description": ""},
    ],
)
async def test_what_wechat_pay_refuses_is_final(beside: Beside, changed: dict[str, Any]) -> None:
    asked = prepay_of(f"T{short_token(12)}", **changed)

    error = await failing(beside.services.payments[NAME].open_payment(asked))

    assert (error.provider, error.code, error.is_final) == ("wechat_pay", "PARAM_ERROR", True)


async def test_an_unsigned_request_is_refused(beside: Beside) -> None:
    url = beside.services.settings.wechat_pay_url + "/v3/pay/transactions/jsapi"
    for headers in ({}, {"Authorization": "WECHATPAY2-SHA256-RSA2048 mchid=1"}):
        answer = await beside.http.post(url, json={}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_ERROR")
    stranger = beside.services.settings.model_copy(update={"wechat_pay_serial": "0" * 40})
    error = await failing(_wechat_pay(stranger, beside.http).query("T000001"))
    assert error.code == "SIGN_ERROR"


class _Altering(httpx.AsyncBaseTransport):
    """Somebody on the way changes the answers."""

    def __init__(self, old: bytes, new: bytes) -> None:
        self._change = (old, new)
        self._real = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._real.handle_async_request(request)
        body = (await answer.aread()).replace(*self._change)
        headers = {k: v for k, v in answer.headers.items() if k != "content-length"}
        await answer.aclose()
        return httpx.Response(answer.status_code, headers=headers, content=body)

    async def aclose(self) -> None:
        await self._real.aclose()


async def test_an_answer_altered_on_the_way_is_not_believed(beside: Beside) -> None:
    pay, number = beside.services.payments[NAME], f"T{short_token(12)}"
    await pay.open_payment(prepay_of(number))
    async with httpx.AsyncClient(transport=_Altering(b'"NOTPAY"', b'"SUCCESS"')) as http:
        error = await failing(_wechat_pay(beside.services.settings, http).query(number))

    assert (error.code, error.is_final) == ("BAD_SIGNATURE", False)


async def test_only_wechat_pay_itself_never_heard_of_a_number(beside: Beside) -> None:
    """Money goes back on this word, so it counts only with a signature."""
    settings = beside.services.settings
    async with httpx.AsyncClient(transport=_Altering("记录".encode(), b"bill")) as http:
        altered = await failing(_wechat_pay(settings, http).query_transfer("Wunknown"))
    assert (altered.code, altered.is_final) == ("BAD_SIGNATURE", False)

    for status, code in ((404, "BAD_SIGNATURE"), (401, "SIGN_ERROR")):
        answer = httpx.Response(status, json={"code": "NOT_FOUND"})
        transport = httpx.MockTransport(lambda _, answer=answer: answer)
        async with httpx.AsyncClient(transport=transport) as http:
            unsigned = await failing(_wechat_pay(settings, http).query_transfer("Wunknown"))
        assert unsigned.code == code


async def test_a_transfer_waits_for_the_person_and_names_him_from_2000_yuan(
    beside: Beside,
) -> None:
    pay, small, large = beside.services.transfers[NAME], f"W{short_token(9)}", f"W{short_token(9)}"

    waiting = await pay.transfer(transfer_of(small, 1_000))
    assert waiting.outcome is TransferOutcome.waiting_user
    assert waiting.confirm_token
    assert (await failing(pay.transfer(transfer_of(large, 200_000)))).code == "PARAM_ERROR"
    await pay.transfer(transfer_of(large, 200_000, "王小明"))
    again = await pay.transfer(transfer_of(large, 200_000, "王小明"))
    assert again.confirm_token, "an encrypted name differs each time; it is the same transfer"
    sent = (await beside.state())["transfers"][large]["asked"]["user_name"]
    assert "王小明" not in sent
    keys = keys_of(beside.services.settings.home)
    assert decrypt_field(private_key(keys.provider_private), sent) == "王小明"

    await beside.http.post(f"{beside.page}/transfers/{small}/confirm", json={})
    assert (await pay.query_transfer(small)).outcome is TransferOutcome.paid
    await beside.http.post(f"{beside.page}/transfers/{large}/fail", json={})
    failed = await pay.query_transfer(large)
    assert (failed.outcome, failed.fail_reason) == (TransferOutcome.failed, "ACCOUNT_FROZEN")
    assert (await pay.query_transfer("Wunknown")).outcome is TransferOutcome.unknown


async def test_wechat_signs_in_once_per_code(beside: Beside) -> None:
    wechat = beside.services.wechat
    code = f"code-sandbox-1.{short_token(8)}"

    assert (await wechat.login(code)).openid == "sandbox-1"
    for used in (code, "nonsense", ""):
        with pytest.raises(WeChatCodeRefused):
            await wechat.login(used)
    with pytest.raises(WeChatUserRefused):
        await wechat.login("code-risk-1")


async def test_the_authorize_page_sends_back_a_code(beside: Beside) -> None:
    wechat = beside.services.wechat
    url = wechat.authorize_url("http://shop.test/?a=1", "state-1")

    page = await beside.http.get(url)
    assert "张小米" in page.text
    back = await beside.http.get(url.replace("#wechat_redirect", "&person=sandbox-2"))
    asked = parse_qs(urlsplit(back.headers["location"]).query)
    assert (asked["a"], asked["state"]) == (["1"], ["state-1"])
    known = await wechat.oauth(asked["code"][0])
    assert (known.openid, known.nickname) == ("sandbox-2", "李雷")
    assert known.avatar_url
    assert (await wechat.avatar(known.avatar_url)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://qlogo.cn.evil.test/a",
        "http://thirdwx.qlogo.cn/a",
        "file:///etc/passwd",
    ],
)
async def test_a_picture_is_fetched_from_wechat_and_from_nowhere_else(
    beside: Beside, url: str
) -> None:
    refused = await failing(beside.services.wechat.avatar(url))

    assert (refused.code, refused.is_final) == ("AVATAR_ELSEWHERE", True)


async def test_a_phone_and_a_mini_program_code_need_a_token_that_is_fetched_once(
    beside: Beside,
) -> None:
    wechat = beside.services.wechat

    numbers = await asyncio.gather(*(wechat.phone_number("phone-13800138000") for _ in range(5)))
    assert set(numbers) == {"13800138000"}
    assert (await wechat.mini_program_code("s=abc", "pages/hall/index")).startswith(b"\x89PNG")
    with pytest.raises(ProviderError):
        await wechat.mini_program_code("中文", "pages/hall/index")
    with pytest.raises(WeChatCodeRefused):
        await wechat.phone_number("wrong")

    beside.move_clock(3 * 3600)
    assert await wechat.phone_number("phone-13900139000") == "13900139000"


async def test_a_text_message_is_taken_with_our_signature_only(beside: Beside) -> None:
    await beside.services.sms.send_code("13800138000", "123456")
    sent = await beside.http.get(f"{beside.page}/sms?phone=13800138000")
    assert sent.json()[0]["code"] == "123456"

    settings = beside.services.settings
    stranger = SmsWebhook(settings.sms_url, "another secret", beside.http, clock.now)
    with pytest.raises(ProviderError):
        await stranger.send_code("13800138000", "654321")


async def test_a_parcel_is_followed_step_by_step(beside: Beside) -> None:
    courier, number = beside.services.courier, f"YT{short_token(10)}"

    assert (await courier.query("yuantong", number)).status == TrackStatus.no_trace
    for status in (
        TrackStatus.collected,
        TrackStatus.in_transit,
        TrackStatus.delivering,
        TrackStatus.signed,
    ):
        await beside.http.post(f"{beside.page}/tracks/{number}/next", json={})
        track = await courier.query("yuantong", number)
        assert track.status == status
    assert len(track.traces) == 4
    assert (await failing(courier.query("shunfeng", number))).code == "408"
    assert (await courier.query("shunfeng", number, "8000")).status == TrackStatus.signed


async def _notice(beside: Beside, **changed: Any) -> tuple[dict[str, str], bytes]:
    """What WeChat Pay would send of a payment, whole and signed, with `changed` in it."""
    keys = keys_of(beside.services.settings.home)
    resource: dict[str, Any] = {
        "appid": keys.appid,
        "mchid": keys.mchid,
        "out_trade_no": "T0000000000",
        "transaction_id": f"42{short_token(20)}",
        "trade_state": "SUCCESS",
        "success_time": clock.now().isoformat(),
        "amount": {"total": 9_990, "currency": "CNY"},
    }
    plain = json.dumps(resource | changed)
    sealed = {
        "nonce": "0123456789ab",
        "associated_data": "transaction",
        "ciphertext": seal(keys.v3_key.encode(), "0123456789ab", "transaction", plain),
    }
    notice_id = hashlib.md5(plain.encode()).hexdigest()  # noqa: S324 - any id will do
    envelope = {"id": notice_id, "event_type": "TRANSACTION.SUCCESS", "resource": sealed}
    body = json.dumps(envelope)
    timestamp = str(int(clock.now().timestamp()))
    signature = sign(private_key(keys.provider_private), answer_message(timestamp, "nonce", body))
    headers = {
        "Wechatpay-Timestamp": timestamp,
        "Wechatpay-Nonce": "nonce",
        "Wechatpay-Signature": signature,
        "Wechatpay-Serial": keys.provider_key_id,
    }
    return headers, body.encode()


async def told(beside: Beside, headers: dict[str, str], body: bytes) -> tuple[int, str]:
    answer = await beside.http.post("/api/callbacks/wechat-pay", content=body, headers=headers)
    return answer.status_code, answer.json()["code"] if answer.content else ""


async def test_a_notice_replayed_at_once_changes_nothing_and_later_is_refused(
    beside: Beside,
) -> None:
    await beside.fault("notice", "no_notice")
    buyer, order_id, sku_id = await beside.order()
    number = await beside.pays(buyer, order_id)
    headers, body = await _notice(beside, out_trade_no=number)

    assert await told(beside, headers, body) == (204, "")
    assert await told(beside, headers, body) == (204, "")
    await shown(buyer, order_id, "paid")
    assert await beside.stock(sku_id) == (99, 0)
    beside.move_clock(301)
    assert await told(beside, headers, body) == (401, "forged_notice")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"appid": "wx0000000000000000"}, (400, "payment_notice_foreign")),
        ({"mchid": "1600000000"}, (400, "payment_notice_foreign")),
        ({"trade_state": "NOTPAY"}, (400, "payment_notice_foreign")),
        ({"amount": {"total": 9_990, "currency": "USD"}}, (400, "payment_notice_foreign")),
        ({"out_trade_no": "T9999999999"}, (404, "payment_unknown")),
        ({"amount": {}}, (400, "payment_notice_foreign")),
        ({"amount": {"total": "9990", "currency": "CNY"}}, (400, "payment_notice_foreign")),
        ({"success_time": "soon"}, (400, "payment_notice_foreign")),
    ],
)
async def test_a_signed_notice_about_something_else_is_refused(
    beside: Beside, changed: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert await told(beside, *await _notice(beside, **changed)) == expected


async def test_a_notice_from_anybody_is_refused(beside: Beside) -> None:
    headers, body = await _notice(beside)

    assert (await told(beside, {}, body))[0] == 401
    assert (await told(beside, headers, body + b" "))[0] == 401
    assert (await told(beside, headers, b"{}"))[0] == 401
    assert (await told(beside, headers, b""))[0] == 401


async def test_a_push_about_a_parcel_needs_its_salt(beside: Beside) -> None:
    param = json.dumps({"lastResult": {"state": "3", "data": []}})
    with pytest.raises(ForgedPush):
        beside.services.courier.open_push(param, "0" * 32, "a salt of this parcel")
    answer = await beside.http.post(
        "/api/callbacks/couriers/01890a5d-ac96-774b-bcce-b302099a8057",
        data={"param": param, "sign": "0" * 32},
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def _certificate(key: RSAPrivateKey) -> str:
    """A platform certificate, as WeChat Pay hands them out."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tenpay.com Root CA")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2031, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


async def test_while_wechat_pay_changes_its_key_both_are_believed(beside: Beside) -> None:
    """A notice signed with the platform certificate of before, next to the public key of now."""
    old = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    changed = {"wechat_pay_other_keys": {"5F4A0D1C": _certificate(old)}}
    settings = beside.services.settings.model_copy(update=changed)
    both, only_new = [
        _wechat_pay(each, beside.http) for each in (settings, beside.services.settings)
    ]
    headers, body = await _notice(beside)
    stamp = (headers["Wechatpay-Timestamp"], headers["Wechatpay-Nonce"], body.decode())
    by_old = headers | {
        "Wechatpay-Serial": "5F4A0D1C",
        "Wechatpay-Signature": sign(old, answer_message(*stamp)),
    }

    for signed in (headers, by_old):
        lower = {name.lower(): value for name, value in signed.items()}
        assert both.open_notice(lower, body, clock.now()).about is not None
    with pytest.raises(ForgedNotice):
        only_new.open_notice({n.lower(): v for n, v in by_old.items()}, body, clock.now())
