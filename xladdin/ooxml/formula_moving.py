"""A formula that stands for many cells, as it reads in one of them."""

from __future__ import annotations

from .refused import DamagedError


def moved(formula: str, origin: str, target: str) -> str:
    """A formula as it reads in another cell; DamagedError for what is none."""
    # Imported where it is needed: a tenth of what starting the command line takes.
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415

    # A text that is no formula makes the tokenizer fail in more ways than it says.
    failures = (TokenizerError, TranslatorError, IndexError, AssertionError)
    try:
        text: str = Translator(f"={formula}", origin=origin).translate_formula(target)
    except failures as error:
        raise DamagedError(f"formula {formula[:40]}") from error
    return text[1:]
