"""The forking process, one for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .runs import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote() as process:
        yield process
