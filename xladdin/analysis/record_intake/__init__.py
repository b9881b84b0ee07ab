"""Service records as companies export them, into the tables that metrics are worked out from.

A file is one or more parts (``record_files``), a part's heads say which table it is of
(``record_columns``), its lines are staged as they stand, what could not be read at once beside it
(``staging``); what is odd is then read as a whole column (``odd_values``, ``record_words``), several lines of
one thing become one (``last_lines``), and the tables are made (``final_tables``).  Whatever is left out, read
otherwise or joined on the way is counted and shown with examples (``data_quality``).
"""
