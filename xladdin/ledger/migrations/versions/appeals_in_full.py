"""Appeals with what they claim, corrections that come of them, slips with their dates.

What stands here never changes again: a later version is a step of its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLE = "ledger_corrections"
CONTENT = "salt person period item label unit before after by why"
ADDED = {
    "ledger_appeals": "item label unit claimed filed deadline file_name file_sha256",
    "ledger_feedback": "issued deadline content",
}
MAY_BE_NULL = {"before", "after", "claimed", "filed", "issued", "deadline"}


def upgrade() -> None:
    """Make the table, and the columns of two others."""
    op.create_table(
        TABLE,
        sa.Column(
            "seq",
            sa.Integer,
            sa.ForeignKey("ledger_chain.seq"),
            primary_key=True,
            autoincrement=False,
        ),
        *(sa.Column(name, sa.Text, nullable=name in MAY_BE_NULL) for name in CONTENT.split()),
        sa.Column("appeal", sa.Integer, nullable=False),
    )
    op.create_index(f"{TABLE}_by_period_person", TABLE, ["period", "person"])
    for table, names in ADDED.items():
        for name in names.split():
            op.add_column(table, _added(name))


def _added(name: str) -> sa.Column[str]:
    if name in MAY_BE_NULL:
        return sa.Column(name, sa.Text)
    return sa.Column(name, sa.Text, nullable=False, server_default="")
