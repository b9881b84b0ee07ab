"""What stands behind each button of the ribbon."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import form_buttons, upkeep
from .desk import Desk

COMMANDS: Mapping[str, Callable[[Desk], None]] = {
    "generate": form_buttons.one,
    "batch": form_buttons.batch,
    "insert": form_buttons.insert,
    "job": form_buttons.job,
    "rating": form_buttons.rating,
    "summary": form_buttons.summary,
    "create": upkeep.create,
    "check": upkeep.check,
    "settings": upkeep.settings,
    "help": upkeep.show_help,
}
"""Id of a button (``xladdin.addin.buttons``) -> its command."""
