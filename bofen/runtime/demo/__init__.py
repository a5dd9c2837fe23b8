"""The demo shop: seeded through the same flows that people use, once, into an empty shop."""

from bofen.runtime.demo.broadcast import go_live, has_picture
from bofen.runtime.demo.past import Past
from bofen.runtime.demo.seed import accounts, seed

__all__ = ["Past", "accounts", "go_live", "has_picture", "seed"]
