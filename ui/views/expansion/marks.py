"""Says beside every input whether it is from own stores, an assumption nobody confirmed, or typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.scenario import Scenario
from ui.theme.translator import translate
from ui.views.expansion.field_row import Field
from ui.views.expansion.fields import shown
from ui.widgets import Label


def mark(fields: Mapping[str, Field], example: Scenario, template: StoreTemplate) -> None:
    """Mark every field that has to be given."""
    measured = {
        "mature_monthly_sales": template.mature_sales,
        "rent": template.rent,
        "platform": template.take_rate,
        "cannibalisation": template.cannibalisation,
    }
    for name, field in fields.items():
        if field.spec.optional:
            continue
        same = field.input.value() == shown(field.spec, getattr(example, name))
        seen = measured.get(name)
        if same and name in example.taken and seen is not None:
            field.mark.setText(translate("own"))
            field.mark.set_color("matched" if seen.enough else "timing")
            field.mark.setToolTip(translate("from own stores, %n observation(s)", seen.observations))
        else:
            field.mark.setText(translate("guess") if same else "")
            field.mark.set_color("timing")
            field.mark.setToolTip(translate("an assumption nobody has confirmed yet") if same else "")


def mark_ramp(label: Label, typed: str, example: Scenario, template: StoreTemplate) -> None:
    """Mark the ramp, which is one line."""
    same = typed == ramp_words(example)
    own = same and "ramp" in example.taken
    label.setText(translate("own") if own else translate("guess") if same else "")
    label.set_color("matched" if own and template.ramp_observed.enough else "timing")


def ramp_words(scenario: Scenario) -> str:
    """The ramp as it is typed."""
    return " ".join(f"{(step * 100).normalize():f}" for step in scenario.ramp)


def rests_on(template: StoreTemplate) -> str:
    """On how much of the chain's own experience the inputs rest."""
    sales = template.mature_sales
    if sales.value is None:
        return translate("The book has no mature store yet: every figure here is an assumption.")
    parts = [
        translate("%n mature store(s), median {amount} a month.", sales.observations).format(amount=_yuan(sales.value))
    ]
    if template.ramp_observed.observations:
        parts.append(translate("Ramp from %n opening(s).", template.ramp_observed.observations))
    if template.take_rate.value is not None:
        parts.append(translate("Charges from %n payment(s).", template.take_rate.observations))
    return " ".join(parts)


def _yuan(value: Decimal) -> str:
    return f"¥{value:,.0f}"
