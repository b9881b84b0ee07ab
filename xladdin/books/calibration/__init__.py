"""校准表: grades of a month before and after managers have compared them."""
