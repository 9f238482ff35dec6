"""Every format that can be imported; to see what is supported, read this list."""

from __future__ import annotations

from typing import Final

from chainbrain.importers.base import Importer
from chainbrain.importers.chain_tables import Accounts, CashCounts, Openings, StoredValue, Stores
from chainbrain.importers.till_tables import Orders, Tenders
from chainbrain.importers.wechat_merchant import WechatMerchantTrade

FORMATS: Final[tuple[Importer, ...]] = (
    Stores(),
    Accounts(),
    Openings(),
    CashCounts(),
    StoredValue(),
    Orders(),
    Tenders(),
    WechatMerchantTrade(),
)
