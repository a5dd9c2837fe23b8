"""Writes the five OpenAPI documents that the clients are generated from.

python -m bofen.web.openapi <folder>
"""

import json
import sys
from pathlib import Path

from bofen.web.app import AUDIENCES, audience_app


def write(folder: Path) -> None:
    """One document for each audience; the same code always writes the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in AUDIENCES:
        document = audience_app(name).openapi()
        document["servers"] = [{"url": f"/api/{name}"}]
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
