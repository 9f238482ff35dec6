"""Makes the two fonts in resources/fonts from Noto Sans CJK, and the list of characters they must carry.

Only needed when the fonts are renewed; nothing at run time or in the tests calls it. It wants fontTools and two
distribution packages, unpacked anywhere::

    apt-get download fonts-noto-cjk unicode-data
    for each package: dpkg-deb -x PACKAGE.deb UNPACKED
    python3 -m venv VENV && VENV/bin/pip install fonttools
    VENV/bin/python packaging/fonts.py UNPACKED

The same input gives the same bytes: the time of making is not written into the fonts.
"""

# mypy: ignore-errors

from __future__ import annotations

import bz2
import sys
from pathlib import Path

from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
LIST = TARGET / "tongyong-guifan-8105.txt"
LEVELS = (3500, 6500, 8105)  # the last number of level one, two and three in the 2013 table

# What a table of money, a chart or a key hint may contain beside Chinese: whole blocks where they are small.
BLOCKS = (
    (0x0020, 0x024F),  # Latin with the accents of pinyin and of foreign names
    (0x02B0, 0x036F),  # tone marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic of the national character set
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),  # dashes, quotation marks, thin spaces
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # ℃ ℅ № Ⅲ ⅓
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # − ≤ ≥ ≈ Σ
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),  # ① ⑴ Ⓐ
    (0x2500, 0x25FF),  # boxes, blocks, triangles
    (0x2600, 0x27BF),  # ★ ✓
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x312F),  # 、。「」 kana and bopomofo: brand names use them
    (0x31C0, 0x31EF),
    (0x3200, 0x33FF),  # ㎡ ㎏ ㊣
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
)
FEATURES = ["ccmp", "halt", "kern", "liga", "locl", "mark", "palt"]  # horizontal typesetting only
FAMILY = "Noto Sans SC"
RETURN_KEY, DONOR = 0x21B5, 0x21E8  # ↵ is not in the collection: it is drawn into the place of ⇨
ALIASES = {0x2714: 0x2713, 0x2715: 0x00D7}  # ✔ as ✓, ✕ as ×


def regulated_characters(unpacked: Path) -> list[str]:
    """The 8,105 characters of 通用规范汉字表 in the order of the table, from Unihan's property kTGH."""
    source = next(unpacked.rglob("Unihan_OtherMappings.txt.bz2"))
    numbered: dict[int, str] = {}
    for line in bz2.decompress(source.read_bytes()).decode("utf-8").splitlines():
        point, _, rest = line.partition("\tkTGH\t")
        if rest:
            for place in rest.split():  # "2013:6602"
                numbered[int(place.partition(":")[2])] = chr(int(point[2:], 16))
    if sorted(numbered) != list(range(1, LEVELS[-1] + 1)):
        raise SystemExit(f"{source}: the table has gaps, {len(numbered)} places")
    return [numbered[place] for place in sorted(numbered)]


def national_set() -> set[str]:
    """Everything in GB 2312: what older tills and banks can write at all."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found.add(bytes((high, low)).decode("gb2312", errors="ignore"))
    return found - {""}


def traditional_everyday() -> set[str]:
    """The 5,401 everyday characters of Big5: 龍, 記, 鮮 stand on many a shop's sign."""
    found = set()
    for high in range(0xA4, 0xC7):
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            if (high, low) <= (0xC6, 0x7E):
                found.add(bytes((high, low)).decode("big5", errors="ignore"))
    return found - {""}


def draw_return_key(font: TTFont) -> None:
    """Draw ↵ with the weight of the collection's own arrows, on the advance of ⇨."""
    cmap = font.getBestCmap()
    glyphs = font["CFF "].cff[0].CharStrings
    donor: T2CharString = glyphs[cmap[DONOR]]
    left, bottom, right, top = glyphs[cmap[0x2190]].calcBounds(glyphs)  # ←
    advance = font["hmtx"][cmap[DONOR]][0]
    stroke = stem_of(font)
    middle = (bottom + top) / 2 - 60
    head = (top - bottom) / 2
    pen = T2CharStringPen(advance - donor.private.nominalWidthX, glyphs)
    for outline in (
        [  # the line: down the right side, then to the left
            (right, middle + 420),
            (right - stroke, middle + 420),
            (right - stroke, middle + stroke / 2),
            (left + stroke, middle + stroke / 2),
            (left + stroke, middle - stroke / 2),
            (right, middle - stroke / 2),
        ],
        [  # the head
            (left, middle),
            (left + head * 0.8, middle + head * 0.8),
            (left + head * 0.8 + stroke * 0.7, middle + head * 0.8 - stroke * 0.7),
            (left + stroke * 1.4, middle),
            (left + head * 0.8 + stroke * 0.7, middle - head * 0.8 + stroke * 0.7),
            (left + head * 0.8, middle - head * 0.8),
        ],
    ):
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    drawn = pen.getCharString(donor.private, donor.globalSubrs)
    donor.setProgram(drawn.program)
    for table in font["cmap"].tables:
        if table.isUnicode() and DONOR in table.cmap:
            table.cmap[RETURN_KEY] = table.cmap.pop(DONOR)
            for alias, like in ALIASES.items():
                table.cmap[alias] = table.cmap[like]


def stem_of(font: TTFont) -> float:
    """The thickness of the horizontal stroke of 一-like signs: the height of −, in font units."""
    glyphs = font["CFF "].cff[0].CharStrings
    _, bottom, _, top = glyphs[font.getBestCmap()[0x2212]].calcBounds(glyphs)
    return top - bottom


def rename(font: TTFont, style: str) -> None:
    """Give the subset the family name under which regional subsets of this face are known."""
    words = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"NotoSansSC-{style}"}
    words[3] = f"2.004;subset;{words[6]}"
    names = font["name"]
    names.names = [entry for entry in names.names if entry.nameID not in {16, 17, 21, 22}]
    names.names = [entry for entry in names.names if entry.nameID not in words or entry.langID == 0x409]
    for entry in names.names:
        if entry.nameID in words:
            entry.string = words[entry.nameID]
    top = font["CFF "].cff.topDictIndex[0]
    font["CFF "].cff.fontNames[0] = words[6]
    top.FullName, top.FamilyName = words[4], FAMILY


def make(collection: Path, style: str, wanted: set[str]) -> Path:
    """Write one static font with the wanted characters."""
    faces = TTCollection(collection).fonts
    font = next(face for face in faces if face["name"].getDebugName(1).startswith("Noto Sans CJK SC"))
    draw_return_key(font)
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]  # no vertical lines of text anywhere
    options.recalc_timestamp = False
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(sign) for sign in wanted})
    subsetter.subset(font)
    rename(font, style)
    target = TARGET / f"NotoSansSC-{style}.otf"
    font.recalcTimestamp = False
    font.save(target)
    return target


def main(unpacked: Path) -> None:
    """Write the list and both fonts."""
    characters = regulated_characters(unpacked)
    starts = (0, *LEVELS[:-1])
    lines = ["".join(characters[first:after]) for first, after in zip(starts, LEVELS, strict=True)]
    LIST.write_text("\n".join(lines) + "\n", encoding="utf-8")
    signs = {chr(point) for first, last in BLOCKS for point in range(first, last + 1)}
    wanted = set(characters) | national_set() | traditional_everyday() | signs
    for style in ("Regular", "Bold"):
        made = make(next(unpacked.rglob(f"NotoSansCJK-{style}.ttc")), style, wanted)
        print(f"{made.name}: {made.stat().st_size / 1e6:.2f} MB, {len(TTFont(made).getBestCmap())} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
