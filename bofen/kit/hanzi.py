"""Traditional characters read as simplified ones, each by itself and whatever stands around it.

OpenCC turns whole phrases well; but what is searched must not depend on its neighbours, else 乾
would not find 乾隆. So its table is taken character by character.
"""

from functools import cache

from opencc import OpenCC

_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))


def simplified(text: str) -> str:
    """`text` with every traditional character replaced by its simplified form. Same length."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    traditional = [chr(code) for first, after in _BLOCKS for code in range(first, after)]
    turned = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    return {
        ord(old): new
        for old, new in zip(traditional, turned, strict=True)
        if old != new and len(new) == 1
    }
