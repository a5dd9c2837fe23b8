"""AMF0, the notation of RTMP commands: as much of it as publishers use."""

import struct
from typing import Any

from bofen.media.errors import MalformedStream

_DEPTH_MAX = 8
_ITEMS_MAX = 10_000
_NUMBER, _BOOLEAN, _STRING, _OBJECT = 0, 1, 2, 3
_NULL, _UNDEFINED, _MAP, _ARRAY, _DATE, _LONG_STRING = 5, 6, 8, 10, 11, 12
_OBJECT_END = b"\0\0\x09"


def read_all(data: bytes) -> list[Any]:
    """Every value in `data`. Raises MalformedStream, whatever the bytes are."""
    reader = _Reader(data)
    values = []
    try:
        while reader.position < len(data):
            values.append(reader.value(0))
    except (struct.error, IndexError) as error:
        raise MalformedStream("a command is cut short") from error
    return values


def write(*values: Any) -> bytes:
    """These values in AMF0, one after the other."""
    return b"".join(_written(value) for value in values)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def value(self, depth: int) -> Any:
        if depth > _DEPTH_MAX:
            raise MalformedStream("a command is nested too deeply")
        kind = self._data[self.position]
        self.position += 1
        if kind in (_OBJECT, _MAP, _ARRAY):
            return self._many(kind, depth)
        return self._one(kind)

    def _one(self, kind: int) -> Any:
        match kind:
            case 0:
                return self._unpack(">d")
            case 1:
                return bool(self._unpack(">B"))
            case 2:
                return self._text(self._unpack(">H"))
            case 12:
                return self._text(self._unpack(">I"))
            case 11:
                moment = self._unpack(">d")
                self._unpack(">h")
                return moment
            case 5 | 6:
                return None
        raise MalformedStream(f"a command holds a value of kind {kind}")

    def _many(self, kind: int, depth: int) -> Any:
        if kind == _ARRAY:
            count = self._unpack(">I")
            if count > _ITEMS_MAX:
                raise MalformedStream("a command holds too long a list")
            return [self.value(depth + 1) for _ in range(count)]
        if kind == _MAP:
            self._unpack(">I")
        found = {}
        while self._data[self.position : self.position + 3] != _OBJECT_END:
            name = self._text(self._unpack(">H"))
            found[name] = self.value(depth + 1)
        self.position += len(_OBJECT_END)
        return found

    def _unpack(self, form: str) -> Any:
        (value,) = struct.unpack_from(form, self._data, self.position)
        self.position += struct.calcsize(form)
        return value

    def _text(self, length: int) -> str:
        end = self.position + length
        if end > len(self._data):
            raise MalformedStream("a text is cut short")
        text = self._data[self.position : end].decode("utf-8", "replace")
        self.position = end
        return text


def _written(value: Any) -> bytes:
    if value is None:
        return bytes((_NULL,))
    if isinstance(value, bool):
        return bytes((_BOOLEAN, value))
    if isinstance(value, (int, float)):
        return bytes((_NUMBER,)) + struct.pack(">d", value)
    if isinstance(value, str):
        return bytes((_STRING,)) + _named(value)
    assert isinstance(value, dict)
    fields = b"".join(_named(name) + _written(item) for name, item in value.items())
    return bytes((_OBJECT,)) + fields + _OBJECT_END


def _named(text: str) -> bytes:
    encoded = text.encode()
    return struct.pack(">H", len(encoded)) + encoded
