"""What companies hand in (rosters, figures) read into the domain."""
