"""Every format that can be imported; to see what is supported, read this list."""

from __future__ import annotations

from typing import Final

from chainbrain.importers.alipay_ledger import AlipayMerchantLedger
from chainbrain.importers.alipay_merchant import AlipayMerchantTrade, AlipayMerchantTradeSummary
from chainbrain.importers.alipay_personal import AlipayPersonal
from chainbrain.importers.alipay_portal import AlipayMerchantPortal
from chainbrain.importers.allinpay import AllinpayFiles
from chainbrain.importers.bank_corporate import BankCorporate
from chainbrain.importers.bank_personal import BankPersonal
from chainbrain.importers.base import Importer
from chainbrain.importers.chain_tables import Accounts, CashCounts, Openings, StoredValue, Stores
from chainbrain.importers.chinaums import ChinaumsExcel
from chainbrain.importers.cib_alipay import CibAlipayAgent
from chainbrain.importers.douyin_laike import DouyinLaike
from chainbrain.importers.douyin_shop import DouyinShop
from chainbrain.importers.eleme import ElemeBills
from chainbrain.importers.ikudot import IkudotBill
from chainbrain.importers.jd_daojia import JdDaojia
from chainbrain.importers.jd_pop import JdPop
from chainbrain.importers.lakala import LakalaFiles
from chainbrain.importers.lcsw import LcswFiles
from chainbrain.importers.leshua import LeshuaFiles
from chainbrain.importers.meituan_pos import MeituanPos
from chainbrain.importers.meituan_waimai import MeituanWaimai
from chainbrain.importers.pinduoduo import Pinduoduo
from chainbrain.importers.purchase_bills import JdPersonal, MeituanPersonal
from chainbrain.importers.till_tables import Orders, Tenders
from chainbrain.importers.unionpay import UnionpayFiles
from chainbrain.importers.wechat_fundflow import WechatMerchantFundflow
from chainbrain.importers.wechat_merchant import WechatMerchantTrade
from chainbrain.importers.wechat_personal import WechatPersonal
from chainbrain.importers.wechat_profitsharing import WechatMerchantProfitsharing
from chainbrain.importers.weixin_shop import WeixinShop
from chainbrain.importers.youzan import Youzan

FORMATS: Final[tuple[Importer, ...]] = (
    Stores(),
    Accounts(),
    Openings(),
    CashCounts(),
    StoredValue(),
    Orders(),
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
