#!/usr/bin/env python3
"""Makes chinese.otf: the glyphs of Noto Sans CJK SC that the window needs.

    pip install fonttools
    python3 sim-gui/fonts/subset.py NotoSansCJK-Regular.ttc

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


def main():
    fonts = TTCollection(sys.argv[1]).fonts
    font = next(f for f in fonts if f["name"].getDebugName(1) == "Noto Sans CJK SC")
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=False, name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF", "GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in characters()])
    subsetter.subset(font)
    target = HERE / "chinese.otf"
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size} bytes")


main()
