"""What a commit must keep and no other test sees: dead code, documents, terms.  ``make check``."""
