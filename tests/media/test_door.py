"""The RTMP door: who gets in, who does not, and that nobody can break it."""

import asyncio
import random
from dataclasses import dataclass

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bofen.gateways.streams.protocol import PublishRequested, PublishStarted, PublishStopped
from bofen.kit.addresses import Proxies, place_of
from bofen.media.door import Deadlines, Door
from bofen.media.engine import EngineRules
from bofen.media.push import Push
from bofen.media.shop import PushAsked
from tests.media import words
from tests.media.conftest import Open, Studio, hang_up, until, until_read


async def answer_to(studio: Studio, data: bytes) -> bytes:
    """Everything the door says until it closes, or says that publishing may start."""
    reader, writer = await studio.connect()
    writer.write(words.HANDSHAKE + data)
    said = await until_read(reader, b"NetStream.Publish.Start")
    await hang_up(writer)
    return said


async def test_the_right_key_gets_in_and_the_shop_is_told(studio: Studio) -> None:
    studio.shop.keys["room1"] = "right"

    writer = await studio.push_raw("room1?key=right&expires=1")
    await until(lambda: bool(studio.shop.of(PublishStarted)))
    await hang_up(writer)
    await until(lambda: bool(studio.shop.of(PublishStopped)))

    (asked,) = studio.shop.of(PublishRequested)
    (started,) = studio.shop.of(PublishStarted)
    (stopped,) = studio.shop.of(PublishStopped)
    assert studio.shop.told[:3] == [asked, started, stopped]
    assert (asked.key, asked.address) == ("right", "127.0.0.1")
    assert (stopped.reason, stopped.session) == ("left", "session of room1")
    assert asked.push_id == started.push_id == stopped.push_id


async def test_a_wrong_key_is_a_bad_name_and_nothing_is_recorded(studio: Studio) -> None:
    studio.shop.keys["room2"] = "right"

    said = await answer_to(studio, words.publish("room2?key=wrong") + words.media())

    assert b"NetStream.Publish.BadName" in said
    assert "room2" not in studio.media.engine.streams
    assert not (studio.home / "recordings" / "room2").exists()
    assert not studio.shop.of(PublishStarted)


async def test_without_an_answer_from_the_shop_nobody_gets_in(studio: Studio) -> None:
    studio.shop.keys["room3"] = "right"
    studio.shop.is_broken = True

    said = await answer_to(studio, words.publish("room3?key=right"))

    assert b"NetStream.Publish.BadName" in said


async def test_names_that_are_no_names_are_refused_unasked(studio: Studio) -> None:
    for name in ("../up", "", "a/b", "x" * 65, "房间"):
        said = await answer_to(studio, words.publish(f"{name}?key=k"))
        assert b"NetStream.Publish.BadName" in said

    assert studio.shop.told == []


async def test_another_application_and_playing_are_refused(studio: Studio) -> None:
    connect = words.command("connect", 1, {"app": "live"})

    assert b"BadName" in await answer_to(studio, words.publish("room?key=k", app="vod"))
    assert b"Play.Failed" in await answer_to(studio, connect + words.command("play", 2, None, "x"))


async def test_a_second_publisher_is_refused_and_the_first_keeps_running(studio: Studio) -> None:
    studio.shop.keys["room4"] = "right"
    first = await studio.push_raw("room4?key=right")

    said = await answer_to(studio, words.publish("room4?key=right"))

    assert b"NetStream.Publish.BadName" in said
    assert b"already live" in said
    assert studio.media.engine.is_live("room4")
    before = studio.media.engine.streams["room4"].source.packager.next_part()
    first.write(words.media(40, start=2_000))
    await until(lambda: studio.media.engine.streams["room4"].source.packager.next_part() != before)
    await hang_up(first)


async def test_two_who_come_at_once_are_one(studio: Studio) -> None:
    studio.shop.keys["room5"] = "right"

    said = await asyncio.gather(
        *(answer_to(studio, words.publish("room5?key=right")) for _ in range(5))
    )

    assert sum(b"NetStream.Publish.Start" in one for one in said) == 1


async def test_one_that_went_silent_gives_way(open_studio: Open) -> None:
    studio = await open_studio(rules=EngineRules(silent_s=0.05, rungs_max=0))
    studio.shop.keys["room6"] = "right"
    silent = await studio.push_raw("room6?key=right")
    await asyncio.sleep(0.1)

    second = await studio.push_raw("room6?key=right")
    await until(lambda: bool(studio.shop.of(PublishStopped)))

    (stopped,) = studio.shop.of(PublishStopped)
    assert stopped.reason == "replaced"
    assert studio.media.engine.is_live("room6")
    await hang_up(silent)
    await hang_up(second)


async def test_other_codecs_are_refused_with_a_reason(studio: Studio) -> None:
    studio.shop.keys["room7"] = "right"
    for payload, reason in (
        (b"\x90hvc1\0\0\0\1", b"only H.264"),
        (b"\x1c\0\0\0\0hevc", b"only H.264"),
    ):
        reader, writer = await studio.connect()
        writer.write(words.HANDSHAKE + words.publish("room7?key=right"))
        await until_read(reader, b"Publish.Start")
        writer.write(words.message(0, 6, 0, 9, payload))
        assert reason in await until_read(reader, reason)
        await hang_up(writer)
        await until(lambda: not studio.media.door.connections)


async def test_who_dawdles_is_cut(open_studio: Open) -> None:
    studio = await open_studio(deadlines=Deadlines(0.1, 0.1, silent_s=0.1))
    studio.shop.keys["room8"] = "right"
    mute, _ = await studio.connect()
    slow, writer = await studio.connect()
    writer.write(words.HANDSHAKE)
    await studio.push_raw("room8?key=right")

    def is_swept() -> bool:
        studio.media.door.sweep()
        return not studio.media.door.connections

    await until(is_swept)

    for reader in (mute, slow):
        async with asyncio.timeout(10):
            await reader.read()
            assert reader.at_eof()
    await until(lambda: bool(studio.shop.of(PublishStopped)))
    (stopped,) = studio.shop.of(PublishStopped)
    assert stopped.reason == "silent"


async def test_silent_sockets_do_not_close_the_door(open_studio: Open) -> None:
    """Twenty places, sixty silent sockets: the oldest make room for an encoder that speaks."""
    studio = await open_studio(deadlines=Deadlines(waiting_max=20))
    studio.shop.keys["loud"] = "right"
    for _ in range(60):
        await studio.connect()

    await until(lambda: len(studio.media.door.connections) == 20)
    await studio.push_raw("loud?key=right")

    for _ in range(60):
        await studio.connect()
    assert studio.media.engine.is_live("loud"), "who was admitted makes no room"


async def test_one_address_has_few_places_and_a_proxy_has_them_all() -> None:
    limits = Deadlines(waiting_per_address=3)
    door = Door(admit=_nobody, left=lambda _push, _reason: None, deadlines=limits)
    proxied = Door(
        admit=_nobody,
        left=lambda _push, _reason: None,
        deadlines=limits,
        proxies=Proxies(("203.0.113.0/24",)),
    )
    strangers = [Stranger("203.0.113.7", began) for began in range(5)]
    line = [Stranger(f"2001:db8::{began + 1}", began) for began in range(4)]
    others = [Stranger("198.51.100.1", began) for began in range(3)]

    for caller in (*strangers, *others, *line):
        door.enter(caller)
    for caller in strangers:
        proxied.enter(caller)

    assert [caller.is_cut for caller in strangers] == [True, True, False, False, False]
    assert not any(caller.is_cut for caller in others)
    assert [caller.is_cut for caller in line] == [True, False, False, False]
    assert len(proxied.connections) == 5


@dataclass(eq=False)
class Stranger:
    address: str
    began: float
    is_cut: bool = False

    @property
    def place(self) -> str:
        return place_of(self.address)

    def is_admitted(self) -> bool:
        return self.is_cut

    def is_asking(self) -> bool:
        return False

    def cut(self) -> None:
        self.is_cut = True

    def sweep(self, now: float) -> None:
        del now


async def _nobody(asked: PushAsked, hang_up: object) -> Push:
    raise AssertionError((asked, hang_up))


async def test_a_session_that_trickles_in_byte_by_byte_is_whole(studio: Studio) -> None:
    studio.shop.keys["room9"] = "right"
    data = words.HANDSHAKE + words.publish("room9?key=right") + words.media(20)
    _, writer = await studio.connect()
    chance = words.chance(9)
    position = 0
    while position < len(data):
        size = chance.choice((1, 1, 2, 3, 7, 50, 400))
        writer.write(data[position : position + size])
        await writer.drain()
        position += size

    await until(lambda: "room9" in studio.media.engine.streams)
    stream = studio.media.engine.streams["room9"]
    await until(lambda: len(stream.hub.backlog()) > 20 * 700)
    assert stream.hub.backlog().count(words.FRAME[5:]) == 19
    await hang_up(writer)


async def test_received_bytes_are_acknowledged(studio: Studio) -> None:
    studio.shop.keys["room10"] = "right"
    reader, writer = await studio.connect()
    window = words.message(0, 2, 0, 5, (131_072).to_bytes(4, "big"), stream=0)
    writer.write(words.HANDSHAKE + window + words.publish("room10?key=right"))
    await until_read(reader, b"Publish.Start")
    writer.write(words.media(200))

    acknowledgement = b"\x02\0\0\0\0\0\x04\x03"
    assert acknowledgement in await until_read(reader, acknowledgement)
    await hang_up(writer)


async def test_who_guesses_keys_is_soon_not_even_asked_about(open_studio: Open) -> None:
    studio = await open_studio(rules=EngineRules(tries_per_minute=3))
    said = [await answer_to(studio, words.publish("room11?key=guess")) for _ in range(5)]

    assert all(b"NetStream.Publish.BadName" in one for one in said)
    assert b"too many tries" in said[-1]
    assert len(studio.shop.of(PublishRequested)) == 3


PATIENT = EngineRules(rungs_max=0, tries_per_minute=10_000)


async def test_three_hundred_broken_pushers_leave_no_trace(open_studio: Open) -> None:
    """Garbage, garbage after a handshake, mutated and cut real sessions."""
    studio = await open_studio(rules=PATIENT)
    errors: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    studio.shop.keys["fuzzed"] = "right"
    session = words.publish("fuzzed?key=right") + words.media(20)
    chance = words.chance(2026)
    for number in range(300):
        _, writer = await studio.connect()
        writer.write(_broken(number % 4, session, chance))
        try:
            await writer.drain()
            await asyncio.sleep(0.001)
        except ConnectionError:
            pass
        await hang_up(writer)
    await until(lambda: not studio.media.door.connections)
    asyncio.get_running_loop().set_exception_handler(None)

    assert errors == []
    await until(lambda: not studio.media.engine.is_live("fuzzed"))
    writer = await studio.push_raw("fuzzed?key=right")
    await hang_up(writer)


async def test_who_hangs_up_while_the_shop_is_asked_is_forgotten_when_it_answers(
    open_studio: Open,
) -> None:
    """Nobody is left to be told of the refusal, nor to close the line."""
    studio = await open_studio()
    reader, writer = await studio.connect()
    writer.write(words.HANDSHAKE + words.publish("nobody?key=wrong"))
    await until_read(reader, b"_result")
    await hang_up(writer)

    await until(lambda: not studio.media.door.connections)


def _broken(kind: int, session: bytes, chance: random.Random) -> bytes:
    if kind == 0:
        return chance.randbytes(chance.randint(1, 5_000))
    if kind == 1:
        return words.HANDSHAKE + chance.randbytes(chance.randint(1, 5_000))
    if kind == 2:
        return words.HANDSHAKE + session[: chance.randrange(len(session))]
    mutated = bytearray(session)
    for _ in range(chance.randint(1, 20)):
        mutated[chance.randrange(len(mutated))] = chance.randrange(256)
    return words.HANDSHAKE + bytes(mutated)


pieces = st.one_of(
    st.binary(max_size=300),
    st.builds(
        words.message,
        st.integers(0, 3),
        st.integers(2, 63),
        st.integers(0, 0x2000000),
        st.integers(0, 30),
        st.binary(max_size=400),
    ),
    st.sampled_from([words.publish("made?key=right"), words.media(3)]),
)


async def test_invented_sessions_leave_no_trace(open_studio: Open) -> None:
    """Two hundred and more sessions composed by hypothesis, through real sockets."""
    studio = await open_studio(rules=PATIENT)
    studio.shop.keys["made"] = "right"
    errors: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: errors.append(context))

    async def push(session: list[bytes]) -> None:
        _, writer = await studio.connect()
        writer.write(words.HANDSHAKE + words.publish("made?key=right") + b"".join(session))
        await hang_up(writer)

    for session in invented(220):
        await push(session)
    await until(lambda: not studio.media.door.connections)
    loop.set_exception_handler(None)

    assert errors == []


def invented(count: int) -> list[list[bytes]]:
    """Hypothesis' examples, gathered outside the event loop's reach."""
    found: list[list[bytes]] = []

    @seed(20260601)
    @settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(pieces, min_size=1, max_size=12))
    def gather(session: list[bytes]) -> None:
        found.append(session)

    gather()
    return found
