"""Signatures and ciphers of WeChat, WeChat Pay and 快递100 against known answers.

`vectors.json` was made with a throw-away key and cross-checked with other implementations; V8
belongs to 快递鸟, which the shop does not speak yet.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from wechatpayv3.utils import aes_decrypt, build_authorization, rsa_decrypt, rsa_verify

from bofen.gateways.couriers.errors import ForgedPush
from bofen.gateways.couriers.kuaidi100 import Kuaidi100, push_sign, query_sign
from bofen.gateways.wechat import push
from bofen.gateways.wechat_pay import signing
from bofen.gateways.wechat_pay.signing import BadSignature

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
NONCE = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"
AT = 1767225600
NOW = datetime.fromtimestamp(AT, UTC)
V3_KEY = b"0123456789abcdef0123456789abcdef"
OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = OURS.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.PKCS8,
    serialization.NoEncryption(),
).decode()


def the_public_key() -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(base64.b64decode(VECTORS["public_key"]))
    assert isinstance(key, rsa.RSAPublicKey)
    return key


def merchant() -> signing.Merchant:
    known = {"PUB_KEY_ID_1": the_public_key()}
    return signing.Merchant("1900000001", "SERIAL", OURS, known, V3_KEY)


MESSAGES = {
    "V1": signing.request_message(
        "POST", "/v3/pay/transactions/jsapi", AT, NONCE, VECTORS["V1"]["body"]
    ),
    "V2": signing.request_message(
        "GET",
        "/v3/pay/transactions/out-trade-no/T20260101000001?mchid=1900000001",
        AT,
        NONCE,
        "",
    ),
    "V3": signing.pay_message(
        "wxd678efh567hg6787",
        str(AT),
        NONCE,
        "prepay_id=wx201410272009395522657a690389285100",
    ),
    "V4": signing.answer_message(str(AT), "c5ac7061fccab6bf3e254dcf98995b8c", ""),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_what_is_signed_is_what_the_protocol_says(name: str) -> None:
    assert hashlib.sha256(MESSAGES[name].encode()).hexdigest() == VECTORS[name]["sha256"]


@pytest.mark.parametrize("name", ["V1", "V3", "V4"])
def test_a_known_signature_is_right_and_no_other(name: str) -> None:
    signature = VECTORS[name]["signature"]

    signing.verify(the_public_key(), MESSAGES[name], signature)

    for wrong in (signature[:-4] + "AAA=", "", "not base64", VECTORS["V1"]["signature"][::-1]):
        with pytest.raises(BadSignature):
            signing.verify(the_public_key(), MESSAGES[name], wrong)
    with pytest.raises(BadSignature):
        signing.verify(the_public_key(), MESSAGES[name] + " ", signature)


def test_another_implementation_takes_our_signature() -> None:
    body = VECTORS["V1"]["body"]
    path = "/v3/pay/transactions/jsapi"
    ours = signing.authorization(merchant(), "POST", path, body, (AT, NONCE))
    signature = ours.split('signature="')[1].split('"')[0]
    public = OURS.public_key()

    assert rsa_verify(str(AT), NONCE, body, _answer_signature(body), public)
    signing.verify(public, MESSAGES["V1"], signature)
    theirs = build_authorization(path, "POST", "1900000001", "SERIAL", OURS, data=body)
    assert _names(theirs) == _names(ours)


def _answer_signature(body: str) -> str:
    return signing.sign(OURS, signing.answer_message(str(AT), NONCE, body))


def _names(authorization: str) -> set[str]:
    scheme, _, rest = authorization.partition(" ")
    return {scheme, *(part.split("=")[0] for part in rest.split(","))}


def test_another_implementation_opens_what_we_seal() -> None:
    sealed = signing.seal(V3_KEY, "fdasflkja484", "transaction", '{"k":"值"}')

    assert sealed == "DUcYwf+8gmGCOkuGjje3/7Dgc1Lc0IXKl4Sp"
    theirs = aes_decrypt("fdasflkja484", sealed, "transaction", V3_KEY.decode())
    assert json.loads(theirs or "") == {"k": "值"}
    assert rsa_decrypt(signing.encrypt_field(OURS.public_key(), "王小明"), OURS) == "王小明"


RESOURCE = {
    "nonce": "fdasflkja484",
    "associated_data": "transaction",
    "ciphertext": "DUcYwf+8gmGCOkuGjje3/7Dgc1Lc0IXKl4Sp",
}


def test_a_sealed_resource_opens_only_unaltered() -> None:
    assert signing.unseal(V3_KEY, RESOURCE) == {"k": "值"}

    for altered in (
        {"nonce": "fdasflkja485"},
        {"associated_data": "refund"},
        {"ciphertext": "AUcYwf+8gmGCOkuGjje3/7Dgc1Lc0IXKl4Sp"},
        {"ciphertext": "***"},
        {"ciphertext": None},
    ):
        with pytest.raises(BadSignature):
            signing.unseal(V3_KEY, RESOURCE | altered)  # type: ignore[operator]
    with pytest.raises(BadSignature):
        signing.unseal(b"f" * 32, RESOURCE)


def _headers(**changed: str) -> dict[str, str]:
    return {
        "wechatpay-timestamp": str(AT),
        "wechatpay-nonce": "c5ac7061fccab6bf3e254dcf98995b8c",
        "wechatpay-signature": VECTORS["V4"]["signature"],
        "wechatpay-serial": "PUB_KEY_ID_1",
    } | changed


def test_an_answer_is_taken_when_wechat_pay_signed_it_a_moment_ago() -> None:
    for late in (-300, 0, 300):
        signing.check_answer(merchant(), _headers(), b"", NOW + timedelta(seconds=late))


@pytest.mark.parametrize(
    ("headers", "body", "at"),
    [
        (_headers(), b"", NOW + timedelta(seconds=301)),
        (_headers(), b"", NOW - timedelta(seconds=301)),
        (_headers(), b" ", NOW),
        (_headers(), b"\xff", NOW),
        (_headers(**{"wechatpay-serial": "PUB_KEY_ID_2"}), b"", NOW),
        (_headers(**{"wechatpay-nonce": "other"}), b"", NOW),
        (_headers(**{"wechatpay-timestamp": str(AT + 1)}), b"", NOW),
        (_headers(**{"wechatpay-timestamp": "now"}), b"", NOW),
        (_headers(**{"wechatpay-timestamp": "²"}), b"", NOW),
        (
            _headers(**{"wechatpay-signature": f"WECHATPAY/SIGNTEST/{VECTORS['V4']['signature']}"}),
            b"",
            NOW,
        ),
        ({}, b"", NOW),
    ],
)
def test_an_answer_of_another_time_place_or_hand_is_refused(
    headers: dict[str, str], body: bytes, at: datetime
) -> None:
    with pytest.raises(BadSignature):
        signing.check_answer(merchant(), headers, body, at)


def test_kuaidi100_signs_the_exact_text() -> None:
    asked = (
        '{"com":"shunfeng","num":"SF1234567890123","phone":"13800001234",'
        '"resultv2":"4","show":"0","order":"desc"}'
    )
    pushed = (
        '{"status":"polling","billstatus":"check","message":"","lastResult":{"message":"ok",'
        '"state":"3","status":"200","ischeck":"1","com":"shunfeng","nu":"SF1234567890123",'
        '"data":[]}}'
    )
    salt = "abcdefghijklmnopqrstuvwxyz012345"
    signature = "6FBF269B24F76E9E5C8B23AED3E84AC1"

    assert query_sign(asked, "testkey0123", "TESTCUSTOMER") == "99968297EB1D93EA5440453C57A83B7B"
    assert push_sign(pushed, salt) == signature
    courier = Kuaidi100("http://nowhere", "TESTCUSTOMER", "testkey0123", None)  # type: ignore[arg-type]
    assert courier.open_push(pushed, signature, salt).traces == []
    for param, sign, kept in (
        (pushed + " ", signature, salt),
        (pushed, signature.lower(), salt),
        (pushed, push_sign(pushed, ""), ""),
        ("{}", push_sign("{}", salt), salt),
        ("no json", push_sign("no json", salt), salt),
        (pushed, "签名", salt),
    ):
        with pytest.raises(ForgedPush):
            courier.open_push(param, sign, kept)


def test_wechats_push_endpoint_knows_its_messages() -> None:
    handshake = push.signature("shoptoken", str(AT), "nonce123")
    assert handshake == "2624d0b18e067d3fbf60c5488f13e08bbebdd6bf"
    assert push.is_signed("shoptoken", handshake, str(AT), "nonce123")
    assert not push.is_signed("othertoken", handshake, str(AT), "nonce123")

    key, appid = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxd678efh567hg6787"
    message = '{"ToUserName":"gh_1","Event":"wxa_media_check","trace_id":"t1"}'
    sealed = VECTORS["V10"]["encrypted"]
    assert push.encrypt(key, appid, message, b"0123456789abcdef") == sealed
    assert push.decrypt(key, appid, sealed) == message
    signed = push.signature("shoptoken", str(AT), "nonce123", sealed)
    assert signed == VECTORS["V10"]["msg_signature"]
    for owner, text in ((appid, sealed[:-8] + "AAAAAAA="), ("wx0", sealed), (appid, "!")):
        with pytest.raises(push.BadMessage):
            push.decrypt(key, owner, text)
