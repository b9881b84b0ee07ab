"""The monthly service report, what all reports share, and findings."""
