"""Who may carry live pictures, by name. A session keeps the provider it was planned with."""

from collections.abc import Mapping

from bofen.gateways.streams.protocol import StreamProvider
from bofen.kit.errors import NotFound


class StreamProviders:
    """All providers of this installation; `chosen` carries what is planned from now on."""

    def __init__(self, known: Mapping[str, StreamProvider], chosen: str) -> None:
        assert chosen in known
        self._known = known
        self.chosen = chosen

    def named(self, name: str) -> StreamProvider:
        """Raises `NotFound` for a name that nobody has here."""
        if name not in self._known:
            raise NotFound("provider")
        return self._known[name]

    @property
    def names(self) -> list[str]:
        """Every provider, in no order that means anything."""
        return list(self._known)
