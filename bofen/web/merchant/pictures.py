"""Uploading pictures."""

from typing import Annotated

from fastapi import APIRouter, UploadFile
from pydantic import Field

from bofen.gateways.storage.addresses import picture_urls
from bofen.gateways.storage.pictures import reencode
from bofen.kit.limits import Limit
from bofen.web.deps import StaffMayWriteProducts, Svc
from bofen.web.edge import UPLOAD_BYTES_MAX
from bofen.web.shapes import Shape
from bofen.web.uploads import opened

router = APIRouter(prefix="/pictures", tags=["products"])

PictureKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/_-]{0,120}\.(webp|png|jpg)$")]
UPLOADS = Limit("upload", times=120, seconds=60)


class PictureOut(Shape):
    """A stored picture: its key for products, its addresses for pages."""

    key: str
    url: str
    thumb_url: str


@router.post("", status_code=201)
async def upload_picture(file: UploadFile, staff: StaffMayWriteProducts, svc: Svc) -> PictureOut:
    """Kept as our own WebP under a random name, whatever was sent."""
    await svc.limiter.take(UPLOADS, str(staff.id))
    made = await opened(file, UPLOAD_BYTES_MAX, reencode)
    await svc.storage.put(made.key, made.large, "image/webp")
    await svc.storage.put(made.small_key, made.small, "image/webp")
    url, thumb_url = picture_urls([made.key, made.small_key])
    return PictureOut(key=made.key, url=url, thumb_url=thumb_url)
