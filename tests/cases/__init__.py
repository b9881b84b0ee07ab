"""Cases of every scoring rule, as data: what goes in and the score worked out by hand."""
