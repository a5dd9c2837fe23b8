"""Finding Chinese text: single characters and pairs as terms, so that nothing is missed.

A one-character query finds every product that holds the character; longer queries look up pairs
of neighbours and then check that the whole run stands in the text. See docs/decisions.
"""

import re
import unicodedata
from dataclasses import dataclass

_RUN = re.compile(r"(?P<han>[\u3400-\u9fff\U00020000-\U0003ffff]+)|(?P<word>[^\W_]+)")
_HAN_IN_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3400-\u9fff]+")
WORD_MAX = 40

# The commonest traditional characters of a shop window, each followed by its simplified form.
_PAIRS = (
    "鞋鞋衣衣褲裤裙裙襪袜帽帽圍围絲丝綢绸綿绵線线織织網网紅红藍蓝綠绿黃黄銀银銅铜鐵铁"
    "絨绒錶表鐘钟電电腦脑機机話话視视頻频線线無无線线耳耳聽听響响樂乐書书筆笔紙纸畫画"
    "飯饭麵面餅饼魚鱼雞鸡鴨鸭蝦虾蟹蟹蛋蛋湯汤醬酱鹽盐油油茶茶咖咖啡啡飲饮酒酒葉叶"
    "藥药健健養养護护膚肤髮发臉脸頭头腳脚體体膠胶膜膜霜霜乳乳潤润澤泽顏颜色色"
    "嬰婴兒儿童童媽妈寶宝貝贝玩玩車车輪轮運运動动遊游戲戏場场門门窗窗燈灯櫃柜"
    "牀床枕枕被被廚厨鍋锅碗碗盤盘筷筷壺壶爐炉潔洁淨净濕湿熱热涼凉溫温開开關关"
    "東东西西國国產产進进價价優优惠惠買买賣卖錢钱貨货質质輕轻雙双個个條条張张"
    "鮮鲜蘋苹橙橙葡葡萄萄鳳凤棗枣龍龙蝦虾參参蔘参靈灵芝芝棗枣蜂蜂蜜蜜蠟蜡燭烛"
    "舊旧新新長长寬宽圓圆點点塊块層层廣广廳厅歲岁節节禮礼見见觀观記记設设計计"
    "適适選选擇择購购時时間间專专業业實实際际處处備备練练習习學学隨随億亿萬万與与"
)
_SIMPLIFIED = {ord(_PAIRS[i]): _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2)}


@dataclass(frozen=True)
class Search:
    """`query` for a tsvector; `runs` must each stand in the text as they are."""

    query: str
    runs: tuple[str, ...]


def fold(text: str) -> str:
    """One form for what looks or means the same: width, case, traditional characters."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLIFIED)


def _runs(text: str) -> tuple[list[str], list[str]]:
    """Chinese runs and other words of folded `text`."""
    han: list[str] = []
    words: list[str] = []
    for match in _RUN.finditer(text):
        for part in _HAN_IN_WORD.findall(match[0]):
            (han if "\u3400" <= part[0] <= "\u9fff" or part[0] >= "\U00020000" else words).append(
                part
            )
    return han, [word[:WORD_MAX] for word in words]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def terms_of(text: str) -> list[str]:
    """Everything `text` can be found by."""
    han, words = _runs(fold(text))
    found = set(words)
    for run in han:
        found.update(run)
        found.update(_pairs(run))
    return sorted(found)


def search_for(text: str) -> Search | None:
    """How to find `text`; None when there is nothing in it to look for."""
    han, words = _runs(fold(text))
    terms = [f"'{word}':*" for word in words]
    for run in han:
        terms += [f"'{term}'" for term in (_pairs(run) or [run])]
    if not terms:
        return None
    return Search(" & ".join(dict.fromkeys(terms)), tuple(run for run in han if len(run) > 2))
