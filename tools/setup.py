"""Prepares a fresh machine: virtual environment, dependencies, Node.js, the built clients.

    python3 tools/setup.py run     what `make run` needs
    python3 tools/setup.py test    and what `make test` needs besides (tools, browser, fonts)

Needs nothing but Python 3.11. Does only what changed since the last time; every step says what it
does and how long it took.
"""

import sys

if sys.version_info < (3, 11):
    found = ".".join(map(str, sys.version_info[:3]))
    sys.exit("Bofen needs Python 3.11 or newer; this is %s. Set PYTHON=python3.11 or so." % found)

import hashlib
import os
import re
import shutil
import subprocess
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
SHARED = (ROOT / "clients/api", ROOT / "clients/kit")  # sources that every client is built from
TRIES = 4


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        prepare(kind)
    except subprocess.CalledProcessError as error:
        command = " ".join(str(part) for part in error.cmd[:6])
        sys.exit(f"✗ failed: {command} … (exit code {error.returncode}). Run make again to go on.")


def prepare(kind: str) -> None:
    with step("virtual environment", is_due=not PYTHON.exists()) as due:
        if due:
            venv.create(VENV, with_pip=True)
    STAMPS.mkdir(exist_ok=True)
    install_python("dev" if kind == "test" else "run")
    link_package()
    environment = node_environment()
    build_client("clients", ["console"], "console/dist", environment)
    build_client("clients/shop", ["."], "dist/build", environment)
    if kind == "test":
        install_node_packages("tests/mp", environment)
        install_programs()


@contextmanager
def step(title: str, *, is_due: bool) -> Iterator[bool]:
    """Says what is done, and afterwards how long it took; quiet about what is up to date."""
    if not is_due:
        yield False
        return
    print(f"→ {title} …", flush=True)
    started = time.monotonic()
    yield True
    print(f"✓ {title} ({time.monotonic() - started:.0f} s)", flush=True)


def retried(command: list[str], **options: object) -> None:
    """Run `command`; a registry that is slow or hiccups gets more chances."""
    for tried in range(1, TRIES + 1):
        try:
            subprocess.run(command, check=True, **options)  # type: ignore[call-overload]
        except subprocess.CalledProcessError:
            if tried == TRIES:
                raise
            print(f"  that did not work; trying again ({tried + 1} of {TRIES})", flush=True)
            time.sleep(2 * tried)
        else:
            return


def install_python(lock: str) -> None:
    file = ROOT / "requirements" / f"{lock}.lock"
    with step(f"Python packages ({lock})", is_due=is_changed(f"python-{lock}", [file])) as due:
        if due:
            pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--retries", "10"]
            pip += ["--timeout", "60", "--no-deps", "--only-binary", ":all:"]
            retried([*map(str, pip), "--quiet", "--require-hashes", "-r", str(file)])
            remember(f"python-{lock}", [file])


def link_package() -> None:
    """Make `import bofen` and `.venv/bin/bofen` work, also in a path with spaces."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    (VENV / "lib" / version / "site-packages" / "bofen.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "bofen"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m bofen.cli "$@"\n')
    command.chmod(0o755)


def node_environment() -> dict[str, str]:
    """An environment whose PATH finds Node.js ≥ 20.19 with npm ≥ 11; from a wheel if need be."""
    environment = {**os.environ, "npm_config_fund": "false", "npm_config_audit": "false"}
    environment["npm_config_fetch_retries"] = "6"
    if version_of("node") >= (20, 19) and version_of("npm") >= (11,):
        return environment
    lock = ROOT / "requirements" / "node.lock"
    with step("Node.js (from a wheel)", is_due=is_changed("node", [lock])) as due:
        if due:
            pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
            retried([*pip, "--retries", "10", "--require-hashes", "-r", str(lock)])
            remember("node", [lock])
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment['PATH']}"
    return environment


def version_of(program: str) -> tuple[int, ...]:
    """Of a program on the PATH; () when it is missing or says nothing."""
    if shutil.which(program) is None:
        return ()
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:3])


def install_node_packages(folder: str, environment: dict[str, str]) -> None:
    home = ROOT / folder
    files = [home / "package.json", home / "package-lock.json"]
    name = "npm-" + folder.replace("/", "-")
    is_due = is_changed(name, files) or not (home / "node_modules").exists()
    with step(f"npm packages of {folder}", is_due=is_due) as due:
        if due:
            retried(["npm", "ci", "--no-progress", "--loglevel=error"], cwd=home, env=environment)
            remember(name, files)


def build_client(
    folder: str, packages: list[str], output: str, environment: dict[str, str]
) -> None:
    """Install and build one client, unless its sources are those it was last built from."""
    sources = sorted(
        path
        for root in (*SHARED, *(ROOT / folder / package for package in packages))
        for path in root.rglob("*")
        if path.is_file() and not {"node_modules", "dist"} & set(path.relative_to(root).parts)
    )
    name = "build-" + folder.replace("/", "-")
    is_due = is_changed(name, sources) or not (ROOT / folder / output).exists()
    if not is_due:
        return
    install_node_packages(folder, environment)
    with step(f"build {folder}", is_due=True):
        log = ROOT / folder / "build.log"
        with log.open("w") as out:
            command = ["npm", "run", "build", "--if-present", "--loglevel=error"]
            if folder == "clients":
                command += ["--workspaces"]
            code = subprocess.run(
                command, cwd=ROOT / folder, env=environment, stdout=out, stderr=out, check=False
            ).returncode
        if code:
            print(log.read_text()[-3000:])
            raise subprocess.CalledProcessError(code, command)
        log.unlink()
    remember(name, sources)


_FROM_DEBIAN = {
    "chromium": ["chromium", "fonts-noto-cjk"],
    "gst-launch-1.0": ["gstreamer1.0-tools"]
    + [f"gstreamer1.0-plugins-{kind}" for kind in ("base", "good", "bad", "ugly")],
    "nginx": ["nginx-light"],
}
"""What the tests need beside Python and Node.js, by a program of it: for the journeys, as a foreign
encoder, for the files of `deploy/`."""


def install_programs() -> None:
    """From Debian's packages where we may, what of it is missing."""
    missing = [name for name in _FROM_DEBIAN if shutil.which(name) is None]
    if os.environ.get("BOFEN_CHROMIUM") and "chromium" in missing:
        missing.remove("chromium")
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        sys.exit(
            f"The tests need {', '.join(missing)}: install what is missing"
            " (for Chromium BOFEN_CHROMIUM may name the program)."
        )
    with step(f"Debian's packages of {', '.join(missing)}", is_due=True):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        retried(["apt-get", "update", "-qq"], env=quiet)
        packages = [package for name in missing for package in _FROM_DEBIAN[name]]
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        retried(install, env=quiet, stdout=subprocess.DEVNULL)


def digest(files: list[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(str(file.relative_to(ROOT)).encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def is_changed(name: str, files: list[Path]) -> bool:
    stamp = STAMPS / name
    return not stamp.exists() or stamp.read_text() != digest(files)


def remember(name: str, files: list[Path]) -> None:
    (STAMPS / name).write_text(digest(files))


if __name__ == "__main__":
    main()
