"""Who hears what: each event's topic, and the jobs that are enqueued when it is emitted."""

from collections.abc import Mapping, Sequence

SUBSCRIBERS: Mapping[str, Sequence[str]] = {}
