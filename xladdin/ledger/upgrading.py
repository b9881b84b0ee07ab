"""The version of a ledger: made new, brought up to date, or refused where it is newer than we.

The steps lie in ``migrations/versions``; Alembic runs them inside the caller's transaction, so that
a run that is killed has changed nothing.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from .ledger_place import LedgerPlace
from .ledger_tables import METADATA

VERSION_TABLE = "ledger_version"
NEWEST = "0003"
"""The last step of ``migrations/versions``; a test holds the two together."""
SCRIPTS = Path(__file__).parent / "migrations"


def version_of(connection: sa.Connection) -> str | None:
    """The version that a database says it has; None: no ledger yet."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    column = sa.column("version_num", sa.Text)
    return connection.scalar(sa.select(column).select_from(sa.table(VERSION_TABLE, column)))


def bring_up_to_date(connection: sa.Connection, place: LedgerPlace) -> bool:
    """Make the tables or change them to the newest version; whether anything was done.

    Raises ProblemsFound for a ledger of a newer program, and for a file that is something else.
    """
    version = version_of(connection)
    if version == NEWEST:
        return False
    if version is not None and version not in _known():
        place.refuse(
            "ledger_newer", "台账是用更新版本的 xladdin 写的，这个版本不能用它；请先升级 xladdin"
        )
    if version is None:
        _refuse_strangers(connection, place)
    _upgrade(connection)
    return True


def _refuse_strangers(connection: sa.Connection, place: LedgerPlace) -> None:
    """A database file with tables of others is not ours; a server's database may have them."""
    there = set(sa.inspect(connection).get_table_names())
    if (place.file is not None and there) or there & METADATA.tables.keys():
        place.refuse(
            "ledger_foreign", "这个数据库不是 xladdin 的台账，没有改动；请换一个文件或地址"
        )


def _known() -> set[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as below

    return {script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()}


def _upgrade(connection: sa.Connection) -> None:
    # Late: it is needed once in a ledger's life, and takes as long as everything else.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    # Alembic takes a percent sign for a beginning of its own.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)
