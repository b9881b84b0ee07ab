"""Anonymous forms ask office programs not to write down who saved them; others do not."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.workbench.shipped import asking_subordinates
from tests.workbench.validator import schema_errors
from xladdin.books.ratings import questionnaire, rating
from xladdin.domain.competency import ANONYMOUS, Source
from xladdin.layout.writer import workbook_bytes

SCHEME = asking_subordinates()


@pytest.mark.parametrize("source", Source)
def test_anonymous_forms_ask_for_privacy(source: Source) -> None:
    customer = source is Source.CUSTOMER
    book = questionnaire.book(SCHEME) if customer else rating.book(SCHEME, source)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(book, {}))) as archive:
        asked = 'filterPrivacy="1"' in archive.read("xl/workbook.xml").decode()
    assert asked is (source in ANONYMOUS)


def test_the_wish_is_valid(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "peer.xlsx"
    path.write_bytes(workbook_bytes(rating.book(SCHEME, Source.PEER), {}))
    assert schema_errors(path) == []
