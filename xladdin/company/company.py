"""A company: everything that its master workbook keeps, joined and looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cached_property
from itertools import chain

from xladdin.domain.competency import Assignment, CompetencyScheme, Rating, Source
from xladdin.domain.people import Actual, Employee, Period, State
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.intake.exports.mapping import Mapping as ColumnMapping
from xladdin.intake.months import month_in
from xladdin.intake.scheme_items import items_of
from xladdin.intake.superiors import Superior, Superiors
from xladdin.intake.text import clean, key_text
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library
from xladdin.schemes.load import COMPETENCY, KPI, Broken

from .choosing import CompetencySchemes, Schemes, broken_for
from .column_mappings import completed
from .company_settings import COMPANY_NAME, MONTH_SETTING, Setting
from .figure_states import PROVISIONAL
from .target_growth import Growths


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of targets and actuals, and what is known about it besides."""

    actual: Actual
    state: str = ""
    """``暂定``, ``最终``, or nothing."""
    origin: str = ""
    """Which file it was taken from."""


@dataclass(frozen=True)
class Company:
    """What forms are generated from and scores are computed from.

    Its look-ups go through dictionaries, so that whoever asks about everybody takes linear time.
    """

    employees: tuple[Employee, ...] = ()
    library: Library = field(default_factory=Library)
    _: KW_ONLY
    figures: tuple[Figure, ...] = ()
    refused: tuple[Actual, ...] = ()
    """Entries that cannot be used: missing, and not none."""
    raters: tuple[Assignment, ...] = ()
    """Who rates whom, as far as it is said; ``raters_of`` adds what goes without saying."""
    ratings: tuple[Rating, ...] = ()
    """Those that came in otherwise than by form; a master workbook keeps none."""
    surveyed: frozenset[Assignment] = frozenset()
    """Customers among the raters who have answered on a survey site: nobody sends them a form."""
    settings: tuple[Setting, ...] = ()
    mappings: tuple[ColumnMapping, ...] = ()
    """Its own; ``export_mappings`` adds the shipped ones."""
    growths: Growths = field(default_factory=dict)
    """By how much targets grow when a month is opened; without one they stay."""
    logo: bytes = field(default=b"", compare=False)
    """The picture for the head of forms, where the settings name one that can be read."""
    file: str = field(default="", compare=False)
    """The name of the file that says who there is, for messages about people."""

    # Settings.

    def setting(self, name: str) -> str:
        """A setting's value; empty where there is none."""
        return self._settings.get(name, "")

    @cached_property
    def _settings(self) -> dict[str, str]:
        return {item.name: item.value for item in reversed(self.settings)}

    @property
    def name(self) -> str:
        """The company's name, as it stands on forms."""
        return self.setting(COMPANY_NAME)

    def name_for(self, position: Position) -> str:
        """The company as a form of a position names it; a shipped job analysis is nobody's."""
        return self.name or ("" if position in Library.shipped().positions else position.company)

    @property
    def month(self) -> Period | None:
        """The month that the settings name, if they name one."""
        return month_in(self.setting(MONTH_SETTING))

    @cached_property
    def export_mappings(self) -> tuple[ColumnMapping, ...]:
        """What the columns of exports stand for."""
        items = [item for scheme in self.library.schemes for item in items_of(scheme).values()]
        return completed(self.mappings, dict.fromkeys(item.name for item in items))

    # People.

    @cached_property
    def people(self) -> Mapping[str, Employee]:
        """Id -> employee."""
        return {employee.id: employee for employee in self.employees}

    def superior_of(self, employee: Employee) -> Superior:
        """Whom the roster means by somebody's superior: a person of it, another, or nobody."""
        return self._superiors.of(employee)

    @cached_property
    def _superiors(self) -> Superiors:
        return Superiors(self.employees)

    def selected(
        self, ids: Sequence[str], department: str | None
    ) -> tuple[list[Employee], list[Problem]]:
        """The employees asked for (all, where nothing is asked), and who is not there."""
        wanted = {key_text(id_): id_ for id_ in ids}
        problems = [
            Problem("unknown_employee", f"名册中没有工号「{id_}」", Place(file=self.file))
            for key, id_ in wanted.items()
            if key not in self.people
        ]
        team = None if department is None else clean(department)
        chosen = [
            employee
            for employee in self.employees
            if (not ids or employee.id in wanted) and (team is None or employee.department == team)
        ]
        if team is not None and all(employee.department != team for employee in self.employees):
            have = "、".join(dict.fromkeys(employee.department for employee in self.employees))
            message = f"名册中没有部门「{department}」，现有部门：{have}"
            problems.append(Problem("unknown_department", message, Place(file=self.file)))
        return chosen, problems

    # Schemes and job analyses.

    def scheme_of(self, employee: Employee) -> Scheme | None:
        """The scheme that the roster names, else the position's, else one meant for everybody."""
        return None if self.broken_scheme_of(employee) else self._schemes.of(employee)

    def broken_scheme_of(self, employee: Employee) -> Broken | None:
        """The scheme with faults on account of which an employee has none."""
        broken = [each for each in self.library.broken if each.kind == KPI]
        if not broken:
            return None
        return broken_for(employee, employee.scheme, self._schemes.of(employee), broken)

    @cached_property
    def _schemes(self) -> Schemes:
        return Schemes(self.library.schemes, self._exempt)

    def is_exempt(self, employee: Employee) -> bool:
        """Whether the position says 无需考核, and the roster names no scheme all the same."""
        return not employee.scheme and employee.position in self._exempt

    @cached_property
    def _exempt(self) -> frozenset[str]:
        # Of two positions of one name the master asks the first.
        names = dict.fromkeys(position.name for position in self.library.positions)
        firsts = (self.library.positions_named(name)[0] for name in names)
        return frozenset(position.name for position in firsts if position.unappraised)

    def competency_of(self, employee: Employee) -> CompetencyScheme | None:
        """The competency scheme of the employee's position, or one that is for everybody."""
        return None if self.broken_competency_of(employee) else self._competencies.of(employee)

    def broken_competency_of(self, employee: Employee) -> Broken | None:
        """The competency scheme with faults on account of which an employee has none."""
        broken = [each for each in self.library.broken if each.kind == COMPETENCY]
        return broken_for(employee, "", self._competencies.of(employee), broken)

    @cached_property
    def _competencies(self) -> CompetencySchemes:
        return CompetencySchemes(self.library.competencies)

    def positions_of(self, employee: Employee) -> tuple[Position, ...]:
        """The job analyses of an employee's position.

        Where several have its name, the one under the position of the employee's superior.
        """
        found = self.library.positions_named(employee.position)
        superior = self.superior_of(employee).employee
        if len(found) > 1 and superior is not None:
            fitting = tuple(item for item in found if item.superior == superior.position)
            return fitting if len(fitting) == 1 else found
        return found

    # Ratings.

    def raters_of(self, employee: Employee) -> list[Assignment]:
        """Who rates an employee: as assigned, with self, superior and subordinates where none is
        named; the latter are those whose superior the employee is in the roster."""
        named = self._raters.get(employee.id, [])
        sources = {line.source for line in named}
        superior = self.superior_of(employee)
        if Source.SUPERIOR not in sources and superior.name:
            own = Assignment(
                ratee=employee.id,
                source=Source.SUPERIOR,
                rater=superior.name,
                rater_id=superior.employee.id if superior.employee else "",
            )
            named = [own, *named]
        if Source.SUBORDINATE not in sources and self._asks_subordinates(employee):
            named = [
                *named,
                *(
                    Assignment(
                        ratee=employee.id,
                        source=Source.SUBORDINATE,
                        rater=each.name,
                        rater_id=each.id,
                    )
                    for each in self._teams.get(employee.id, [])
                ),
            ]
        if Source.SELF not in sources:
            own = Assignment(
                ratee=employee.id, source=Source.SELF, rater=employee.name, rater_id=employee.id
            )
            named = [own, *named]
        return sorted(named, key=lambda line: list(Source).index(line.source))

    def _asks_subordinates(self, employee: Employee) -> bool:
        scheme = self.competency_of(employee)
        return scheme is not None and Source.SUBORDINATE in scheme.sources

    @cached_property
    def _teams(self) -> dict[str, list[Employee]]:
        """Id of a superior -> the employees under them who have not left."""
        found: dict[str, list[Employee]] = defaultdict(list)
        for employee in self.employees:
            superior = self.superior_of(employee).employee
            gone = employee.state is State.LEFT or employee.left is not None
            if superior is not None and superior.id != employee.id and not gone:
                found[superior.id].append(employee)
        return dict(found)

    @cached_property
    def _raters(self) -> dict[str, list[Assignment]]:
        found: dict[str, list[Assignment]] = defaultdict(list)
        for line in self.raters:
            found[line.ratee].append(line)
        return found

    def given_by(self, line: Assignment) -> Mapping[str, str]:
        """What a rater gave, by element."""
        return self._ratings.get((line.ratee, line.source, line.rater, line.rater_id), {})

    def refused_of(self, line: Assignment) -> Sequence[str]:
        """The elements on which something of a rater came in that is no rating."""
        return self._refused_ratings.get((line.ratee, line.source, line.rater, line.rater_id), [])

    @cached_property
    def _refused_ratings(self) -> dict[tuple[str, Source, str, str], list[str]]:
        found: dict[tuple[str, Source, str, str], list[str]] = defaultdict(list)
        for given in self.ratings:
            if given.refused:
                key = (given.ratee, given.source, given.rater, given.rater_id)
                found[key].append(given.element)
        return found

    @cached_property
    def _ratings(self) -> dict[tuple[str, Source, str, str], dict[str, str]]:
        found: dict[tuple[str, Source, str, str], dict[str, str]] = defaultdict(dict)
        # One that was refused counts, whatever else came in of the same rater.
        for given in sorted(self.ratings, key=lambda given: given.refused):
            key = (given.ratee, given.source, given.rater, given.rater_id)
            found[key][given.element] = given.level
        return found

    # Figures.

    def with_actuals(self, lines: Sequence[Actual]) -> Company:
        """The same company with these figures, refused ones apart."""
        figures = tuple(Figure(line) for line in lines if not line.refused)
        return replace(self, figures=figures, refused=tuple(line for line in lines if line.refused))

    @cached_property
    def measured(self) -> Mapping[tuple[str, Period], Sequence[Actual]]:
        """Employee's id and month -> targets and actuals, in their order."""
        found: dict[tuple[str, Period], list[Actual]] = defaultdict(list)
        for actual in chain((figure.actual for figure in self.figures), self.refused):
            found[actual.employee, actual.period].append(actual)
        return dict(found)

    def actuals_of(self, employee: Employee, period: Period) -> Sequence[Actual]:
        """One person's targets and actuals in one month."""
        return self.measured.get((employee.id, period), [])

    def provisional_of(self, employee: Employee, period: Period) -> Sequence[str]:
        """The indicators of which somebody's figures of a month may still change."""
        return self._provisional.get((employee.id, period), [])

    @cached_property
    def _provisional(self) -> Mapping[tuple[str, Period], Sequence[str]]:
        found: dict[tuple[str, Period], list[str]] = defaultdict(list)
        for figure in self.figures:
            line = figure.actual
            if figure.state == PROVISIONAL and line.actual is not None:
                found[line.employee, line.period].append(line.indicator)
        return dict(found)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The months for which there are figures, in order."""
        return tuple(sorted({period for _, period in self.measured}))
