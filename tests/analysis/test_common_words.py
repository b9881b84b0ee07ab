"""Pieces of comments that many customers write."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xladdin.analysis.common_words import common_words

COMMENTS = ["物流太慢了", "物流慢，客服态度好", "客服态度好！", "物流很慢", "OK", "👍"]


def test_what_several_customers_say_is_counted_once_for_each() -> None:
    assert common_words(COMMENTS) == (("物流", 3), ("客服态度", 2))
    assert common_words(["物流物流物流"]) == ()


def test_what_is_denied_is_not_counted_as_said() -> None:
    comments = [
        "没有解决",
        "还没有解决",
        "解决了",
        "解决了",
        "都解决了",
        "不满意",
        "不满意",
        "满意",
    ]
    assert common_words(comments) == (("解决", 3), ("没有解决", 2), ("不满意", 2))


@given(st.lists(st.text("物流慢客服态度好的，", max_size=12), max_size=8))
def test_no_word_is_told_that_fewer_comments_hold(comments: list[str]) -> None:
    for word, count in common_words(comments):
        assert sum(word in comment for comment in comments) == count >= 2
