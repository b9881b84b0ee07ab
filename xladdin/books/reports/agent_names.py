"""What members of a team are called in a table where nobody may stand twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xladdin.analysis.month_figures import AgentFigures


def agent_names(agents: Sequence[AgentFigures]) -> list[str]:
    """The names; of several people of one name each with the id, of several lines each with a number."""
    often = Counter(one.name for one in agents)
    names = [
        f"{one.name}（{one.employee.id}）" if often[one.name] > 1 and one.employee else one.name
        for one in agents
    ]
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name}·{seen[name]}" if seen[name] > 1 else name)
    return found
