"""The growth of targets out of the rows of indicators."""

from __future__ import annotations

from xladdin.company.target_growth import USUAL_BASE, Base, Growth, Growths

from .judging import Judge


def growths_of(judge: Judge) -> Growths:
    """What is noted, of every indicator whose scheme is known; a faulty rate is told by its cell."""
    schemes = [row.own_id() for row in judge.rows("schemes")]
    found: dict[tuple[str, str], Growth] = {}
    for row in judge.rows("indicators"):
        place, rate = row.at("scheme_at"), row.get("growth")
        if place >= 0 and rate is not None:
            base = Base(row.get("growth_base") or USUAL_BASE)
            found[schemes[place], row.own_id()] = Growth(rate, base)
    return found
