"""What stands behind each button of the ribbon."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xladdin.addin.buttons import buttons
from xladdin.books.forms import Suite

from . import (
    appeals_button,
    debrief_button,
    decision_buttons,
    form_buttons,
    form_drafting,
    month_buttons,
    opening_buttons,
    print_button,
    renaming_buttons,
    report_buttons,
    undo_button,
    upkeep,
)
from .desk import Desk

Command = Callable[[Desk], None]
FORMS: Mapping[str, Callable[[Desk, Suite], None]] = {
    "generate": form_buttons.for_selected,
    "batch": form_buttons.batch,
    "insert": form_buttons.insert,
    "job": form_buttons.job,
    "rating": form_buttons.for_selected,
    "summary": form_buttons.for_selected,
    "slip": form_buttons.for_selected,
    "print": print_button.print_all,
    "print_slips": print_button.print_all,
}
"""How the forms of a button are made; which ones, the button says."""


def _making(button: str, suite: Suite) -> Command:
    return lambda desk: FORMS[button](desk, suite)


OTHERS: Mapping[str, Command] = {
    "open_month": opening_buttons.open_month,
    "ask_figures": opening_buttons.ask_figures,
    "collect": month_buttons.collect,
    "returns": month_buttons.open_list,
    "month": month_buttons.summary,
    "close": month_buttons.close_month,
    "calibrate": decision_buttons.calibrate,
    "appeals": appeals_button.appeals,
    "simulate": decision_buttons.simulate,
    "evidence": decision_buttons.evidence,
    "report_month": report_buttons.monthly,
    "report_shop": report_buttons.shop,
    "report_debrief": debrief_button.debrief,
    "create": upkeep.create,
    "check": upkeep.check,
    "from_form": form_drafting.from_form,
    "rename": renaming_buttons.rename,
    "copy_scheme": renaming_buttons.copy_scheme,
    "undo": undo_button.undo,
    "settings": upkeep.settings,
    "help": upkeep.show_help,
}
"""What the buttons do that make no forms."""


COMMANDS: Mapping[str, Command] = {
    button.id: _making(button.id, button.makes) if button.makes else OTHERS[button.id]
    for button in buttons()
}
"""Id of a button (``xladdin.addin.buttons``) -> its command."""
