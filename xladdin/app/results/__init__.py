"""What a month came to: out of ledger and master, told in workbooks."""
