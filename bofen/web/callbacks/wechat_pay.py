"""What WeChat Pay tells us."""

from fastapi import APIRouter

router = APIRouter(prefix="/wechat-pay", tags=["callbacks"])
