"""Colours and letters: said in one place, and readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xladdin
from xladdin.layout import styles, theme
from xladdin.layout.styles import Look, Style

ROOT = Path(xladdin.__file__).parent
COLOR = re.compile(r'"#[0-9A-Fa-f]{6}"')
ELSEWHERE = {
    "layout/theme.py",
    "master/master_styles.py",
    "master/guide.py",
    "patch/boxes.py",
}
"""Where colours may stand: the master has a room of its own, boxes of comments are Excel's."""
READABLE = 4.5
"""WCAG 2.1, level AA, for text of usual size."""


def looks() -> dict[str, Style | Look]:
    return {n: one for n, one in vars(styles).items() if isinstance(one, Style | Look)}


@pytest.mark.parametrize("name", looks())
def test_letters_are_readable_on_their_ground(name: str) -> None:
    one = looks()[name]
    assert theme.contrast(one.color, one.fill or theme.PAPER) >= READABLE


@pytest.mark.parametrize(
    "ground", [theme.INPUT, theme.MISSING, theme.BAND, theme.BAR_DONE, theme.BAR]
)
def test_usual_letters_are_readable_on_every_ground(ground: str) -> None:
    assert theme.contrast(theme.INK, ground) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_no_colour_is_named_anywhere_else() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if COLOR.search(path.read_text("utf-8"))
    ]
    assert set(found) <= ELSEWHERE
