"""The shipped fonts carry every character the program promises, so that Chinese never depends on a system font."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6 import QtGui

SIGNS = "¥￥−×≥≤≈±÷…—·•●○◆★✓✔✕▲▼△▽↑↓←→↵⏎①⑩ⅢⅣ％℃㎡㎏ΔΣμπ│─┌┐└┘├┤█▏、。「」『』【】《》（）：；！？０９ＡＺａｚ"


def level_lines(root: Path) -> list[str]:
    return (root / "resources/fonts/tongyong-guifan-8105.txt").read_text(encoding="utf-8").splitlines()


def raw_font(root: Path, style: str) -> QtGui.QRawFont:
    font = QtGui.QRawFont(str(root / f"resources/fonts/NotoSansSC-{style}.otf"), 13.0)
    assert font.isValid()
    return font


def test_the_list_is_the_whole_table(root: Path) -> None:
    lines = level_lines(root)
    assert [len(line) for line in lines] == [3500, 3000, 1605]
    assert len(set("".join(lines))) == 8105
    assert lines[0].startswith("一乙二十丁厂七卜八人")  # the first characters of the table


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_every_regulated_character_is_there(qapp: object, root: Path, style: str) -> None:
    font = raw_font(root, style)
    wanted = "".join(level_lines(root)) + SIGNS + "".join(map(chr, range(0x20, 0x7F)))
    missing = [sign for sign in wanted if not font.supportsCharacter(ord(sign))]
    assert missing == []


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_digits_are_equally_wide(qapp: object, root: Path, style: str) -> None:
    font = raw_font(root, style)
    widths = {round(point.x(), 3) for point in font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))}
    assert len(widths) == 1


def test_the_two_files_are_one_family(qapp: object, root: Path) -> None:
    fonts = sorted((root / "resources/fonts").glob("*.otf"))
    assert [path.name for path in fonts] == ["NotoSansSC-Bold.otf", "NotoSansSC-Regular.otf"]
    for path in fonts:
        number = QtGui.QFontDatabase.addApplicationFont(str(path))
        assert QtGui.QFontDatabase.applicationFontFamilies(number) == ["Noto Sans SC"]
        assert path.stat().st_size < 6_500_000


def test_the_licence_stands_beside_the_fonts(root: Path) -> None:
    text = (root / "resources/fonts/OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Copyright 2014-2021 Adobe" in text
