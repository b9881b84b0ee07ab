"""What Excel says no to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.workbench.office import Office, OfficeError
from tests.workbench.unobridge import uno_class


class ComError(Exception):
    """Stands for `pywintypes.com_error`, which is no `KeyError` and no `ValueError` either."""


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Turn Calc's refusal of a quick call into what xlwings passes on from Excel."""
    try:
        yield
    except uno_class("com.sun.star.uno.Exception") as error:
        raise ComError(f"{what}: {error}") from error


@contextmanager
def guarded(office: Office, what: str) -> Iterator[None]:
    """Do the same for a call that may hang: the office's time limit holds."""
    try:
        with office.guarded(what):
            yield
    except OfficeError as error:
        raise ComError(str(error)) from error
