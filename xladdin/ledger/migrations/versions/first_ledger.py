"""The first ledger.

What stands here never changes again: a later version is a step of its own.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBERS = {"seq", "id", "length", "appeal"}
MAY_BE_NULL = {"total", "coefficient", "due"}
CONTENT = {
    "ledger_periods": "period state by why length head",
    "ledger_returned": "kind person period scheme_hash inputs file_name file_sha256 at token rater subject",
    "ledger_results": "kind person period scheme_hash items total grade coefficient incomplete",
    "ledger_decisions": "kind person period key on_form in_master choice by token rater subject",
    "ledger_calibrations": "person period what before after by why",
    "ledger_appeals": "person period text received due",
    "ledger_answers": "person period appeal outcome text by",
    "ledger_feedback": "person period file_name file_sha256",
    "ledger_deletions": "entries why by files",
}


def upgrade() -> None:
    """Make all tables."""
    op.create_table("ledger_chain", _key("seq"), *_columns("kind at content previous hash"))
    op.create_table("ledger_witness", _key("id"), *_columns("length head hash"))
    scheme = [
        *_columns("hash"),
        sa.Column("id", sa.Text, nullable=False),
        *_columns("name content"),
    ]
    op.create_table("ledger_schemes", _key("seq", _line()), *_columns("salt"), *scheme)
    for table, names in CONTENT.items():
        op.create_table(table, _key("seq", _line()), *_columns(f"salt {names}"))
        asked = [name for name in ("period", "person") if name in names.split()]
        if asked:
            op.create_index(f"{table}_by_{'_'.join(asked)}", table, asked)


def _key(name: str, *more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, *more, primary_key=True, autoincrement=False)


def _line() -> sa.ForeignKey:
    return sa.ForeignKey("ledger_chain.seq")


def _columns(names: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(name, sa.Integer if name in NUMBERS else sa.Text, nullable=name in MAY_BE_NULL)
        for name in names.split()
    ]
