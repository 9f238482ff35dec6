"""Names and words of the made-up chain: stores, companies, menu, people. All fictional."""

from __future__ import annotations

BRAND = "禾满面馆"
CITIES = ("杭州", "苏州", "宁波")
REGIONS = ("浙北", "苏南", "浙东")
CENTRES = ((302741, 1201551), (312983, 1205832), (298683, 1215440))
"""City centres in ten-thousandths of a degree."""

TIERS = ("新一线", "新一线", "二线")
"""What this made-up owner calls the cities; the words are the owner's, no list of ours."""

FORMATS = ("街边店", "商场店", "社区店")

PLACES = (
    "西溪", "滨江", "武林", "城北", "观前", "湖东", "石路", "金鸡湖", "鼓楼", "鄞州", "江北", "东钱湖", "下沙", "钱江",
    "南塘", "平江", "科技城", "大学城", "老街", "万象",
)  # fmt: skip

COMPANIES = ("杭州禾满餐饮管理有限公司", "苏州禾满餐饮有限公司", "宁波合兴餐饮管理有限公司")

# Few distinct prices, as on a real menu (fen); weights say how often an item is ordered.
MENU = (
    ("招牌牛肉面", 2800, 16), ("牛肉面,大碗", 3200, 8), ("雪菜肉丝面", 2200, 10), ("三鲜面", 2600, 9),
    ("葱油拌面", 1600, 10), ("番茄鸡蛋面", 2000, 8), ("片儿川", 2400, 8), ("小笼包", 1500, 7), ("卤蛋", 300, 9),
    ("凉拌黄瓜", 900, 6), ("酸梅汤", 600, 8), ("豆浆", 500, 5), ("卤牛肉,小份", 1890, 4), ("炸响铃", 1290, 3),
    ("桂花糕", 990, 3),
)  # fmt: skip
DRINKS = (8, 9, 10, 11)

CASHIERS = ("李敏", "王小芳", "赵磊", "陈静", "周杰", "吴婷", "孙浩", "徐丽")
SUPPLIERS = ("杭州鲜禾食品有限公司", "江南粮油贸易有限公司", "甬城冷链配送有限公司", "苏州绿源蔬菜合作社")
LANDLORDS = ("杭州西城物业管理有限公司", "苏州湖东商业管理有限公司", "宁波鼓楼置业有限公司")
CONSIGNOR = SUPPLIERS[0]
"""Whose drinks one store sells on consignment."""
CONSIGNOR_ACCOUNT = ("33050161872709918204", "中国建设银行", "91330106MA27X3LR5J")
FRANCHISEE = ("滨江区满记面馆（个体工商户）", "6212261202003456788", "中国工商银行", "92330109MA2KJ4T810")
"""Holder, account, bank and credit code of the franchisee for whom the company collects."""
OWNERS = ("陈建国", "林秀英", "黄志强")
