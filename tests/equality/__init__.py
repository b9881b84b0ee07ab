"""The proof that formula text and Python give the same values: thousands of cells recalculated."""
