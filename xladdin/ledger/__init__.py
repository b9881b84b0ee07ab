"""What has been: returned forms, results, decisions, months; appended and never changed."""
