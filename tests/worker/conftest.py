"""The same shop as at the HTTP edge; a worker needs its services only."""

from tests.web.conftest import shop

__all__ = ["shop"]
