"""How a ledger becomes one of the newest version, step by step; run by Alembic."""
