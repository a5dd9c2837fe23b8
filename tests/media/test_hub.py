"""Fan-out: everybody gets the same bytes, a slow reader harms only itself."""

from bofen.media import flv
from bofen.media.flv import Tag
from bofen.media.hub import Hub, Reader
from tests.media import words


class Pipe:
    """A transport whose other side reads when it is told to."""

    def __init__(self) -> None:
        self.queued = 0
        self.got: list[bytes] = []
        self.closing = False

    def write(self, data: bytes) -> None:
        self.got.append(data)
        self.queued += len(data)

    def get_write_buffer_size(self) -> int:
        return self.queued

    def is_closing(self) -> bool:
        return self.closing


def tag(at: int, *, is_key: bool = False, size: int = 100) -> Tag:
    payload = (words.KEY_FRAME if is_key else words.FRAME)[:10] + bytes(size)
    return Tag(flv.VIDEO, at, payload, is_key=is_key)


def hub() -> Hub:
    made = Hub()
    made.send(Tag(flv.VIDEO, 0, words.VIDEO_CONFIG, is_config=True))
    made.send(tag(0, is_key=True))
    return made


def join(to: Hub) -> tuple[Pipe, list[str]]:
    pipe, gone = Pipe(), []
    reader = Reader(pipe, lambda sent: sent.plain, lambda: gone.append("gone"))
    to.join(reader)
    return pipe, gone


def test_a_newcomer_gets_the_configs_and_everything_since_the_key_frame() -> None:
    made = hub()
    made.send(tag(33))

    assert made.opening()[4] == 1
    assert made.backlog().count(b"\x17\1\0\0\0") == 1
    assert made.backlog().endswith(tag(33).plain)


def test_sound_is_announced_only_when_there_is_some() -> None:
    made = hub()
    made.send(Tag(flv.AUDIO, 0, words.AUDIO_CONFIG, is_config=True))

    assert made.opening()[4] == 5


def test_a_slow_reader_skips_to_the_next_key_frame_and_the_others_do_not_notice() -> None:
    made = hub()
    slow, _ = join(made)
    quick, _ = join(made)
    for i in range(50):
        made.send(tag(i, size=100_000))
        quick.queued = 0
    seen = len(slow.got)
    slow.queued = 0
    made.send(tag(50))
    assert len(slow.got) == seen
    assert seen < 40
    made.send(tag(51, is_key=True))
    made.send(tag(52))

    assert len(slow.got) == seen + 2
    assert len(quick.got) == 53


def test_a_reader_that_never_reads_is_bounded() -> None:
    made = hub()
    stuck, _ = join(made)
    for i in range(2_000):
        made.send(tag(i, is_key=i % 30 == 0, size=20_000))

    assert stuck.queued < 4 << 20


def test_a_closed_reader_is_told_so() -> None:
    made = hub()
    pipe, gone = join(made)
    pipe.closing = True
    made.send(tag(33))

    assert gone == ["gone"]


def test_new_configs_reach_those_who_are_watching() -> None:
    made = hub()
    pipe, _ = join(made)
    made.begin()
    other = Tag(flv.VIDEO, 99, b"\x17\0\0\0\0" + words.AVCC_1080, is_config=True)
    made.send(other)
    made.send(tag(100))
    made.send(tag(133, is_key=True))

    assert pipe.got == [other.plain, tag(133, is_key=True).plain]


def test_an_endless_picture_group_does_not_grow_the_cache() -> None:
    made = hub()
    watching, _ = join(made)
    for i in range(4_000):
        made.send(tag(i))
        watching.queued = 0

    assert len(made.backlog()) < 1 << 20
    assert len(watching.got) == 4_000
