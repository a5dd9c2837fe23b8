"""Who is at the other end of a connection, and how many from one place may be in at once."""

from collections import Counter
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

LOOPBACK = "127.0.0.1"
Network = IPv4Network | IPv6Network


class Proxies:
    """The neighbours whose word about others is believed: addresses or networks (10.0.0.0/8).

    Raises ValueError on text that is neither.
    """

    def __init__(self, trusted: Sequence[str]) -> None:
        self._trusted: list[Network] = [ip_network(text, strict=False) for text in trusted]

    def trusts(self, peer: str) -> bool:
        """Whether `peer` is one of them."""
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self._trusted)

    def client(self, peer: str, forwarded_for: str) -> str:
        """The nearest address that is no proxy of ours; `forwarded_for` is X-Forwarded-For's value.

        Whoever is no trusted proxy speaks for himself only.
        """
        found = peer
        for said in reversed(forwarded_for.split(",")):
            if not self.trusts(found):
                break
            found = said.strip() or found
        return found


def reached_at(host: str) -> str:
    """Where this machine reaches what listens on `host`: "everywhere" is the loopback too."""
    return {"": LOOPBACK, "0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104


def url_of(scheme: str, host: str, port: int, path: str = "") -> str:
    """An address that this machine reaches: IPv6 in brackets, "everywhere" as the loopback."""
    host = reached_at(host)
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{path}"


def is_of_this_machine(host: str) -> bool:
    """Whether nobody else reaches `host`: a loopback address or name, or "everywhere"."""
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return not host or host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def place_of(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 that one IPv6 line is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))
    return address


class Doorman:
    """Counts who is in, so that one place cannot fill the house, nor a crowd use up descriptors."""

    def __init__(self, *, of_a_place_max: int, all_max: int) -> None:
        self._of_a_place_max = of_a_place_max
        self._all_max = all_max
        self._in: Counter[str] = Counter()
        self._all = 0

    def admit(self, place: str, *, is_proxy: bool = False) -> bool:
        """Count one in, or refuse. A proxy stands for many: only the house's size limits it."""
        is_too_many = self._in[place] >= self._of_a_place_max and not is_proxy
        if is_too_many or self._all >= self._all_max:
            return False
        self._in[place] += 1
        self._all += 1
        return True

    def leave(self, place: str) -> None:
        """Whoever was admitted is gone."""
        self._all -= 1
        self._in[place] -= 1
        if self._in[place] <= 0:
            del self._in[place]
