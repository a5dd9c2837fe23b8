"""What the shop asks of WeChat: who is this, what is his phone, draw me a code."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class WeChatIdentity:
    """A person as one app of WeChat sees him. A snapshot is a virtual visitor, not a person."""

    appid: str
    openid: str
    unionid: str | None = None
    is_snapshot: bool = False
    nickname: str | None = None
    avatar_url: str | None = None
    """As he is called and pictured there, where WeChat tells it."""


class WeChat(Protocol):
    """What the shop asks of WeChat itself, apart from money."""

    async def login(self, js_code: str) -> WeChatIdentity:
        """The person behind a mini program's login code, which is good for one use."""

    async def oauth(self, code: str) -> WeChatIdentity:
        """The person behind the code that the H5 authorize page sent back."""

    def authorize_url(self, redirect_uri: str, state: str) -> str:
        """Where to send a browser that shall sign in; it returns with a code and `state`."""

    async def avatar(self, url: str) -> bytes:
        """The picture at an `avatar_url`; raises `ProviderError` for one that is not WeChat's."""

    async def phone_number(self, code: str) -> str:
        """The number that a person gave the mini program, by its code."""

    async def mini_program_code(self, scene: str, page: str, width: int = 430) -> bytes:
        """A picture. `scene` has at most 32 plain characters."""
