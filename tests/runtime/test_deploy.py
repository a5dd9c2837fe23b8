"""The files of `deploy/` as an operator copies them: read here, used by nginx, and checked by
systemd where the machine has it.
"""

import asyncio
import configparser
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import httpx
from aiohttp import web

from bofen.kit.settings import Settings
from tests.journeys.system import free_ports

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DIRECTIVES = {
    "map", "server", "location", "listen", "server_name", "ssl_certificate",
    "ssl_certificate_key", "client_max_body_size", "proxy_pass", "include", "proxy_read_timeout",
    "proxy_buffering", "proxy_http_version", "proxy_set_header", "default", "''",
}  # fmt: skip


def _unit() -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string((DEPLOY / "bofen.service").read_text())
    return read


def test_the_unit_starts_the_whole_shop_and_lets_it_end_in_order() -> None:
    service = _unit()["Service"]

    assert service["ExecStart"].endswith("/.venv/bin/bofen up")
    assert service["ExecStart"].startswith(service["WorkingDirectory"])
    assert service["Restart"] == "on-failure", "a part that stays dead ends `bofen up` with 1"
    assert service["KillMode"] == "mixed", "SIGTERM goes to `bofen up`, which ends its parts itself"
    assert int(service["LimitNOFILE"]) >= 10_000


if shutil.which("systemd-analyze"):

    def test_systemd_takes_the_unit(tmp_path: Path) -> None:
        text = (DEPLOY / "bofen.service").read_text()
        for here, there in (
            (r"(?m)^ExecStart=.*$", f"ExecStart={sys.executable} -m bofen.cli up"),
            (r"(?m)^WorkingDirectory=.*$", f"WorkingDirectory={tmp_path}"),
            (r"(?m)^User=.*$", "User=root"),
        ):
            text, count = re.subn(here, there, text)
            assert count == 1
        unit = tmp_path / "bofen.service"
        unit.write_text(text)

        said = subprocess.run(
            ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
        )

        assert [line for line in said.stderr.splitlines() if str(unit) in line] == []


def _statements(name: str) -> list[list[str]]:
    """Each directive of a file with its arguments; blocks must close."""
    text = re.sub(r"(?m)^#.*$", "", (DEPLOY / name).read_text())
    assert text.count("{") == text.count("}")
    return [piece.split() for piece in re.split(r"[;{}]", text) if piece.strip()]


def test_the_proxy_passes_on_what_the_parts_rely_on() -> None:
    site, shared = _statements("nginx-bofen.conf"), _statements("bofen-proxy.conf")
    settings = Settings()
    ports = [re.findall(r":(\d+)$", words[1])[0] for words in site if words[0] == "proxy_pass"]
    headers = {words[1]: words[2] for words in shared if words[0] == "proxy_set_header"}

    assert {words[0] for words in site + shared} <= DIRECTIVES
    assert [int(port) for port in ports] == [
        settings.port,
        settings.rooms_port,
        settings.media_port,
    ]
    includes = [words[1] for words in site if words[0] == "include"]
    assert includes == ["bofen-proxy.conf"] * 3
    assert set(headers) == {
        "Host", "X-Forwarded-For", "X-Forwarded-Proto", "Upgrade", "Connection",
    }  # fmt: skip
    assert headers["X-Forwarded-For"] == "$proxy_add_x_forwarded_for"


async def _parts(stack: AsyncExitStack, names: Sequence[str]) -> dict[str, int]:
    """Parts of the shop that answer who they are, and what of the request came through."""
    ports = {}
    for name in names:

        async def told(request: web.Request, name: str = name) -> web.Response:
            return web.json_response({"part": name, **dict(request.headers)})

        app = web.Application()
        app.router.add_get("/{rest:.*}", told)
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ports[name] = runner.addresses[0][1]
    return ports


def _site(folder: Path, listens_on: int, parts: Mapping[str, int]) -> Path:
    """The site as it is, but for TLS, for which a certificate would have to be made, and ports."""
    site = (DEPLOY / "nginx-bofen.conf").read_text()
    site = re.sub(r"(?m)^\s*ssl_certificate.*$", "", site)
    settings = Settings()
    for port, there in (
        (settings.port, parts["web"]),
        (settings.rooms_port, parts["rooms"]),
        (settings.media_port, parts["media"]),
    ):
        site = site.replace(f"127.0.0.1:{port}", f"127.0.0.1:{there}")
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{listens_on};")
    (folder / "bofen-proxy.conf").write_text((DEPLOY / "bofen-proxy.conf").read_text())
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    head = f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
    made = folder / "nginx.conf"
    made.write_text(f"{head}http {{\naccess_log off;\n{paths}{site}\n}}\n")
    return made


async def test_nginx_sends_each_request_to_its_part_and_says_whose_it_is(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        parts, port = await _parts(stack, ("web", "rooms", "media")), free_ports(1)
        nginx = await asyncio.create_subprocess_exec(
            *("nginx", "-p", str(tmp_path), "-c", str(_site(tmp_path, port, parts)))
        )
        stack.push_async_callback(nginx.wait)
        stack.callback(nginx.terminate)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        shop = f"http://127.0.0.1:{port}"
        async with asyncio.timeout(20):
            while True:
                with suppress(httpx.ConnectError):
                    await http.get(shop)
                    break
                await asyncio.sleep(0.02)
        paths = ("/", "/api/buyer/hall", "/rooms/7", "/live/a/master.m3u8", "/replay/b", "/livery")
        found = [
            (await http.get(shop + path, headers={"X-Forwarded-For": "6.6.6.6"})).json()
            for path in paths
        ]
        socket = {"Upgrade": "websocket", "Connection": "Upgrade"}
        upgraded = (await http.get(f"{shop}/rooms/7", headers=socket)).json()

    assert [each["part"] for each in found] == ["web", "web", "rooms", "media", "media", "web"]
    assert {each["X-Forwarded-For"] for each in found} == {"6.6.6.6, 127.0.0.1"}
    assert {each["X-Forwarded-Proto"] for each in found} == {"http"}
    assert (upgraded["Upgrade"], upgraded["Connection"]) == ("websocket", "upgrade")
