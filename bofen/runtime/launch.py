"""Starts one child program so that it dies with us and never runs as root when it must not.

Run as `python launch.py <signal> <identity> -- program arguments`; needs only the standard library.
`identity` is `same`, `namespace` (root puts the child into a user namespace in which it is an
ordinary user, yet owns root's files) or `uid:gid`.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_ORDINARY_ID = 1000


def main() -> None:
    """Become the program that is named, to be ended with its parent."""
    death_signal, identity = int(sys.argv[1]), sys.argv[2]
    program = sys.argv[4:]
    parent = os.getppid()
    if identity == "namespace":
        enter_user_namespace()
    elif identity != "same":
        uid, gid = map(int, identity.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    die_with_parent(death_signal, parent)
    os.execv(program[0], program)  # noqa: S606 - the arguments are our own


def enter_user_namespace() -> None:
    """Be user 1000 in a namespace of one user; outside we stay who we are. Raises OSError."""
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for file, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{_ORDINARY_ID} {uid} 1"),
        ("gid_map", f"{_ORDINARY_ID} {gid} 1"),
    ):
        with open(f"/proc/self/{file}", "w") as handle:  # noqa: PTH123
            handle.write(text)


def die_with_parent(death_signal: int, parent: int) -> None:
    """Ask Linux to send `death_signal` to this process when its parent ends, however it ends."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
