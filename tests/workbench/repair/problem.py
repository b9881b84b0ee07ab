"""What a repair rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Every rule by its stable id; tests/faults/workbooks/cases.yaml breaks each one."""

    # The package
    PART_DUPLICATE = "part-duplicate"
    PART_MISSING = "part-missing"
    PART_NOT_XML = "part-not-xml"
    PART_UNTYPED = "part-untyped"
    RELATION_UNKNOWN = "relation-unknown"
    VALUE_ILLEGAL = "value-illegal"

    # Sheets
    SHEET_ACTIVE = "sheet-active"
    SHEET_HEADER_LONG = "sheet-header-long"
    SHEET_LINKS_MANY = "sheet-links-many"
    SHEET_NAME = "sheet-name"
    SHEET_NAME_DUPLICATE = "sheet-name-duplicate"
    SHEET_NONE_VISIBLE = "sheet-none-visible"

    # Defined names
    NAME_DUPLICATE = "name-duplicate"
    NAME_ILLEGAL = "name-illegal"
    NAME_LIKE_CELL = "name-like-cell"
    NAME_LIKE_TABLE = "name-like-table"
    NAME_NOT_ASCII = "name-not-ascii"
    NAME_SCOPE = "name-scope"

    # Tables
    TABLE_COLUMN_COUNT = "table-column-count"
    TABLE_COLUMN_DUPLICATE = "table-column-duplicate"
    TABLE_COLUMN_NAME = "table-column-name"
    TABLE_EMPTY = "table-empty"
    TABLE_FILTER = "table-filter"
    TABLE_HEADER = "table-header"
    TABLE_ID_DUPLICATE = "table-id-duplicate"
    TABLE_NAME = "table-name"
    TABLE_NAME_DUPLICATE = "table-name-duplicate"
    TABLE_OVERLAP = "table-overlap"

    # Cells, styles, strings
    CELL_EMPTY = "cell-empty"
    CELL_NUMBER = "cell-number"
    CELL_ORDER = "cell-order"
    ROW_ORDER = "row-order"
    STRING_LONG = "string-long"
    STRING_UNKNOWN = "string-unknown"
    STYLE_UNKNOWN = "style-unknown"

    # Merged areas, validations, conditional formats
    CONDITION_REFERENCE = "condition-reference"
    CONDITION_STYLE = "condition-style"
    MERGE_OVERLAP = "merge-overlap"
    MERGE_SINGLE = "merge-single"
    MERGE_TABLE = "merge-table"
    VALIDATION_FORMULA_LONG = "validation-formula-long"
    VALIDATION_LIST_ITEM = "validation-list-item"
    VALIDATION_OVERLAP = "validation-overlap"
    VALIDATION_REFERENCE = "validation-reference"
    VALIDATION_TEXT_LONG = "validation-text-long"

    # The text of formulas
    FORMULA_AT_SIGN = "formula-at-sign"
    FORMULA_EQUALS = "formula-equals"
    FORMULA_EXTERNAL = "formula-external"
    FORMULA_FULL_WIDTH = "formula-full-width"
    FORMULA_LITERAL_LONG = "formula-literal-long"
    FORMULA_LONG = "formula-long"
    FORMULA_NESTING = "formula-nesting"
    FORMULA_PARENTHESES = "formula-parentheses"
    FORMULA_QUOTE = "formula-quote"
    FORMULA_R1C1 = "formula-r1c1"
    FORMULA_REF_ERROR = "formula-ref-error"
    FORMULA_SEPARATOR = "formula-separator"
    FORMULA_SYNTAX = "formula-syntax"
    FORMULA_THIS_ROW = "formula-this-row"

    # What formulas mention
    FORMULA_COLUMN = "formula-column"
    FORMULA_FUNCTION = "formula-function"
    FORMULA_NAME = "formula-name"
    FORMULA_PARAMETER = "formula-parameter"
    FORMULA_PREFIX = "formula-prefix"
    FORMULA_SHEET = "formula-sheet"
    FORMULA_TABLE = "formula-table"


@dataclass(frozen=True)
class RepairProblem:
    """One cause of a repair prompt: the rule, where it is broken, and how."""

    code: Code
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} ({self.code})"
