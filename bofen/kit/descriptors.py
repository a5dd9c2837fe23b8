"""How many files and sockets this process may have open, and how many of them are for strangers."""

import resource

_RESERVED = 64
"""For the database, Redis, providers, files and log; a quarter of a very small limit."""


def raise_limit() -> int:
    """Take all that the system grants, which costs nothing; the limit that holds from here on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (OSError, ValueError):  # macOS grants less than it says
            return soft
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def for_strangers() -> int:
    """So many connections from outside leave enough for our own work."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return 1_000_000
    return soft - min(_RESERVED, soft // 4)
