"""Excel tables: what they are, where their columns stand, what is in them, lists out of them."""
