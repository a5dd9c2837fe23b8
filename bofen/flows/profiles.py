"""Whoever signs in by WeChat is called and pictured as he is there, until he says otherwise."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bofen.flows.services import Services
from bofen.gateways.storage.errors import PictureIsHeic, PictureUnreadable
from bofen.gateways.storage.pictures import avatar_of
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.gateways.words.protocol import WordGuard
from bofen.identity import profiles
from bofen.identity import service as identity
from bofen.identity.rules import NICKNAME_MAX, is_made_up, is_nickname
from bofen.identity.service import Person
from bofen.kit import log
from bofen.kit.db import Tx
from bofen.kit.errors import ProviderError
from bofen.kit.text import UnfitText, clean_line, shortened

KEEP_AVATAR = "keep_wechat_avatar"
_log = log.get(__name__)


async def adopt_profile(tx: Tx, guard: WordGuard, person: Person, known: WeChatIdentity) -> None:
    """His name of WeChat instead of one that we made up, and a picture where he has none.

    A name that the word guard does not let pass is left out: nobody would decide on it.
    """
    nickname = _fit(known.nickname or "")
    if nickname and is_made_up(person.nickname) and guard.judge(nickname).kind == "pass":
        await identity.rename(tx, person.id, nickname)
    if known.avatar_url and person.avatar_key is None:
        await tx.enqueue(KEEP_AVATAR, {"person_id": person.id, "url": known.avatar_url})


def _fit(nickname: str) -> str:
    try:
        line = shortened(clean_line(nickname), NICKNAME_MAX).strip()
    except UnfitText:
        return ""
    return line if is_nickname(line) else ""


async def keep_wechat_avatar(services: Services, facts: Mapping[str, Any]) -> None:
    """The job: the picture is made our own, as if he had sent it. What is not one is left."""
    try:
        data = await services.wechat.avatar(facts["url"])
        key, picture = await asyncio.to_thread(avatar_of, data)
    except (PictureUnreadable, PictureIsHeic) as refusal:
        _log.info("avatar_left", code=refusal.code)
        return
    except ProviderError as error:
        if not error.is_final:
            raise
        _log.info("avatar_left", code=error.code)
        return
    await services.storage.put(key, picture, "image/webp")
    async with services.db.transaction() as tx:
        await profiles.give_avatar(tx, UUID(facts["person_id"]), key)
