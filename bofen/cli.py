"""The command `bofen`: the whole shop at once, one role of it, or one task by hand."""

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Coroutine
from importlib import import_module
from typing import Any, cast

import uvloop

from bofen.runtime.errors import CannotStart

Story = Coroutine[Any, Any, int]
_ROLES = {
    "web": "the HTTP API and the clients",
    "rooms": "the sockets of the live rooms",
    "worker": "jobs and sweeps",
    "media": "the live engine",
    "sandbox": "local WeChat, WeChat Pay and 快递100",
}
_TASKS = {
    "migrate": "bring the database to this version",
    "demo": "fill an empty shop with examples",
    "verify": "check that money, stock and orders agree",
    "doctor": "say what is missing or wrong on this machine",
}


def main() -> None:
    """Run one command; the exit code says how it went."""
    story = _story(_parser().parse_args())
    try:
        with (
            contextlib.suppress(KeyboardInterrupt),
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            sys.exit(runner.run(story))
    except CannotStart as reason:
        sys.exit(f"✗ {reason}")


def _story(asked: argparse.Namespace) -> Story:
    """What was asked for. Each command loads only its own part: the live engine starts soonest."""
    if asked.command == "up":
        up = import_module("bofen.runtime.up").up
        return cast(Story, up(is_demo=asked.demo, is_demo_stream=asked.demo_stream))
    if asked.command == "media":
        return cast(Story, import_module("bofen.runtime.alone").run_media())
    roles = import_module("bofen.runtime.roles")
    if asked.command in _ROLES:
        return cast(Story, roles.run_role(asked.command))
    return cast(Story, roles.run_task(asked.command, is_whole=getattr(asked, "all", False)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bofen", description="播分: live commerce and affiliates")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    everything = commands.add_parser("up", help="start everything on this machine")
    everything.add_argument("--demo", action="store_true", help="fill an empty shop with examples")
    everything.add_argument(
        "--demo-stream", action="store_true", help="push a made-up picture into the demo room"
    )
    made = {name: commands.add_parser(name, help=text) for name, text in (_ROLES | _TASKS).items()}
    made["verify"].add_argument(
        "--all", action="store_true", help="also what was proved before and has not changed since"
    )
    return parser


if __name__ == "__main__":
    main()
