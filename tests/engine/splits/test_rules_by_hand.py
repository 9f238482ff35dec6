"""Split rules written at the desk: versions, what is told before, undo and redo, and the table that reads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import HereReader

from chainbrain import split_words, texts
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.importers import reading
from chainbrain.importers.words import CHANNELS, method_of
from chainbrain.splits import drafts
from chainbrain.splits.drafts import RuleText
from chainbrain.splits.rules import SplitRule
from chainbrain.workspace import Workspace

GOLDEN = Path(__file__).parents[2] / "golden"
ROYALTY = "0-200000:5%;200000-400000:4%;400000-:3%"
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "a.chainbrain") as made:
        yield made


def rule(
    name: str = "品牌费", receiver: str = "总部", value: str = "5%", *, way: str = "ratio", store: str = "",
    channel: str = "", cap: str = "", account: str = "", since: date | None = SPRING, until: date | None = None,
    category: str = "",
) -> SplitRule:  # fmt: skip
    text = RuleText(
        name, receiver, "after_refunds", way, value, store, channel, "brand", account, cap, since, until, category
    )  # fmt: skip
    return drafts.read(text)


def dates(workspace: Workspace) -> list[tuple[str, date | None, date | None]]:
    rules = sorted(workspace.splits.rules(), key=lambda one: one.valid_from or date.min)
    return [(drafts.value_text(one), one.valid_from, one.valid_to) for one in rules]


def codes(workspace: Workspace, draft: SplitRule) -> list[str]:
    return [one.code for one in workspace.splits.plan(draft).conflicts]


def test_a_change_is_a_new_version_and_the_older_one_ends_where_it_begins(workspace: Workspace) -> None:
    workspace.set_split_rule(rule())
    workspace.set_split_rule(rule(value="6%", since=SUMMER))
    assert dates(workspace) == [("5%", SPRING, SUMMER), ("6%", SUMMER, None)]
    latest = workspace.splits.version("品牌费", "总部", None, None)
    assert latest is not None
    workspace.end_split_rule(latest.rule_id, AUTUMN)
    assert dates(workspace) == [("5%", SPRING, SUMMER), ("6%", SUMMER, AUTUMN)]
    assert [entry.facts["what"] for entry in workspace.history()] == ["ended", "changed", "added"]


def test_every_edit_is_undone_and_done_again(workspace: Workspace) -> None:
    workspace.set_split_rule(rule())
    workspace.set_split_rule(rule(value="6%", since=SUMMER))
    both = dates(workspace)
    assert workspace.undo().kinds >= {"split_rules"}
    assert dates(workspace) == [("5%", SPRING, None)]
    workspace.redo()
    assert dates(workspace) == both
    workspace.undo()
    workspace.undo()
    assert workspace.splits.rules() == ()
    assert workspace.check().good


def test_a_correction_from_the_same_day_takes_the_place_of_what_it_corrects(workspace: Workspace) -> None:
    workspace.set_split_rule(rule())
    workspace.set_split_rule(rule(value="4%"))
    assert dates(workspace) == [("4%", SPRING, None)]
    (found,) = workspace.splits.rules()
    assert found.by_hand and found.turn == 1


def test_a_version_for_some_weeks_lets_the_older_one_hold_again(workspace: Workspace) -> None:
    workspace.set_split_rule(rule())
    draft = rule(value="3%", since=SUMMER, until=AUTUMN)
    assert codes(workspace, draft) == ["resumes"]
    with pytest.raises(UserError, match=r"split_conflict\.resumes"):
        workspace.set_split_rule(draft)
    workspace.set_split_rule(draft, accept=True)
    assert dates(workspace) == [("5%", SPRING, None), ("3%", SUMMER, AUTUMN)]


def test_dates_that_overlap_a_later_version_are_not_written_even_when_accepted(workspace: Workspace) -> None:
    workspace.set_split_rule(rule(since=SUMMER))
    with pytest.raises(UserError, match=r"split_conflict\.overlap"):
        workspace.set_split_rule(rule(value="4%"), accept=True)
    workspace.set_split_rule(rule(value="4%", until=SUMMER))
    assert dates(workspace) == [("4%", SPRING, SUMMER), ("5%", SUMMER, None)]


def test_shares_over_the_cap_say_by_how_much(workspace: Workspace) -> None:
    workspace.set_split_rule(rule())
    workspace.set_split_rule(rule("供应链", "供应商", "18%"))
    (found,) = workspace.splits.plan(rule("合伙", "合伙人", "10%")).conflicts
    assert (found.code, found.severe) == ("over_cap", False)
    assert {key: found.facts[key] for key in ("total", "cap", "over")} == {
        "total": "33%", "cap": "30%", "over": Decimal("3.00"),
    }  # fmt: skip
    assert codes(workspace, rule("合伙", "合伙人", "10%", cap="40%")) == []


def test_shares_of_more_than_the_whole_are_not_written(workspace: Workspace) -> None:
    workspace.set_split_rule(rule(value="60%", cap="100%"))
    with pytest.raises(UserError, match=r"split_conflict\.over_whole"):
        workspace.set_split_rule(rule("供应链", "供应商", "50%", cap="100%"), accept=True)
    assert codes(workspace, rule("供应链", "供应商", "50%", cap="100%", since=date(2027, 1, 1))) == ["over_whole"]
    assert len(workspace.splits.rules()) == 1


def test_two_rules_for_one_sale_are_told(workspace: Workspace) -> None:
    workspace.set_split_rule(rule(account="1900000109"))
    assert codes(workspace, rule("管理费", account="1900000109")) == ["twice"]
    assert codes(workspace, rule("管理费", "区域公司")) == []
    assert codes(workspace, rule(store="S1", value="3%", account="1900000109")) == ["special"]
    workspace.set_split_rule(rule(store="S1", value="3%", account="1900000109"), accept=True)
    assert codes(workspace, rule(channel="wechat", account="1900000109")) == ["special", "hidden"]
    assert codes(workspace, rule("奖励", store="S2", account="1900000888")) == ["twice", "account"]


def test_rules_are_held_against_each_other_only_where_their_groups_overlap(workspace: Workspace) -> None:
    workspace.set_split_rule(rule("寄售", "酒商", "60%", cap="100%", category="寄售酒水"))
    assert codes(workspace, rule("寄售", "酒商", "60%", cap="100%", category="饮品")) == []
    assert codes(workspace, rule("推广", "推广员", "60%", cap="100%", category="饮品")) == []
    assert codes(workspace, rule("推广", "推广员", "60%", cap="100%", category="寄售酒水")) == ["over_whole"]
    assert codes(workspace, rule("推广", "推广员", "60%", cap="100%")) == ["over_whole"]
    assert codes(workspace, rule("寄售", "酒商", "10%", cap="100%")) == ["group"]
    assert codes(workspace, rule("管理费", "酒商", "10%", cap="100%")) == ["twice"]
    assert codes(workspace, rule("管理费", "酒商", "10%", cap="100%", category="饮品")) == []
    assert codes(workspace, rule("寄售", "酒商", "50%", cap="100%", store="S1", category="寄售酒水")) == ["special"]
    workspace.set_split_rule(rule("寄售", "酒商", "60%", cap="100%", category="饮品"))
    assert len(workspace.splits.rules()) == 2
    assert workspace.splits.categories() == ("寄售酒水", "饮品")


def test_a_rule_for_a_group_is_changed_and_ended_by_its_group(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "a.chainbrain"
    with Workspace.create(book):
        pass
    new = ["split-rule", str(book), "--name", "寄售", "--receiver", "酒商", "--group", "寄售酒水"]
    assert main([*new, "--value", "15%", "--way", "比例", "--basis", "扣退款", "--from", "2026-03-01"]) == 0
    assert main([*new, "--value", "20%", "--from", "2026-06-01"]) == 0
    assert main([*new[:-2], "--end", "2026-09-01"]) == 2
    assert main([*new, "--end", "2026-09-01"]) == 0
    assert "寄售" in capsys.readouterr().out
    with Workspace.open(book) as workspace:
        assert dates(workspace) == [("15%", SPRING, SUMMER), ("20%", SUMMER, AUTUMN)]
        assert {one.category for one in workspace.splits.rules()} == {"寄售酒水"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "name"), ({"name": "合计"}, "name"), ({"receiver": "=A1"}, "receiver"),
        ({"basis": "net"}, "basis"), ({"way": "sometimes"}, "way"), ({"receiver_kind": "friend"}, "kind"),
        ({"channel": "other"}, "channel"), ({"value": "120%"}, "value_ratio"), ({"value": "0"}, "value_ratio"),
        ({"way": "fixed", "value": "5%"}, "value_fixed"), ({"way": "fixed", "value": "0.755"}, "value_fixed"),
        ({"way": "flat", "value": "0-200000:5%"}, "value_tiers"),
        ({"way": "flat", "value": ROYALTY, "category": "饮品"}, "category"), ({"cap": "130%"}, "cap"),
        ({"valid_from": SUMMER, "valid_to": SUMMER}, "dates"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_under_its_own_name(changed: dict[str, object], code: str) -> None:
    text = RuleText("品牌费", "总部", "gross", "ratio", "5%")
    with pytest.raises(UserError) as problem:
        drafts.read(replace(text, **changed))  # type: ignore[arg-type]
    assert problem.value.code == f"split_rule.{code}"
    assert texts.message(problem.value.code) != problem.value.code


def test_the_first_day_that_a_change_moves_is_what_a_closed_month_looks_at(workspace: Workspace) -> None:
    plan = workspace.splits.plan
    assert plan(rule()).since == SPRING
    assert plan(rule(since=None)).since == date(1900, 1, 1)
    workspace.set_split_rule(rule())
    assert plan(rule(value="6%", since=SUMMER)).since == SUMMER
    assert plan(rule(value="6%")).since == SPRING
    assert plan(rule(until=AUTUMN)).since == AUTUMN
    (found,) = workspace.splits.rules()
    assert workspace.splits.ending(found.rule_id, SUMMER).since == SUMMER
    assert workspace.history()[0].facts["day"] == SPRING.isoformat()


def plain(rules: tuple[SplitRule, ...]) -> list[SplitRule]:
    return [replace(one, rule_id="", by_hand=False, turn=0) for one in rules]


@pytest.mark.parametrize("again", [False, True])
def test_the_table_that_is_written_reads_back_as_the_same_rules(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    monkeypatch.setattr(reading, "Reader", HereReader)
    workspace.imports.apply(
        workspace.imports.plan([GOLDEN / "chainbrain-split-rules" / "split-rules.csv"]),
    )
    for number, channel in enumerate(code for code in CHANNELS if code != "other"):
        made = rule(f"渠道费, “{number}”", "平台", "33.3333%", channel=channel, account=f"00{number}190000010900000001")
        workspace.set_split_rule(made, accept=True)
    workspace.set_split_rule(rule("配送", "骑手公司", "0.30", way="fixed", since=None, cap="12.5%"), accept=True)
    workspace.set_split_rule(rule("提成", "总部", ROYALTY, way="progressive", store="S1", until=AUTUMN), accept=True)
    workspace.set_split_rule(rule("返点", "总部", "0-0.5:1.5%;0.5-:2%", way="flat"), accept=True)
    for group in ("寄售酒水", "饮品"):
        workspace.set_split_rule(rule("寄售", "酒商", "1.5%", category=group), accept=True)
    rules, path = workspace.splits.rules(), tmp_path / "分账规则.csv"
    assert len(rules) > 25
    assert workspace.splits.write_table(path) == len(rules)
    with Workspace.create(tmp_path / "b.chainbrain") as other:
        plan = other.imports.plan([path])
        assert plan.files[0].counts.new == len(rules)
        other.imports.apply(plan)
        assert plain(other.splits.rules()) == plain(rules)
        other.splits.write_table(tmp_path / "again.csv")
        assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()
        if again:
            other.imports.apply(other.imports.plan([path]))
            assert plain(other.splits.rules()) == plain(rules)


def test_the_words_of_the_table_mean_the_codes_that_they_are_written_for() -> None:
    for words in (split_words.BASES, split_words.WAYS, split_words.RECEIVERS):
        for code in set(words.values()):
            assert words[split_words.word_of(words, code)] == code
    for code in CHANNELS:
        assert method_of(texts.word(f"channel.{code}")) == code
    steps = split_words.tiers_of(ROYALTY)
    assert steps is not None and split_words.tiers_text(steps) == ROYALTY


def test_rules_are_written_changed_and_ended_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "a.chainbrain"
    with Workspace.create(book):
        pass
    new = ["split-rule", str(book), "--name", "品牌费", "--receiver", "总部"]
    first = [*new, "--value", "5%", "--way", "比例", "--basis", "扣退款", "--kind", "品牌", "--from", "2026-03-01"]
    assert main([*first, "--dry-run"]) == 0
    assert main(first) == 0
    assert main([*new, "--value", "40%", "--from", "2026-06-01"]) == 3
    assert "每 100 元超出 10.00 元" in capsys.readouterr().out
    assert main([*new, "--value", "40%", "--from", "2026-06-01", "--anyway"]) == 0
    assert "原来的 5% 到 2026-06-01 为止" in capsys.readouterr().out
    assert main([*new, "--end", "2026-09-01"]) == 0
    assert main([*new, "--end", "2026-12-01"]) == 2
    assert main([*new, "--value", "sometimes"]) == 2
    path = tmp_path / "rules.csv"
    assert main(["splits", str(book), "--export", str(path)]) == 0
    assert path.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "品牌费,,,,总部,品牌,,扣退款,比例,5%,,2026-03-01,2026-06-01",
        "品牌费,,,,总部,品牌,,扣退款,比例,40%,,2026-06-01,2026-09-01",
    ]
    assert main(["undo", str(book)]) == 0
    with Workspace.open(book) as workspace:
        assert dates(workspace)[-1] == ("40%", SUMMER, None)
