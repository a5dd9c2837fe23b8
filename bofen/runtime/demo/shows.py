"""Broadcasts of the demo's past: pins, danmaku and orders by the minute, likes, the end."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from bofen.flows.control_room import pin
from bofen.identity.rules import Role
from bofen.kit.db import Tx
from bofen.kit.ids import new_id
from bofen.live import messages, queries, shelf
from bofen.live import service as live
from bofen.live.messages import NewMessage
from bofen.live.service import SessionDraft
from bofen.runtime.demo.people import HELD
from bofen.runtime.demo.sales import Stage, sell
from bofen.runtime.demo.story import Said, Sale, Show

_Moment = tuple[datetime, Callable[[], Awaitable[object]]]
_GAP = timedelta(minutes=31), timedelta(seconds=48)
"""In one broadcast of four the encoder is gone for a moment: when, and for how long."""


async def broadcast(tx: Tx, stage: Stage, show: Show, *, is_last: bool) -> None:
    """From the plan to the end; nothing while somebody is on air in the room."""
    cast, host = stage.cast, stage.cast.staff[Role.host]
    await live.lock_room(tx, cast.room_id)
    if show.ended_at > stage.until or await queries.on_air(tx, cast.room_id):
        return
    draft = SessionDraft(show.title, show.began_at, stage.services.streams.chosen)
    planned_at = show.began_at - timedelta(hours=9)
    session, _ = await live.schedule(tx, cast.room_id, draft, host, planned_at)
    await live.go_on_air(tx, session, new_id().hex, show.began_at)
    moments: list[_Moment] = [
        (at, partial(pin, tx, cast.room_id, cast.products[goods], host, at))
        for at, goods in show.pins
    ]
    moments += [
        (at, partial(_say, tx, stage, list(said), at))
        for at, said in groupby(show.said, lambda one: one.at)
    ]
    moments += [
        (at, partial(sell, tx, stage, list(sales), is_in_room=True))
        for at, sales in groupby(show.sales, lambda sale: sale.at)
    ]
    if show.no % 4 == 0:
        gone_at, back_at = show.began_at + _GAP[0], show.began_at + sum(_GAP, timedelta())
        moments.append((gone_at, partial(live.interrupt, tx, session, gone_at)))
        moments.append((back_at, partial(live.go_on_air, tx, session, new_id().hex, back_at)))
    for _, happens in sorted(moments, key=lambda moment: moment[0]):
        await happens()
    await live.add_likes(tx, {cast.room_id: (show.likes, 0)})
    if is_last:
        await _doubtful(tx, stage, show)
    await live.end_session(tx, session, show.ended_at, host)
    await shelf.end_pin(tx, cast.room_id, show.ended_at)


async def _say(tx: Tx, stage: Stage, said: list[Said], at: datetime) -> None:
    sent = {
        each.buyer: NewMessage(
            stage.cast.room_id,
            stage.cast.buyers[each.buyer].person_id,
            new_id(),
            each.text,
            "pass",
            each.media_ms,
        )
        for each in said
    }
    await messages.send(tx, list(sent.values()), at)


async def _doubtful(tx: Tx, stage: Stage, show: Show) -> None:
    """What a moderator still has to decide."""
    verdict = stage.services.words.judge(HELD).kind
    person_id = stage.cast.buyers[0].person_id
    message = NewMessage(stage.cast.room_id, person_id, new_id(), HELD, verdict)
    await messages.send(tx, [message], show.ended_at - timedelta(minutes=3))


def sales_of(show: Show | None) -> tuple[Sale, ...]:
    """What was bought in it."""
    return show.sales if show else ()
