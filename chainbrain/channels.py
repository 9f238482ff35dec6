"""Which channels are platforms: they sell, and pay out what they owe; the others only take the money of a sale."""

from typing import Final

PLATFORMS: Final = ("meituan", "eleme", "jd", "douyin", "pinduoduo", "youzan", "weixin_shop")
