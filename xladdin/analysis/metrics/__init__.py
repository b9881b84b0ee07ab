"""The metrics, one module per group: what each counts is written once, here."""
