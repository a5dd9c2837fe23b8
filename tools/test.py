"""The whole suite, in the order in which a mistake is found soonest.

`lint` stops after types; `format` writes the layout that `lint` asks for.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from setup import ROOT, node_environment

BIN = ROOT / ".venv" / "bin"
CODE = ["bofen", "tests", "bench", "tools", "migrations"]

LINT: list[tuple[str, list[str], str]] = [
    ("ruff", [f"{BIN}/python", "-m", "ruff", "check", *CODE], "."),
    ("layout", [f"{BIN}/python", "-m", "ruff", "format", "--check", "--quiet", *CODE], "."),
    ("types", [f"{BIN}/python", "-m", "mypy"], "."),
    ("floors of the house", [f"{BIN}/lint-imports", "--no-logo"], "."),
    ("layout of the clients", ["npm", "run", "--silent", "layout"], "clients"),
    ("types of the shop", ["npm", "run", "--silent", "typecheck"], "clients/shop"),
    (
        "types of the console and the client",
        ["npm", "run", "--silent", "--if-present", "typecheck", "--workspaces"],
        "clients",
    ),
]
FORMAT: list[tuple[str, list[str], str]] = [
    ("ruff", [f"{BIN}/python", "-m", "ruff", "check", "--fix-only", "-q", *CODE], "."),
    ("layout", [f"{BIN}/python", "-m", "ruff", "format", "--quiet", *CODE], "."),
    ("layout of the clients", ["npm", "run", "--silent", "format"], "clients"),
]
TESTS: list[tuple[str, list[str], str]] = [
    (
        "types beside the API",
        ["npm", "run", "-s", "schema", "-w", "api", "--", "--check"],
        "clients",
    ),
    ("client rules", ["npm", "test", "--silent", "-w", "api", "-w", "kit"], "clients"),
    (
        "mini program, static",
        ["node", "check.mjs", "../../clients/shop/dist/build/mp-weixin"],
        "tests/mp",
    ),
    (
        "rules, flows, edges",
        [f"{BIN}/python", "-m", "pytest", "-q", "-n", "3", "-m", "not journey"],
        ".",
    ),
    (
        "journeys",
        [f"{BIN}/python", "-m", "pytest", "-q", "-m", "journey", "-p", "no:randomly"],
        ".",
    ),
]


def main() -> None:
    steps = {"lint": LINT, "format": FORMAT}.get("".join(sys.argv[1:]), LINT + TESTS)
    environment = {**node_environment(), "PYTHONPATH": str(ROOT)}
    failed = []
    for title, command, folder in steps:
        started = time.monotonic()
        print(f"→ {title}", flush=True)
        code = subprocess.run(command, cwd=ROOT / folder, env=environment, check=False).returncode
        took = f"{time.monotonic() - started:.0f} s"
        print(f"{'✗' if code else '✓'} {title} ({took})", flush=True)
        if code:
            failed.append(title)
            if os.environ.get("BOFEN_TEST_KEEP_GOING") != "1":
                break
    if failed:
        sys.exit(f"✗ failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
