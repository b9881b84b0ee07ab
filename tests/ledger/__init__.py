"""The ledger, over every database that it may lie in."""
