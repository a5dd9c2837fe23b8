"""Builds everything that stories need from outside, from the settings, and takes it down again."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bofen.flows.services import Services
from bofen.gateways.couriers.kuaidi100 import Kuaidi100
from bofen.gateways.sms.webhook import SmsWebhook
from bofen.gateways.storage.store import open_storage
from bofen.gateways.streams import embedded
from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.gateways.streams.providers import StreamProviders
from bofen.gateways.wechat.client import WeChatClient
from bofen.gateways.wechat_pay import words as wechat_pay
from bofen.gateways.wechat_pay.client import DOOR, Place, WeChatPayClient
from bofen.gateways.wechat_pay.signing import Merchant, private_key, public_key
from bofen.gateways.words.guard import ListedWords
from bofen.kit import clock
from bofen.kit.bus import MemoryBus, RedisBus
from bofen.kit.crypto import Vault
from bofen.kit.db import Database
from bofen.kit.limits import MemoryLimiter, RedisLimiter
from bofen.kit.settings import Settings
from bofen.runtime.errors import CannotStart
from bofen.worker.subscriptions import SUBSCRIBERS

_TIMEOUT_S = 8.0


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """Outgoing calls follow no redirects, use no proxy of the environment and end in time."""
    db = Database(
        settings.database_url, SUBSCRIBERS, replica_url=settings.database_replica_url or None
    )
    redis = settings.redis_url
    bus = RedisBus(redis) if redis else MemoryBus()
    limiter = RedisLimiter(redis) if redis else MemoryLimiter()
    async with httpx.AsyncClient(
        timeout=_TIMEOUT_S, follow_redirects=False, trust_env=False
    ) as http:
        try:
            money = {wechat_pay.NAME: _wechat_pay(settings, http)}
            yield Services(
                settings=settings,
                db=db,
                bus=bus,
                limiter=limiter,
                vault=_vault(settings),
                storage=open_storage(settings.storage_url, settings.home),
                wechat=_wechat(settings, http),
                payments=money,
                transfers=money,
                courier=Kuaidi100(
                    settings.kuaidi100_url,
                    settings.kuaidi100_customer,
                    settings.kuaidi100_key.get_secret_value(),
                    http,
                ),
                streams=StreamProviders(
                    {embedded.NAME: EmbeddedStreams.of(settings, http)}, embedded.NAME
                ),
                words=ListedWords.shipped(),
                sms=SmsWebhook(
                    settings.sms_url, settings.sms_secret.get_secret_value(), http, clock.now
                ),
            )
        finally:
            await bus.close()
            await limiter.close()
            await db.close()


def _vault(settings: Settings) -> Vault:
    try:
        return Vault(settings.master_key_bytes)
    except ValueError as error:
        raise CannotStart(f"{error}. Put back the key of your backup.") from error


def _wechat(settings: Settings, http: httpx.AsyncClient) -> WeChatClient:
    return WeChatClient(
        settings.wechat_url,
        settings.wechat_authorize_url,
        settings.wechat_appid,
        settings.wechat_secret.get_secret_value(),
        http,
        clock.now,
    )


def _wechat_pay(settings: Settings, http: httpx.AsyncClient) -> WeChatPayClient:
    try:
        AESGCM(v3_key := settings.wechat_pay_v3_key.get_secret_value().encode())
        merchant = Merchant(
            mchid=settings.wechat_pay_mchid,
            serial=settings.wechat_pay_serial,
            key=private_key(settings.wechat_pay_private_key.get_secret_value()),
            provider_keys={
                serial: public_key(pem)
                for serial, pem in (
                    (settings.wechat_pay_public_key_id, settings.wechat_pay_public_key),
                    *settings.wechat_pay_other_keys.items(),
                )
            },
            v3_key=v3_key,
        )
    except (TypeError, ValueError) as error:
        text = f"The keys of WeChat Pay cannot be read: {error}."
        raise CannotStart(text) from error
    return WeChatPayClient(
        Place(
            settings.wechat_pay_url,
            settings.wechat_appid,
            f"{settings.callbacks_url}{DOOR}",
        ),
        merchant,
        http,
        clock.now,
        lambda: secrets.token_hex(16),
    )
