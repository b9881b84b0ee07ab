"""Where a figure comes from: the form's three 数据来源 columns, and until when."""

from __future__ import annotations

from .base import Label, Model, Sentence


class DataSource(Model):
    """Where an indicator's actual comes from: the form's three 数据来源 columns, and until when."""

    way: Label
    """数据来源方式, such as 系统抓取, 手工统计, 主观考核."""
    post: Label
    """数据来源岗位: who hands it in."""
    form: Sentence = ""
    """数据来源表单: out of which report or register."""
    due: Sentence = ""
    """截止时间: until when it is handed in."""

    @property
    def fetched(self) -> bool:
        """Whether a system supplies the figure (so that it can be filled in beforehand)."""
        return "系统" in self.way
