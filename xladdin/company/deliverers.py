"""Who delivers a figure: the post that its indicator names as 数据来源岗位, or who does it for the post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from xladdin.domain.data_sources import DataSource
from xladdin.domain.people import Employee
from xladdin.intake.text import clean, key_text, name_key

from .company import Company
from .company_settings import DELIVERER

SUPERIOR, OWN = "直接上级", "本人"
"""What may be said instead of a name: whoever each person's superior is, and the person."""


@dataclass(frozen=True)
class Deliverers:
    """A company's answer, for every person and source.

    What 设置 says of the post (报数人：客服组长) counts; else, where the person's superior holds it,
    that superior; else it is called by the post's own words.
    """

    company: Company
    _named: dict[str, str] = field(default_factory=dict)

    def of(self, employee: Employee, source: DataSource) -> str:
        """What the deliverer of one person's figure is called: two people never alike."""
        said = self.settings.get(key_text(source.post), "")
        superior = self.company.superior_of(employee)
        if not said:
            holds = superior.employee is not None and superior.employee.position == source.post
            said = OWN if source.post == OWN else SUPERIOR if holds else source.post
        if said == OWN:
            return self._called(employee)
        if said == SUPERIOR:
            named = superior.employee
            return self._called(named) if named else superior.name or source.post
        listed = self.company.people.get(said)
        return self._called(listed) if listed else said

    @cached_property
    def settings(self) -> dict[str, str]:
        """Post -> who delivers for it, as 设置 says."""
        return {
            key_text(item.name[len(DELIVERER) :]): clean(item.value)
            for item in reversed(self.company.settings)
            if item.name.startswith(DELIVERER) and clean(item.value)
        }

    def _called(self, person: Employee) -> str:
        alike = self._alike[name_key(person.name)] > 1
        return f"{person.name}（{person.id}）" if alike else person.name

    @cached_property
    def _alike(self) -> Counter[str]:
        return Counter(name_key(person.name) for person in self.company.employees)
