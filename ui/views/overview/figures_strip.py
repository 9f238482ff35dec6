"""Words the six key figures and what each is compared with."""

from __future__ import annotations

from chainbrain.analytics.overview import Figure, Strip
from chainbrain.analytics.periods import Period
from ui import figures
from ui.theme.translator import translate
from ui.widgets import Kpi

_UNKNOWN = "—"
_YEAR = 360
_WEEK = 7


def strip_items(strip: Strip, period_name: str, in_part: bool = False) -> list[Kpi]:
    """Return the six figures of the strip.

    Args:
        strip: the engine's figures.
        period_name: the chosen period, which names the first figure.
        in_part: the figures are of some stores only, beside which the accounts are still those of the whole chain.
    """
    return [
        _receipts(strip, period_name),
        Kpi(
            "orders",
            translate("Order count"),
            _count(strip.orders),
            strip.orders.change.ratio,
            _compared(strip.orders, strip.period),
            _explained(translate("orders that were completed"), strip.orders, money=False),
        ),
        Kpi(
            "ticket",
            translate("Ticket"),
            _money(strip.ticket),
            strip.ticket.change.ratio,
            _compared(strip.ticket, strip.period),
            _explained(translate("receipts divided by orders"), strip.ticket),
        ),
        _fees(strip),
        _refunds(strip),
        _bank(strip, in_part),
    ]


def _receipts(strip: Strip, period_name: str) -> Kpi:
    names = {
        "yesterday": translate("Receipts, last day"),
        "week": translate("Receipts, this week"),
        "month": translate("Receipts, this month"),
        "last_12_months": translate("Receipts, last 12 months"),
    }
    # A book of three months has no receipts of twelve.
    cut = period_name == "last_12_months" and strip.period.days < _YEAR
    note = _compared(strip.receipts, strip.period)
    # Only where some stand out of the comparison: that all are in it needs no word.
    if strip.receipts.change.ratio is not None and strip.stores_compared < strip.stores:
        stores = translate("%n store(s)", strip.stores_compared)
        note = translate("{comparison}, {stores}").format(comparison=note, stores=stores)
    full = _explained(translate("what guests had to pay, refunds apart"), strip.receipts)
    if strip.receipts.change.ratio is not None and strip.period.days > _WEEK:
        # A week or less is compared with days chosen for it, which the line below the figures tells.
        words = translate("the same weekdays {weeks} weeks before, the nearest after four weeks that do not overlap")
        full += "\n" + words.format(weeks=strip.period.shift // 7)
    if strip.calendar_days:
        full += "\n" + translate("%n holiday(s) left out of the comparison", strip.calendar_days)
    return Kpi(
        "receipts",
        translate("Receipts") if cut else names.get(period_name, translate("Receipts")),
        _money(strip.receipts),
        strip.receipts.change.ratio,
        note,
        full,
    )


def _fees(strip: Strip) -> Kpi:
    share, compared = strip.take_rate.value, strip.take_rate.change
    note = translate("{rate} of takings").format(rate=figures.percent(share, 2)) if share is not None else ""
    meaning = translate(
        "what wallets and platforms kept of these business days; money on its way goes by the day of the bill"
    )
    full = _explained(meaning, strip.fees)
    if strip.takings is not None:
        full += "\n" + translate("takings {amount}").format(amount=figures.money(strip.takings, symbol=True))
    if compared.now is not None and compared.before is not None:
        rates = (figures.percent(compared.now, 2), figures.percent(compared.before, 2))
        full += "\n" + translate("{now} of takings on comparable days, before {before}").format(
            now=rates[0], before=rates[1]
        )
    return Kpi("fees", translate("Fees, business days"), _money(strip.fees), None, note, full)


def _refunds(strip: Strip) -> Kpi:
    net = strip.net
    note, full = "", _explained(translate("what was given back to guests"), strip.refunds)
    if net is not None:
        note = translate("net {amount}").format(amount=figures.money(net, symbol=True))
        full += "\n" + translate("net: receipts less refunds, fees and commission")
    else:
        full += "\n" + translate("net is told once every file is there")
    return Kpi("refunds", translate("Refunds"), _money(strip.refunds), None, note, full)


def _bank(strip: Strip, in_part: bool) -> Kpi:
    name = translate("Bank balance, whole chain") if in_part else translate("Bank balance")
    total = strip.bank_total
    if total is None:
        return Kpi("bank", name, _UNKNOWN, None, translate("no bank statement yet"))
    moments = [account.at for account in strip.bank if account.at is not None]
    accounts = translate("%n account(s)", len(strip.bank))
    note = f"{max(moments):%m-%d %H:%M}  {accounts}" if moments else accounts
    lines = [
        f"{account.number}  {figures.money(account.balance, symbol=True) if account.balance is not None else _UNKNOWN}"
        for account in strip.bank
    ]
    return Kpi("bank", name, figures.money(total, symbol=True), None, note, "\n".join(lines))


def _money(figure: Figure) -> str:
    return _UNKNOWN if figure.value is None else figures.money(figure.value, symbol=True)


def _count(figure: Figure) -> str:
    return _UNKNOWN if figure.value is None else figures.plain(figure.value)


def _compared(figure: Figure, period: Period) -> str:
    if figure.change.ratio is None:
        return translate("nothing to compare with")
    return translate("vs {days}").format(days=figures.days(period.base.first, period.base.last, period.last))


def _explained(meaning: str, figure: Figure, money: bool = True) -> str:
    """Return the hover text: what the figure is, in full, and both sides of its comparison."""
    write = (lambda value: figures.money(value, symbol=True)) if money else figures.plain
    shown = _UNKNOWN if figure.value is None else write(figure.value)
    lines = [f"{shown}  {meaning}"]
    now, before = figure.change.now, figure.change.before
    if now is not None and before is not None:
        words = translate("on comparable days {now}, before {before}")
        lines.append(words.format(now=write(now), before=write(before)))
    return "\n".join(lines)
