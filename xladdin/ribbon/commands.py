"""What stands behind each button of the ribbon."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import forms, upkeep
from .desk import Desk

COMMANDS: Mapping[str, Callable[[Desk], None]] = {
    "generate": forms.one,
    "batch": forms.batch,
    "insert": forms.insert,
    "job": forms.job,
    "rating": forms.rating,
    "summary": forms.summary,
    "create": upkeep.create,
    "check": upkeep.check,
    "settings": upkeep.settings,
    "help": upkeep.show_help,
}
"""Id of a button (``xladdin.addin.buttons``) -> its command."""
