import ast
import json
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from ui.theme.translator import JsonTranslator, Language, read_catalogue, translate

ROOT = Path(__file__).resolve().parents[2]
ZH, EN = (ROOT / "resources" / "i18n" / name for name in ("zh_CN", "en"))
CALLS = {"tr", "translate", "marked"}
CJK = re.compile(r"[\u3400-\u9fff]")


def literals(path: Path) -> set[str]:
    """Every English source that a module hands to the translator."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in CALLS:
            continue
        context_first = name == "translate" and isinstance(node.func, ast.Attribute) and len(node.args) > 1
        text = node.args[1 if context_first else 0]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
            found.add(text.value)
    return found


def sources() -> set[str]:
    return set().union(*(literals(path) for path in (ROOT / "ui").rglob("*.py")))


def test_every_text_has_chinese():
    missing = sorted(sources() - set(read_catalogue(ZH)))
    assert not missing, missing


def test_no_translation_is_unused():
    unused = sorted(set(read_catalogue(ZH)) - sources())
    assert not unused, unused


def test_every_plural_has_its_english_forms():
    # "and %n more" reads the same for one and for many; "(s)" does not.
    plurals = {text for text in sources() if "%n" in text}
    english = read_catalogue(EN)
    assert set(english) <= plurals
    assert {text for text in plurals if "(s)" in text or "(es)" in text} <= set(english)
    assert all(isinstance(forms, list) and len(forms) == 2 for forms in english.values())


def test_placeholders_survive_translation():
    for source, text in [*read_catalogue(ZH).items(), *read_catalogue(EN).items()]:
        for form in text if isinstance(text, list) else [text]:
            assert set(re.findall(r"\{\w+\}|%n", source)) == set(re.findall(r"\{\w+\}|%n", form)), source


def test_catalogues_are_flat_and_sentences_use_full_width_marks():
    for path in ZH.glob("*.json"):
        for text in json.loads(path.read_text(encoding="utf-8")).values():
            assert isinstance(text, str) and text.strip()
            assert not re.search(r"[\u4e00-\u9fff][,;?!](?!\w)", text), text


def test_no_chinese_in_code():
    guilty = []
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CJK.search(node.value):
                line = path.read_text(encoding="utf-8").splitlines()[node.lineno - 1]
                # Escapes are input shapes or the name of the language itself; a visible text is written out.
                if CJK.search(line) and '"""' not in line and not is_docstring(path, node):
                    guilty.append(f"{path.name}:{node.lineno}")
    assert not guilty, guilty


def is_docstring(path: Path, constant: ast.Constant) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [node.body[0] for node in ast.walk(tree) if isinstance(node, holders) and node.body]
    bare = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return any(
        isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant) and item.value.lineno == constant.lineno
        for item in [*texts, *bare]
    )


def test_two_files_that_disagree_are_an_error(tmp_path):
    (tmp_path / "a.json").write_text('{"Day": "日"}', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"Day": "天"}', encoding="utf-8")
    with pytest.raises(ValueError, match="Day"):
        read_catalogue(tmp_path)


def test_plurals_follow_the_number(qapp):
    Language.set("en")
    assert translate("%n store(s)", 1) == "1 store"
    assert translate("%n store(s)", 7) == "7 stores"
    Language.set("zh")
    assert translate("%n store(s)", 7) == "7 店"


def test_an_unknown_text_stays_as_it_is(qapp):
    assert translate("no such text anywhere") == "no such text anywhere"
    assert not JsonTranslator("zh_CN").isEmpty()


def test_widgets_hear_of_a_switch(qtbot):
    class Hears(QWidget):
        heard = 0

        def changeEvent(self, event):
            self.heard += event.type() == event.Type.LanguageChange
            super().changeEvent(event)

    widget = Hears()
    qtbot.addWidget(widget)
    widget.show()
    Language.set("en")
    qtbot.waitUntil(lambda: widget.heard > 0)
    assert widget.tr("Search") == "Search"
    Language.set("zh")
    assert widget.tr("Search") == "搜索"
