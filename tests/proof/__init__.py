"""What the long proofs show, and the figures that they gave."""
