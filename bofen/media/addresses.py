"""Addresses that share one number among many people: this machine, and the proxies in front."""

import ipaddress
from collections.abc import Sequence


class Trusted:
    """The networks of `BOFEN_TRUSTED_PROXIES`, and the machine itself: no cap counts them.

    What stands in front counts its own callers; behind it all of them have one address.
    """

    def __init__(self, proxies: Sequence[str]) -> None:
        """Raises ValueError for what is neither an address nor a network."""
        self._networks = [ipaddress.ip_network(text, strict=False) for text in proxies]

    def holds(self, address: str) -> bool:
        """Whether many people may come from there."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return found.is_loopback or any(found in network for network in self._networks)
