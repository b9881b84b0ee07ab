"""The domain: positions, duties, schemes, indicators, grades, people; knows nothing of Excel."""
