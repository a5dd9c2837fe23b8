"""Everything a story may need from outside: built once at the start, handed down."""

from collections.abc import Mapping
from dataclasses import dataclass

from bofen.gateways.couriers.protocol import Courier
from bofen.gateways.payments.protocol import PaymentProvider, TransferProvider
from bofen.gateways.sms.protocol import Sms
from bofen.gateways.storage.protocol import Storage
from bofen.gateways.streams.providers import StreamProviders
from bofen.gateways.wechat.protocol import WeChat
from bofen.gateways.words.protocol import WordGuard
from bofen.kit.bus import Bus
from bofen.kit.crypto import Vault
from bofen.kit.db import Database
from bofen.kit.limits import Limiter
from bofen.kit.settings import Settings


@dataclass(frozen=True)
class Services:
    """`payments` and `transfers` hold their providers by the names that our tables keep."""

    settings: Settings
    db: Database
    bus: Bus
    limiter: Limiter
    vault: Vault
    storage: Storage
    wechat: WeChat
    payments: Mapping[str, PaymentProvider]
    transfers: Mapping[str, TransferProvider]
    courier: Courier
    streams: StreamProviders
    words: WordGuard
    sms: Sms
