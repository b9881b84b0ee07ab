"""Reports over service records and the ledger."""
