"""Job analyses."""

from xladdin.domain.positions import REQUIREMENT_LABELS, Duty, Requirements, Standard
from xladdin.schemes.library import Library


def test_a_duty_is_worded_with_its_standards_in_brackets() -> None:
    position = Library.shipped().position("service_specialist")
    assert position is not None
    assert position.duties[0].wording == position.duties[0].text
    first = Standard.model_validate({"text": "满意度90%以上", "subject": "甲", "kind": "at_least"})
    second = Standard.model_validate({"text": "有记录", "subject": "乙", "kind": "recorded"})
    duty = Duty.model_validate(
        {"rank": 1, "text": "处理投诉", "share": 100, "standards": [first, second]}
    )
    assert duty.wording == "处理投诉（满意度90%以上；有记录）"


def test_every_requirement_has_a_label() -> None:
    assert REQUIREMENT_LABELS.keys() == Requirements.model_fields.keys()
