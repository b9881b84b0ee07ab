"""``python -m xladdin.cli``."""

from . import main

main()
