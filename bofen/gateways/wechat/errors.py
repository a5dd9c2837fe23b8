from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class WeChatCodeRefused(Refusal):
    """The code is wrong, used or too old: ask WeChat for a new one."""

    code = "wechat_code_refused"
    status = 401


@dataclass(eq=False)
class WeChatUserRefused(Refusal):
    """WeChat blocks this user, or it is a virtual visitor."""

    code = "wechat_user_refused"
    status = 403
