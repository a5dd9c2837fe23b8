"""Who is in the demo's past: buyers, affiliates, what people say, why goods come back. Invented."""

from bofen.affiliates.rules import AffiliateStatus
from bofen.identity.addresses import Address
from bofen.kit.money import BasisPoints

BUYER_OF_THE_SANDBOX = ("sandbox-6", "刘洋")
"""Whoever signs in as this sandbox person finds orders of every kind."""

NICKNAMES = (
    "阿树", "小鹿同学", "橘子汽水", "云边", "老李头", "一颗糖", "南风", "Mia", "晚风", "胖虎妈妈",
    "半糖去冰", "山山", "豆豆爸", "不加班", "芝士", "青柠", "雨过天晴", "Leo", "小熊软糖", "木木",
    "西瓜", "早睡早起", "麦子", "拾光", "阿梨", "大橙子", "慢慢", "Coco", "海盐", "鱼丸粗面",
    "花生", "七七", "小石头", "阿宁", "冬瓜",
)  # fmt: skip

_PLACES = (
    ("浙江省", "杭州市", "西湖区", "文二路"),
    ("江苏省", "南京市", "鼓楼区", "湖南路"),
    ("广东省", "深圳市", "南山区", "科苑路"),
    ("四川省", "成都市", "武侯区", "人民南路"),
    ("湖北省", "武汉市", "洪山区", "珞喻路"),
    ("陕西省", "西安市", "雁塔区", "小寨东路"),
    ("山东省", "青岛市", "市南区", "香港中路"),
    ("福建省", "厦门市", "思明区", "湖滨南路"),
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何"


def address(number: int) -> Address:
    """Where buyer number `number` lives: nowhere, in a real street."""
    province, city, district, street = _PLACES[number % len(_PLACES)]
    name = f"{_SURNAMES[number % len(_SURNAMES)]}{('女士', '先生')[number % 2]}"
    detail = f"{street} {number * 7 % 300 + 1} 号 {number % 9 + 1} 单元 {number % 20 + 1}01"
    return Address(name, f"1390000{number:04}", province, city, district, detail)


Affiliate = tuple[str, str, str, BasisPoints | None, str]
AFFILIATES: tuple[Affiliate, ...] = (
    ("sandbox-1", "张小米", "gold", None, ""),
    ("demo-affiliate-1", "陈嘉", "diamond", BasisPoints(2_000), "母婴博主，主做小红书图文"),
    ("demo-affiliate-2", "周舟", "normal", None, "小区团购群"),
    ("demo-affiliate-3", "吴悠", "normal", None, "朋友圈分享"),
)
"""By their numbers in the story: tier, a rate of their own, and what they wrote. The first is there
from the beginning, and anybody can sign in as him.
"""

APPLICANTS = (
    ("demo-affiliate-4", "孙悦", "想试试看", 20, AffiliateStatus.refused),
    ("demo-affiliate-5", "郑爽朗", "健身房社群，约 300 人", 57, AffiliateStatus.pending),
    ("demo-affiliate-6", "何叶", "妈妈群群主，两个 500 人群", 59, AffiliateStatus.pending),
)
"""Who applies later: on which day, and what staff say."""

REFUSED_FOR = "推广渠道说明太少，请补充后再申请"
FROZEN = ("吴悠", 52, "本周退款率过高，正在核实")

TITLES = (
    "春日好物专场", "换季穿搭夜", "厨房与茶", "宝妈福利日", "数码新品试用", "周末清单",
)  # fmt: skip

SAYINGS = (
    "刚进来，讲到哪了", "这个颜色好看", "165 穿什么码", "能不能再看看细节", "已拍",
    "上次买的很好用", "有运费险吗", "主播今天好精神", "链接在几号", "库存还有吗", "已下单",
    "送人合适吗", "第二件有优惠吗", "质感真不错", "声音很清楚", "老粉报到", "抢到了！",
    "什么时候发货", "江苏几天到", "这个价可以", "能开发票吗", "再讲一下尺寸吧", "还会补货吗", "冲",
)  # fmt: skip
HELD = "加主播微信领券 vx: haowu2026"
"""The word guard is not sure of it: a moderator finds it waiting."""

REASONS = ("尺码不合适", "颜色与想象的不同", "拍多了", "不想要了", "包装破损")
REFUSAL = "已拆封使用，不影响二次销售的部分不支持退款"
