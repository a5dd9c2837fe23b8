"""The live engine as a process: opens its doors, watches the clock, leaves nothing behind."""

import asyncio

import imageio_ffmpeg
from aiohttp import web

from bofen.kit import descriptors, log
from bofen.kit.addresses import Doorman, Proxies
from bofen.kit.settings import Settings
from bofen.media.control import Control
from bofen.media.door import Deadlines, Door
from bofen.media.engine import Engine, EngineRules
from bofen.media.guard import GuardedSite, HttpLimits
from bofen.media.ladder import read_ladder
from bofen.media.recording import RecordingLimits, Recordings
from bofen.media.rtmp import Connection
from bofen.media.shop import Shop
from bofen.media.viewing import Viewing

_SWEEP_S = 1.0
_SHUTDOWN_S = 1.0
_log = log.get(__name__)


async def serve(settings: Settings) -> None:
    """Runs until cancelled. Raises OSError when a port is taken, ValueError for a wrong ladder."""
    media = Media(settings)
    await media.start()
    try:
        while True:
            await asyncio.sleep(_SWEEP_S)
            media.sweep()
    finally:
        await media.close()


def ffmpeg_of(settings: Settings) -> str:
    """The path of the ffmpeg that transcodes."""
    return settings.ffmpeg or str(imageio_ffmpeg.get_ffmpeg_exe())


class Media:
    """The parts of the engine, wired together."""

    def __init__(
        self,
        settings: Settings,
        rules: EngineRules | None = None,
        deadlines: Deadlines | None = None,
        limits: HttpLimits | None = None,
    ) -> None:
        secret = settings.media_secret.get_secret_value()
        self._proxies = Proxies(settings.trusted_proxies)
        limits = limits or HttpLimits()
        rules = rules or EngineRules(
            ladder=read_ladder(settings.media_ladder), rungs_max=settings.media_rungs_max
        )
        self._settings = settings
        self._shop = Shop(settings.internal_shop_url or settings.shop_url, secret)
        kept = RecordingLimits(settings.recordings_bytes_max, settings.recordings_free_bytes_min)
        self._recordings = Recordings(settings.home / "recordings", kept)
        self.engine = Engine(self._shop, self._recordings, ffmpeg_of(settings), rules)
        self.door = Door(self.engine.admit, self.engine.left, deadlines, self._proxies)
        self._doorman = Doorman(
            of_a_place_max=settings.connections_of_an_address_max,
            all_max=descriptors.for_strangers(),
        )
        app = Viewing(self.engine, secret, limits.answer_s).app()
        Control(self.engine, secret).add_to(app)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_S,
            keepalive_timeout=limits.idle_s,
        )

    async def start(self) -> None:
        """Open the doors, then tell the shop. Raises OSError when a port is taken."""
        settings = self._settings
        await self.engine.start()
        await self._runner.setup()
        where = (settings.host, settings.media_port)
        await GuardedSite(self._runner, *where, self._doorman, self._proxies).start()
        await self.door.open(settings.host, settings.rtmp_port, Connection)
        self.engine.announce()
        _log.info("media_ready", rtmp_port=settings.rtmp_port, media_port=settings.media_port)

    @property
    def http_port(self) -> int:
        """The one that viewers fetch from, also when 0 was asked for."""
        return int(self._runner.addresses[0][1])

    def sweep(self) -> None:
        """Call it about once a second; a fault in one sweep must not end the engine."""
        try:
            self.door.sweep()
            self.engine.sweep()
        except Exception:  # noqa: BLE001 - contained and logged
            _log.exception("sweep_failed")

    async def close(self) -> None:
        """End everything in order: pushes, recordings, viewers, what the shop must hear."""
        await self.door.close()
        await self.engine.close()
        await self._runner.cleanup()
        await self._shop.close()
