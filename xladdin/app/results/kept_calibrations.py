"""What a ledger has of a month's calibration: read for results, written from 校准表."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xladdin.company.calibrated import Calibrated
from xladdin.domain.people import Period
from xladdin.ledger.records import Calibration
from xladdin.ledger.store import Entry, Ledger

GRADE, ORDER = "grade", "rank"
"""What of a result was decided (``Calibration.what``)."""


def calibrations_of(ledger: Ledger, period: Period) -> Mapping[str, Calibrated]:
    """Employee id -> what was decided last; grades are empty where only an order was."""
    found: dict[str, Calibrated] = {}
    entries = ledger.read(Calibration, superseded=False, period=str(period))
    for entry in entries:
        person = entry.record.person
        found[person] = _with(found.get(person), entry)
    return found


def _with(known: Calibrated | None, entry: Entry[Calibration]) -> Calibrated:
    one, day = entry.record, f"{entry.at.astimezone():%Y-%m-%d}"
    if one.what == GRADE:
        order = known.order if known else None
        return Calibrated(one.before, one.after, one.by, one.why, order, day)
    before = known or Calibrated("", "", one.by, "", None, day)
    if one.what != ORDER or not one.after.isdecimal():
        return before
    return replace(before, order=int(one.after))


def keep_calibrations(
    ledger: Ledger, period: Period, person: str, decided: Calibrated, *, earlier: Calibrated | None
) -> int:
    """Write down what was decided about one person; how many entries are new.

    Nothing is written of whoever keeps the grade that the score gives, unless it was another one before.
    """
    new = 0
    was_changed = earlier is not None and earlier.is_changed
    if decided.is_changed or was_changed:
        why = decided.why or "改回原等级"
        record = Calibration(
            person, str(period), GRADE, decided.before, decided.after, decided.by, why
        )
        new += ledger.append(record).new
    if decided.order is not None:
        before = str(earlier.order) if earlier and earlier.order is not None else ""
        if before != str(decided.order):
            record = Calibration(
                person, str(period), ORDER, before, str(decided.order), decided.by, decided.why
            )
            new += ledger.append(record).new
    return new
