"""Runs the sandbox: WeChat, WeChat Pay and 快递100 on three ports, its page on a fourth.

It lets anybody be anybody and pays every bill, so it listens on the loopback, whatever BOFEN_HOST.
"""

import asyncio

from aiohttp import web

from bofen.kit.addresses import LOOPBACK
from bofen.kit.settings import Settings
from bofen.sandbox.courier import CourierSandbox
from bofen.sandbox.notices import Notices
from bofen.sandbox.origins import only_from_here
from bofen.sandbox.page import SandboxPage
from bofen.sandbox.pay import PaySandbox
from bofen.sandbox.wechat import WeChatSandbox
from bofen.sandbox.world import World


async def serve(settings: Settings) -> None:
    """Until cancelled."""
    world = World.open(settings.home)
    pay = PaySandbox(world, Notices(world))
    courier = CourierSandbox(world)
    page = SandboxPage(world, pay, courier)
    apps = [WeChatSandbox(world).app(), pay.app(), courier.app(), page.app()]
    for app in apps:
        app.middlewares.insert(0, only_from_here(settings.shop_url))
    runners = [web.AppRunner(app, access_log=None) for app in apps]
    try:
        for i, runner in enumerate(runners):
            await runner.setup()
            await web.TCPSite(runner, LOOPBACK, settings.sandbox_port + i).start()
        await asyncio.Event().wait()
    finally:
        for task in (delivering := [*world.tasks]):
            task.cancel()
        await asyncio.gather(*delivering, return_exceptions=True)
        for runner in runners:
            await runner.cleanup()
