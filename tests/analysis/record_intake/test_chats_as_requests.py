"""Chats of a shop without tickets are its requests; a shop with tickets keeps those."""

from __future__ import annotations

from pathlib import Path

from xladdin.analysis.measuring import measure
from xladdin.analysis.metrics import opinions, platforms, workload
from xladdin.analysis.record_intake.record_reading import ServiceRecords, read_records
from xladdin.analysis.service_records import Source
from xladdin.company.company import Company

CHATS = (
    "会话ID,客服昵称,买家昵称,会话开始时间,首次响应时长（秒）,满意度评分\n"
    "H1,小雨,甲,2026-10-01 09:00:00,30,5\n"
    "H2,小雨,乙,2026-10-01 10:00:00,90,1\n"
    "H3,,丙,2026-10-02 10:00:00,-,\n"
)
TICKETS = "工单编号,提出时间,首次回复时间\nT1,2026-10-01 09:00:00,2026-10-01 09:05:00\n"


def read(folder: Path, **files: str) -> ServiceRecords:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8-sig")
    records, _ = read_records([folder], Company(()))
    assert records is not None
    return records


def test_each_chat_is_a_request(tmp_path: Path) -> None:
    metrics = [
        workload.REQUESTS,
        workload.REPLY[0],
        workload.WAIT[0],
        workload.SOLVE[0],
        opinions.SCORE,
        opinions.SATISFIED_SHARE,
        opinions.COMPLAINT_SHARE,
        platforms.CHATS,
    ]
    with read(tmp_path, 会话=CHATS) as records:
        assert records.requests_from_chats()
        assert not {"solve", "complaint", "words"} & set(records.engine.have(Source.REQUESTS))
        found = measure(records.engine, metrics)[()]
    values = {key: reading.value for key, reading in found.items()}
    assert (values["requests"], values["chats"]) == (3, 3)
    assert values["reply_mean"] == values["wait_mean"] == 60
    assert values["score"] == 3
    assert found["satisfied"].above == 1
    assert (values["solve_mean"], values["complaint_share"]) == (None, None)


def test_chats_that_hardly_say_anything_are_requests_too(tmp_path: Path) -> None:
    with read(tmp_path, 会话="会话ID,会话开始时间\nH1,2026-10-01 09:00:00\n") as records:
        assert records.requests_from_chats()
        assert {"reply", "score", "satisfaction"}.isdisjoint(records.engine.have(Source.REQUESTS))
        found = measure(records.engine, [workload.REQUESTS, opinions.SATISFIED_SHARE])[()]
    assert (found["requests"].value, found["satisfied"].value) == (1, None)


def test_tickets_are_kept(tmp_path: Path) -> None:
    with read(tmp_path, 会话=CHATS, 工单=TICKETS) as records:
        assert not records.requests_from_chats()
        found = measure(records.engine, [workload.REQUESTS])[()]
    assert found["requests"].value == 1


def test_without_chats_there_is_nothing_to_take(tmp_path: Path) -> None:
    with read(tmp_path, 工单=TICKETS) as records:
        assert not records.requests_from_chats()
