"""What the documents tell: commands, messages, results, links."""
