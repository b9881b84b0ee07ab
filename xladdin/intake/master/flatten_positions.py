"""Job analyses as rows: positions, duties, standards."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xladdin.domain.positions import REQUIREMENT_LABELS, Duty, Position, Standard

from .values import Row, fraction, joined, text, yes
from .words import word


def position_rows(positions: Sequence[Position]) -> dict[str, list[Row]]:
    """The rows of the three sheets about positions."""
    duties = [(position.id, duty) for position in positions for duty in position.duties]
    return {
        "positions": [_position(position) for position in positions],
        "duties": [_duty(owner, duty) for owner, duty in duties],
        "standards": [
            _standard(owner, duty, standard)
            for owner, duty in duties
            for standard in duty.standards
        ],
    }


def _position(position: Position) -> Row:
    requirements = position.requirements
    return {
        "id": position.id,
        "name": position.name,
        "company": text(position.company),
        "part_time": position.part_time,
        "superior": position.superior,
        "department": position.department,
        "subordinates": joined(position.subordinates),
        **{key: text(getattr(requirements, key)) for key in REQUIREMENT_LABELS},
        "note": text(position.note),
    }


def _duty(owner: str, duty: Duty) -> Row:
    return {
        "position": owner,
        "rank": Decimal(duty.rank),
        "text": text(duty.text),
        "share": fraction(duty.share),
        "restored": yes(duty.restored),
    }


def _standard(owner: str, duty: Duty, standard: Standard) -> Row:
    cycle = standard.cycle
    return {
        "position": owner,
        "rank": Decimal(duty.rank),
        "text": text(standard.text),
        "subject": standard.subject,
        "kind": word("standards", "kind", standard.kind.value),
        "value": standard.value,
        "unit": word("standards", "unit", standard.unit.value),
        "cycle": word("standards", "cycle", cycle.value) if cycle else None,
        "due": text(standard.due),
        "direction": word("standards", "direction", standard.direction.value),
    }
