"""What the demo shop sells: six categories, twelve products, each with its SKU matrix."""

from dataclasses import dataclass, field

from bofen.kit.money import Fen

CATEGORIES = ("服装", "美妆", "食品", "数码", "家居", "母婴")


@dataclass(frozen=True)
class Goods:
    """One demo product. `drawing` is a file in `pictures/`, `tint` its background (top, bottom)."""

    title: str
    subtitle: str
    category: str
    brand: str
    price_fen: Fen
    drawing: str
    tint: tuple[str, str]
    options: dict[str, tuple[str, ...]]
    detail: str
    tags: tuple[str, ...] = ()
    strike_fen: Fen | None = None
    stock: int = 60
    dearer: dict[str, int] = field(default_factory=dict)
    """Option values that cost more, with the difference in fen."""


GOODS = (
    Goods(
        "云跑轻量缓震运动鞋", "一双能陪你跑完整个春天的鞋", "服装", "云跑", Fen(29_900),
        "running-shoe", ("#dfe9ff", "#9db8ff"),
        {"颜色": ("晨雾蓝", "石墨黑"), "尺码": ("38", "39", "40", "41", "42", "43")},
        "鞋面为单层飞织网布，中底 32 mm 厚 EVA 发泡，单只约 218 g。", ("运动", "新品"), Fen(35_900),
    ),
    Goods(
        "新疆长绒棉圆领 T 恤", "240 g 重磅，洗了不变形", "服装", "棉日", Fen(9_990),
        "t-shirt", ("#fff1e0", "#ffc98f"),
        {"颜色": ("本白", "雾灰", "藏青"), "尺码": ("S", "M", "L", "XL")},
        "100% 棉，双针领口，落肩版型；建议 30 ℃ 以下机洗。", ("基础款", "热卖"),
    ),
    Goods(
        "法式碎花收腰连衣裙", "垂感雪纺，双层内衬", "服装", "拾花", Fen(25_900),
        "dress", ("#ffe3ef", "#ff9fc4"),
        {"颜色": ("蔷薇粉", "雾霾蓝"), "尺码": ("S", "M", "L")},
        "面料 100% 聚酯纤维，里料同；后背隐形拉链，侧边口袋。", ("春夏",),
    ),
    Goods(
        "丝绒哑光口红 3.5 g", "一抹成膜，不沾杯", "美妆", "朱砂记", Fen(12_900),
        "lipstick", ("#ffe0e0", "#ff8f8f"),
        {"色号": ("01 正红", "02 豆沙", "03 枫叶", "04 玫瑰")},
        "净含量 3.5 g，保质期三年；敏感肌请先在耳后试用。", ("直播推荐", "热卖"), Fen(15_900), 120,
    ),
    Goods(
        "燕麦舒缓保湿身体乳 400 ml", "清爽不粘，全家可用", "美妆", "麦初", Fen(6_900),
        "lotion-bottle", ("#eafaf0", "#a8e2bf"),
        {"规格": ("400 ml", "400 ml × 2")},
        "质地轻薄，含燕麦仁油；按压泵头，可补充装。", (), None, 80, {"400 ml × 2": 5_000},
    ),
    Goods(
        "秦岭土蜂蜜 500 g", "一年只取一次", "食品", "山语", Fen(8_800),
        "honey-pot", ("#fff4cf", "#ffcf5c"),
        {"规格": ("500 g", "500 g × 2 礼盒")},
        "配料：蜂蜜。常温避光保存，结晶为正常现象；一岁以下婴儿不宜食用。", ("产地直发",), None, 50,
        {"500 g × 2 礼盒": 8_000},
    ),
    Goods(
        "明前龙井 2026 新茶 125 g", "头采一芽一叶", "食品", "山语", Fen(19_800),
        "teacup-without-handle", ("#e9f8dc", "#aede84"),
        {"等级": ("一级", "特级")},
        "产地浙江杭州；80 ℃ 水冲泡，密封冷藏保存 18 个月。", ("新品",), None, 40, {"特级": 16_000},
    ),
    Goods(
        "燕山迁西板栗仁 10 袋", "开袋即食，软糯香甜", "食品", "栗小圆", Fen(5_000),
        "chestnut", ("#fbe9dc", "#e0b08a"),
        {"口味": ("原味",)},
        "每袋 80 g，配料：板栗。常温保存 12 个月。", ("零食",), None, 200,
    ),
    Goods(
        "主动降噪头戴耳机 Air 2", "45 小时续航，通话清晰", "数码", "听野", Fen(49_900),
        "headphone", ("#e8e6ff", "#b0a6ff"),
        {"颜色": ("云白", "深空灰", "薄荷")},
        "蓝牙 5.4，支持双设备连接；USB-C 充电 10 分钟可听 4 小时。", ("直播推荐",), Fen(59_900), 30,
    ),
    Goods(
        "轻薄长续航智能手表", "14 天一充，睡眠心率全天记录", "数码", "听野", Fen(69_900),
        "watch", ("#e3f4fb", "#8fd0ea"),
        {"颜色": ("曜石黑", "流光银"), "表带": ("硅胶", "皮质")},
        "1.43 英寸屏幕，5 ATM 防水；测量结果仅供参考，不作医疗用途。", (), None, 25,
        {"皮质": 10_000},
    ),
    Goods(
        "懒人水培绿萝（含玻璃瓶）", "两周换一次水就能活", "家居", "一盏绿", Fen(3_900),
        "potted-plant", ("#e5f7ec", "#8fd6ae"),
        {"大小": ("小", "中", "大")},
        "高 15–35 cm，随箱附营养液一支；叶片有微毒，请放在幼儿够不到处。", ("绿意",), None, 8,
        {"中": 1_500, "大": 3_000},
    ),
    Goods(
        "A 类纯棉安抚小熊", "可整只机洗，缝线无硬物", "母婴", "软软", Fen(11_900),
        "teddy-bear", ("#f7ebe1", "#dcb593"),
        {"颜色": ("奶咖", "燕麦"), "尺寸": ("30 cm", "45 cm")},
        "面料 100% 棉（A 类），填充聚酯纤维；适合 6 个月以上。", ("亲肤",), None, 45,
        {"45 cm": 6_000},
    ),
)  # fmt: skip
