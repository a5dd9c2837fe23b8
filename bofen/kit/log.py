"""Structured logs: the name of what happened, and its facts. Never a secret or a person's data."""

import logging
import re
import sys
from typing import Any

import structlog

_SECRET_KEYS = re.compile(r"token|secret|password|authorization|session_key|phone|id_card|push_key")
_SECRET_TEXT = re.compile(r"((?:key|token|access_token|secret|txSecret)=)[^&\s\"']+")
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


def _redact(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    for key, value in event.items():
        if _SECRET_KEYS.search(key):
            event[key] = "…"
        elif isinstance(value, str):
            event[key] = redacted(value)
    return event


def redacted(text: str) -> str:
    """`text` without what must not be written down: keys in addresses, phone numbers."""
    return _PHONE.sub(r"\1****\2", _SECRET_TEXT.sub(r"\1…", text))


def configure(*, json: bool = False, level: str = "info") -> None:
    """Send every log line of this process, ours and libraries', through one redacting pipeline."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact,
    ]
    # Plain tracebacks: a pretty one prints every local variable, secrets and people among them.
    renderer: Any = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    if json:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=renderer)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("httpx", "httpcore", "uvicorn", "alembic", "picows"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)  # our worker logs each failure itself


def bind(**facts: str) -> None:
    """Every further line of this task, and of those it starts, carries `facts`."""
    structlog.contextvars.bind_contextvars(**facts)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module, by its name."""
    return structlog.stdlib.get_logger(name)
