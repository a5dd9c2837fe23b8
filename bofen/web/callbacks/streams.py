"""What live engines ask and tell: may this key publish, it began, it stopped."""

from fastapi import APIRouter, Request, Response

from bofen.flows.live_sessions import admit, on_stream_event
from bofen.gateways.streams.protocol import PublishRequested
from bofen.kit import clock
from bofen.web.deps import Svc

router = APIRouter(prefix="/streams", tags=["streams"])


@router.post("/{provider}", response_class=Response)
async def stream_callback(provider: str, request: Request, svc: Svc) -> Response:
    """Signed by the engine. A refused publisher gets 403 and nothing of him is kept."""
    at = clock.now()
    engine = svc.streams.named(provider)
    event = engine.open_callback(request.headers, await request.body(), at)
    if isinstance(event, PublishRequested):
        answer = engine.allow(await admit(svc, provider, event, at))
    else:
        await on_stream_event(svc, provider, event, at)
        answer = engine.noted()
    return Response(answer, media_type="application/json")
