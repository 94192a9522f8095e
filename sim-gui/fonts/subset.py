#!/usr/bin/env python3
"""Makes regular.otf and bold.otf: the glyphs of Noto Sans CJK SC that the window needs.

    pip install fonttools
    python3 sim-gui/fonts/subset.py NotoSansCJK-Regular.ttc NotoSansCJK-Bold.ttc

Characters come from the window's texts, levers and lessons, the names of places that ship, and the most common signs, so that
whoever types a name of his own sees most of it.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def characters():
    """Every character that the window may show and egui's own fonts lack."""
    files = [*(ROOT / "sim-gui").glob("texts/*.ron"), *(ROOT / "sim-gui").glob("levers/*.ron")]
    files += [*(ROOT / "sim-gui").glob("lessons/*.ron"), *(ROOT / "data").glob("*.csv")]
    files += [ROOT / "data" / "provinces.geojson"]
    # Errors and units have their Chinese in the source.
    core = ROOT / "sim-core" / "src"
    files += [*(core / "base").glob("*.rs"), *(core / "scenario").glob("*.rs"), core / "params" / "value.rs"]
    files += [ROOT / "sim-gui" / "src" / "reason.rs"]
    found = set()
    for file in files:
        found |= {c for c in file.read_text(encoding="utf-8") if ord(c) > 0x2000}
    # Level 1 of GB 2312: the 3,755 most common characters.
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            try:
                found |= set(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found | set("，。、；：？！“”‘’（）【】《》［］……—·￥％→←↑↓▲▼●○■□◆◇")


def latin():
    """Letters, digits and signs of English and of names in Latin letters."""
    return {chr(code) for code in [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027)]} | set("‹›€→←↑↓▲▼●○■□")


def make(collection, family, wanted, target):
    """Writes the glyphs that are wanted of a font of a collection, with lines as high as the window's."""
    fonts = TTCollection(collection).fonts
    font = next(f for f in fonts if f["name"].getDebugName(1) == family)
    options = subset.Options(layout_features=["kern"], hinting=False, desubroutinize=False, name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in wanted])
    subsetter.subset(font)
    # As they come, lines of this font are half as high again as its letters: too much for tables and lists.
    em = font["head"].unitsPerEm
    for table, up, down, gap in [
        ("hhea", "ascent", "descent", "lineGap"),
        ("OS/2", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
    ]:
        setattr(font[table], up, round(0.98 * em))
        setattr(font[table], down, round(-0.26 * em))
        setattr(font[table], gap, 0)
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = round(0.98 * em), round(0.26 * em)
    font.save(HERE / target)
    print(f"{target}: {len(font.getBestCmap())} characters, {(HERE / target).stat().st_size} bytes")


def main():
    make(sys.argv[1], "Noto Sans CJK SC", characters() | latin(), "regular.otf")
    make(sys.argv[2], "Noto Sans CJK SC", latin(), "bold.otf")


main()
