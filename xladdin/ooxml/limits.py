"""How much a file may hold: measured by what is there, not by what the file says of itself.

Sixty thousand lines are a year's figures of five hundred people; what is larger than all this is
no list that a person keeps in one file.  Within these limits any file is answered in 10 seconds of CPU time
and 600 MB of memory (``tests/hostile`` tries it); but for two that a group's size asks for: a master
workbook, known by its defined names, and a text file of figures.
"""

from __future__ import annotations

MOST_BYTES = 50_000_000
"""Of a file as it lies on disk."""
MOST_TEXT_BYTES = 120_000_000
"""Of a text file, which is never unpacked: most readers take only the first lines of one so large."""
MOST_UNPACKED = 200_000_000
"""Of all parts of a package together, counted while they are inflated."""
MOST_OF_PART = 80_000_000
"""Of one part that is read."""
MOST_READ = 100_000_000
"""Of all the parts that cells are read from."""
MOST_READ_OF_MASTER = 600_000_000
"""The same of a master workbook: what it works out itself is left out while it is inflated."""
MOST_HELD = 60_000_000
"""Of all the parts that are held in memory to be changed."""
MOST_ENTRIES = 5_000
"""Parts of a package."""
MOST_SHEETS = 500
MOST_ELEMENTS = 4_000_000
"""XML elements in all the parts that are read of one file."""
MOST_NODES = 1_500_000
"""Elements and attributes that are held in memory to be changed; each takes some 150 bytes."""
DEEPEST = 100
"""XML elements within each other; Excel itself writes a dozen."""
LONGEST_MARKUP = 500_000
"""Bytes of one tag, or of one text between tags."""
MOST_NAMES = 10_000
"""Different names of elements and attributes in one part."""
LONGEST_CELL = 1_000_000
"""Bytes of one cell's XML: formula, text, and how the text is laid out."""
MOST_CELLS = 800_000
"""Filled cells of one file."""
MOST_FORM_CELLS = 300_000
"""Those of forms that come back: of them formula, lock and style are kept as well."""
MOST_AREA = 3_000_000
"""Cells, empty ones too, of the rectangles that the filled cells of each sheet span together."""
MOST_LINES = 60_000
"""Lines of one table."""
MASTER_LINES, MASTER_CELLS, MASTER_ELEMENTS = 200_000, 2_500_000, 10_000_000
MASTER_AREA = 6_000_000
"""Filled rows, cells that people fill in, XML elements and spanned cells of a master workbook.

Five thousand people's figures of a quarter are 150,000 lines: here time and memory grow with what
there is, to some 25 seconds and 1 GB.
"""
MOST_PLAIN_LINES, MOST_PLAIN_CELLS, MOST_DIFFERENT = 1_500_000, 15_000_000, 2_000_000
"""Lines, cells and different cells of a text file that is read by column."""
MOST_CAREFUL = 20_000
"""Of these lines, where there are more than ``MOST_LINES``, such as need to be read one by one.

A million lines of which nothing is to be told take some 20 seconds and 300 MB.
"""
MOST_WIDTH = 2_000
"""Columns of a text file."""
LONGEST_LINE = 1_000_000
"""Characters of one row of a text file."""
MOST_TEXT = 30_000_000
"""Characters of all cells together, where many cells share one text."""
SHORT_TEXT, MOST_LONG_TEXT = 100, 8_000_000
"""Characters that a cell has without counting, and of all the others of a file together.

Every reader looks at every character more than once.
"""
LONGEST_TEXT = 32_767
"""Characters of one cell: what Excel's own cells hold."""
LONGEST_FORMAT = 2_000
"""Characters of a number format; Excel allows 255."""
MOST_STYLES = 100_000
"""Styles of cells; Excel allows 65,490."""
LONGEST_NAME = 255
"""Characters of a sheet's name; Excel allows 31."""
