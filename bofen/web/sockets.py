"""What sockets carry: no route answers with it, but clients are generated from it all the same."""

from fastapi import APIRouter

from bofen.live.changes import Tick

rooms = APIRouter()


@rooms.get("room", tags=["rooms"])
async def room_socket() -> Tick:  # type: ignore[empty-body]
    """Each text frame of a room's socket, at most ten a second; see `Snapshot.socket_url`."""
