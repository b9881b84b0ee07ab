"""Expression trees with four back-ends; knows nothing of HR."""
