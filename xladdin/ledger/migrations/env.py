"""Run by Alembic, in the transaction of whoever opens the ledger; never from a command line."""

from __future__ import annotations

from alembic import context

from xladdin.ledger.upgrading import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=False,  # the caller's transaction holds everything
)
context.run_migrations()
