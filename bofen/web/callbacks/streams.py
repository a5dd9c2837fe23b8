"""What live engines ask and tell: may this key publish, it began, it stopped."""

from typing import Any

from fastapi import APIRouter, Request

from bofen.flows.live_sessions import heard
from bofen.gateways.streams.protocol import PublishRequested
from bofen.kit import clock
from bofen.web.deps import Svc

router = APIRouter(prefix="/streams", tags=["streams"])


@router.post("/embedded")
async def embedded(request: Request, svc: Svc) -> dict[str, Any]:
    """Signed by the engine. A refused publisher gets 403 and nothing of him is kept."""
    at = clock.now()
    event = svc.streams.open_callback(request.headers, await request.body(), at)
    session_id = await heard(svc, event, at)
    if isinstance(event, PublishRequested):
        return {"allow": True, "session": str(session_id)}
    return {"ok": True}
