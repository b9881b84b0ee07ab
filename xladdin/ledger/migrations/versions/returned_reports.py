"""Reports that came back: what people filled in on them.

What stands here never changes again: a later version is a step of its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLE = "ledger_reports"
CONTENT = "salt kind person period inputs base labels file_name file_sha256 at subject"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column(
            "seq",
            sa.Integer,
            sa.ForeignKey("ledger_chain.seq"),
            primary_key=True,
            autoincrement=False,
        ),
        *(sa.Column(name, sa.Text, nullable=False) for name in CONTENT.split()),
    )
    op.create_index(f"{TABLE}_by_period_person", TABLE, ["period", "person"])
