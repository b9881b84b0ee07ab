"""A formula that stands for many cells, as it reads in one of them."""

from __future__ import annotations

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from .refused import DamagedError

_FAILURES = (TokenizerError, TranslatorError, IndexError, AssertionError)
"""What a text that is no formula makes the tokenizer raise."""


def moved(formula: str, origin: str, target: str) -> str:
    """A formula as it reads in another cell; DamagedError for what is none."""
    try:
        text: str = Translator(f"={formula}", origin=origin).translate_formula(target)
    except _FAILURES as error:
        raise DamagedError(f"formula {formula[:40]}") from error
    return text[1:]
