"""What a head may stand for is known to whoever notes it down in the master."""

from __future__ import annotations

from xladdin.analysis.record_intake.record_columns import shipped
from xladdin.analysis.record_intake.record_fields import FIELDS, LABELS
from xladdin.analysis.service_records import Source
from xladdin.intake.exports.mapping import OF_RECORDS, OF_TABLES, SPECIAL
from xladdin.intake.headers import header_key


def test_every_field_may_be_noted_by_its_label() -> None:
    assert {field.label for fields in FIELDS.values() for field in fields} == {*OF_RECORDS}
    assert not {*OF_RECORDS} & {*OF_TABLES, *SPECIAL}


def test_no_table_has_a_label_twice() -> None:
    assert all(len(set(labels.values())) == len(labels) for labels in LABELS.values())


def test_shipped_heads_are_of_fields_and_each_of_one() -> None:
    for source in Source:
        heads = shipped()["tables"][source]
        assert {*heads} <= {*LABELS[source]}
        keys = [header_key(head) for some in heads.values() for head in some]
        assert sorted({key for key in keys if keys.count(key) > 1}) == []
