"""The live engine as a process: opens its doors, watches the clock, leaves nothing behind."""

import asyncio

import imageio_ffmpeg
from aiohttp import web

from bofen.kit import log
from bofen.kit.settings import Settings
from bofen.media.control import Control
from bofen.media.engine import Engine, EngineRules
from bofen.media.recording import Recordings
from bofen.media.rtmp import Deadlines, Door
from bofen.media.shop import Shop
from bofen.media.viewing import Viewing

_SWEEP_S = 1.0
_SHUTDOWN_S = 1.0
_EVERYWHERE = ("0.0.0.0", "::", "127.0.0.1", "localhost")  # noqa: S104 - compared, not bound
_log = log.get(__name__)


async def serve(settings: Settings) -> None:
    """Runs until cancelled."""
    media = Media(settings)
    await media.start()
    try:
        while True:
            await asyncio.sleep(_SWEEP_S)
            media.door.sweep()
            media.engine.sweep()
    finally:
        await media.close()


def ffmpeg_of(settings: Settings) -> str:
    return settings.ffmpeg or str(imageio_ffmpeg.get_ffmpeg_exe())


class Media:
    """The parts of the engine, wired together."""

    def __init__(
        self,
        settings: Settings,
        rules: EngineRules | None = None,
        deadlines: Deadlines | None = None,
    ) -> None:
        secret = settings.media_secret.get_secret_value()
        self._settings = settings
        self._shop = Shop(settings.shop_url, secret)
        self._recordings = Recordings(settings.home / "recordings")
        self.engine = Engine(self._shop, self._recordings, ffmpeg_of(settings), rules)
        self.door = Door(self.engine.admit, self.engine.left, deadlines)
        app = Viewing(self.engine, secret).app()
        Control(self.engine, secret).add_to(app)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=_SHUTDOWN_S
        )

    async def start(self) -> None:
        settings = self._settings
        await self.engine.start()
        await self._runner.setup()
        hosts = [settings.host]
        if settings.host not in _EVERYWHERE:
            hosts.append("127.0.0.1")  # Control calls come from this machine only.
        for host in hosts:
            await web.TCPSite(self._runner, host, settings.media_port).start()
        await self.door.open(settings.host, settings.rtmp_port)
        _log.info("media_ready", rtmp_port=settings.rtmp_port, media_port=settings.media_port)

    @property
    def http_port(self) -> int:
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        await self.door.close()
        await self.engine.close()
        await self._runner.cleanup()
        await self._shop.close()
