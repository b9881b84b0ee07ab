"""Fixtures and options that every test may ask for."""

from __future__ import annotations

import gc

import pytest

from xladdin.garbage import OBJECTS, YOUNG

pytest_plugins = [
    "tests.workbench.deaths",
    "tests.workbench.fixtures",
    "tests.proof.fixtures",
    "tests.proof.sample",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the dumps under tests/golden/ anew; look at the difference before committing",
    )


def pytest_configure() -> None:
    """While tests are collected nothing is thrown away."""
    gc.set_threshold(OBJECTS, YOUNG, 100)


def pytest_collection_finish() -> None:
    """What was collected stays until the end, and so does most of what tests keep for each other:
    to look through all of it for what may go, as often as usual, takes half of the time.
    Commands do the same (`xladdin/garbage.py`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS, YOUNG, 10)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A long piece of bytes is no name: a workbook's holds the time at which it was made, which
    tells in its length too, and tests that are called differently in two processes cannot be
    shared out between them."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None
