"""What is measured side by side with other tools; each script is run by itself."""
