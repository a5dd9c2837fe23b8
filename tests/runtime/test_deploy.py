"""The files of `deploy/` as an operator copies them: read here, and by systemd and nginx themselves
where the machine has them.
"""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bofen.kit.settings import Settings

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


if shutil.which("nginx"):

    def test_nginx_takes_the_site(tmp_path: Path) -> None:
        """Without TLS, for which a certificate would have to be made."""
        site = (DEPLOY / "nginx-bofen.conf").read_text().replace("listen 443 ssl;", "listen 44300;")
        site = re.sub(r"(?m)^\s*ssl_certificate.*$", "", site)
        (tmp_path / "bofen-proxy.conf").write_text((DEPLOY / "bofen-proxy.conf").read_text())
        head = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\n"
        (tmp_path / "nginx.conf").write_text(f"{head}http {{\naccess_log off;\n{site}\n}}\n")

        said = subprocess.run(
            ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
            capture_output=True,
            text=True,
            check=False,
        )

        assert said.returncode == 0, said.stderr
