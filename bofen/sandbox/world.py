"""What the sandbox's providers remember, and the faults somebody asked for. Survives a restart."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bofen.kit import clock
from bofen.kit.days import SHOP_ZONE
from bofen.kit.log import redacted
from bofen.sandbox.keys import Keys, keys_of

PEOPLE = ("张小米", "李雷", "韩梅梅", "王芳", "陈晨", "刘洋")
FAULTS = {
    "drop_before": "断开，未执行",
    "drop_after": "已执行，断开",
    "delay": "延迟两秒",
    "busy": "限频 429",
    "error": "系统错误 500",
    "no_notice": "不发通知",
    "duplicate_notice": "通知重复十次",
    "tamper_notice": "通知被篡改",
    "old_notice": "通知时间过旧",
    "unknown_serial": "通知证书未知",
    "probe_notice": "签名探测",
    "wrong_amount": "通知金额不符",
    "refund_abnormal": "退款异常",
    "refund_closed": "退款关闭",
}
_LOG_MAX = 200
_PARTS = ("people", "codes", "payments", "refunds", "transfers", "parcels", "sms")


@dataclass
class World:
    """One merchant's corner of the providers' world."""

    keys: Keys
    path: Path
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    transfers: dict[str, dict[str, Any]] = field(default_factory=dict)
    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)
    sms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=_LOG_MAX))
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    def open(cls, home: Path) -> "World":
        """The world that the home holds; an empty one the first time."""
        path = home / "sandbox" / "world.json"
        kept = json.loads(path.read_text()) if path.exists() else {}
        world = cls(keys_of(home), path, **kept)
        for i, name in enumerate(PEOPLE):
            world.person(f"sandbox-{i + 1}", name)
        return world

    def save(self) -> None:
        """After each change; small, so it is simply written whole."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps({name: getattr(self, name) for name in _PARTS}))
        fresh.replace(self.path)

    def person(self, openid: str, name: str) -> dict[str, Any]:
        """The sandbox person with this openid; made when it is new."""
        return self.people.setdefault(openid, {"openid": openid, "name": name})

    def ask_fault(self, target: str, kind: str, times: int) -> None:
        """From now on `target` fails this way, so many times."""
        self.faults.append({"target": target, "kind": kind, "times": times})

    def fault(self, target: str, *kinds: str) -> str | None:
        """The first fault of these kinds that somebody asked for; asking it uses it up."""
        for asked in self.faults:
            if asked["target"] in (target, "*") and asked["kind"] in kinds:
                asked["times"] -= 1
                if asked["times"] <= 0:
                    self.faults.remove(asked)
                return str(asked["kind"])
        return None

    def note(self, who: str, what: str, outcome: str) -> None:
        """One line of the log that the page shows."""
        at = clock.now().isoformat(timespec="milliseconds")
        self.log.appendleft({"at": at, "who": who, "what": redacted(what), "outcome": outcome})

    def later(self, task: asyncio.Task[None]) -> None:
        """Keep a background delivery alive until it is done."""
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def rfc3339(at: datetime) -> str:
    """As WeChat Pay writes times: seconds, and the offset of China."""
    return at.astimezone(SHOP_ZONE).replace(microsecond=0).isoformat()
