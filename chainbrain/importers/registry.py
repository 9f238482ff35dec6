"""Every format that can be imported; to see what is supported, read this list."""

from __future__ import annotations

from typing import Final

from chainbrain.importers.acquirers.allinpay import AllinpayFiles
from chainbrain.importers.acquirers.chinaums import ChinaumsExcel
from chainbrain.importers.acquirers.ikudot import IkudotBill
from chainbrain.importers.acquirers.lakala import LakalaFiles
from chainbrain.importers.acquirers.lcsw import LcswFiles
from chainbrain.importers.acquirers.leshua import LeshuaFiles
from chainbrain.importers.acquirers.unionpay import UnionpayFiles
from chainbrain.importers.banks.bank_corporate import BankCorporate
from chainbrain.importers.banks.bank_personal import BankPersonal
from chainbrain.importers.base import Importer
from chainbrain.importers.platforms.douyin_laike import DouyinLaike
from chainbrain.importers.platforms.douyin_shop import DouyinShop
from chainbrain.importers.platforms.eleme import ElemeBills
from chainbrain.importers.platforms.jd_daojia import JdDaojia
from chainbrain.importers.platforms.jd_pop import JdPop
from chainbrain.importers.platforms.meituan_waimai import MeituanWaimai
from chainbrain.importers.platforms.pinduoduo import Pinduoduo
from chainbrain.importers.platforms.weixin_shop import WeixinShop
from chainbrain.importers.platforms.youzan import Youzan
from chainbrain.importers.tills.benchmark_table import Benchmarks
from chainbrain.importers.tills.chain_tables import Accounts, CashCounts, Openings, StoredValue, Stores
from chainbrain.importers.tills.ledger_tables import Candidates, CashPlan, LedgerLines, Payees, StoreCosts
from chainbrain.importers.tills.meituan_pos import MeituanPos
from chainbrain.importers.tills.place_tables import Competitors, CustomerOrigins, DemandPoints
from chainbrain.importers.tills.split_rules import SplitRules
from chainbrain.importers.tills.till_tables import OrderItems, Orders, Tenders
from chainbrain.importers.wallets.alipay_ledger import AlipayMerchantLedger
from chainbrain.importers.wallets.alipay_merchant import AlipayMerchantTrade, AlipayMerchantTradeSummary
from chainbrain.importers.wallets.alipay_personal import AlipayPersonal
from chainbrain.importers.wallets.alipay_portal import AlipayMerchantPortal
from chainbrain.importers.wallets.cib_alipay import CibAlipayAgent
from chainbrain.importers.wallets.purchase_bills import JdPersonal, MeituanPersonal
from chainbrain.importers.wallets.wechat_fundflow import WechatMerchantFundflow
from chainbrain.importers.wallets.wechat_merchant import WechatMerchantTrade
from chainbrain.importers.wallets.wechat_personal import WechatPersonal
from chainbrain.importers.wallets.wechat_profitsharing import WechatMerchantProfitsharing

FORMATS: Final[tuple[Importer, ...]] = (
    Stores(),
    Accounts(),
    Openings(),
    CashCounts(),
    StoredValue(),
    SplitRules(),
    LedgerLines(),
    Payees(),
    StoreCosts(),
    CashPlan(),
    Candidates(),
    Competitors(),
    DemandPoints(),
    CustomerOrigins(),
    Benchmarks(),
    Orders(),
    OrderItems(),
    Tenders(),
    MeituanPos(),
    MeituanWaimai(),
    ElemeBills(),
    JdDaojia(),
    JdPop(),
    DouyinShop(),
    DouyinLaike(),
    Pinduoduo(),
    Youzan(),
    WeixinShop(),
    WechatMerchantTrade(),
    WechatMerchantFundflow(),
    WechatMerchantProfitsharing(),
    WechatPersonal(),
    AlipayMerchantTrade(),
    AlipayMerchantTradeSummary(),
    AlipayMerchantLedger(),
    AlipayMerchantPortal(),
    AlipayPersonal(),
    JdPersonal(),
    MeituanPersonal(),
    CibAlipayAgent(),
    UnionpayFiles(),
    ChinaumsExcel(),
    AllinpayFiles(),
    LakalaFiles(),
    LcswFiles(),
    LeshuaFiles(),
    IkudotBill(),
    BankCorporate(),
    BankPersonal(),
)
