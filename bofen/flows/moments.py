"""Where in which broadcast a buyer chooses something: what his client claims, what is believed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from bofen.kit.db import Tx
from bofen.live import queries as live
from bofen.live import replay
from bofen.live.queries import OnAir
from bofen.live.replay import Watched
from bofen.live.rules import claimed_media_time_ms
from bofen.orders.rules import NOWHERE, Moment, Source

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Claim:
    """Where the buyer is, as his client says it."""

    room_id: UUID | None = None
    pin_id: UUID | None = None
    media_time_ms: int | None = None
    replay_session_id: UUID | None = None


@dataclass(frozen=True)
class Chosen:
    """What is believed of a claim; `broadcast` None: it was in no broadcast."""

    moment: Moment = NOWHERE
    broadcast: Source | None = None
    host_affiliate_id: UUID | None = None
    at: datetime = _NEVER

    @property
    def weight(self) -> tuple[bool, datetime]:
        """Of what was chosen in several places the heaviest stands for all: live, then newest."""
        return self.broadcast is Source.live, self.at


@dataclass(frozen=True)
class Broadcasts:
    """Those that claims speak of: by room what is on air, by session what can be watched again."""

    on_air: Mapping[UUID, OnAir]
    watched: Mapping[UUID, Watched]

    def chosen(self, claim: Claim, at: datetime) -> Chosen:
        """Of a broadcast on air the server knows the pin; of a replay the client says which."""
        here = self.on_air.get(claim.room_id) if claim.room_id else None
        if here:
            media_ms = claimed_media_time_ms(claim.media_time_ms, here.started_at, at)
            moment = Moment(here.room_id, here.session_id, here.pin_id, media_ms)
            return Chosen(moment, Source.live, here.host_affiliate_id, at)
        again = self.watched.get(claim.replay_session_id) if claim.replay_session_id else None
        if again:
            media_ms = claimed_media_time_ms(claim.media_time_ms, again.started_at, again.ended_at)
            pin_id = claim.pin_id if claim.pin_id in again.pin_ids else None
            moment = Moment(again.room_id, again.session_id, pin_id, media_ms)
            return Chosen(moment, Source.replay, at=at)
        return Chosen()


async def broadcasts(tx: Tx, claims: Collection[Claim]) -> Broadcasts:
    """A statement of each kind, however many claims."""
    return Broadcasts(
        await live.on_air_in(tx, {claim.room_id for claim in claims if claim.room_id}),
        await replay.watched(
            tx, {claim.replay_session_id for claim in claims if claim.replay_session_id}
        ),
    )
