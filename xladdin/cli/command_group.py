"""How every command of ours is made: its help is Chinese, and it can list every problem."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from xladdin import console

from . import help_page
from .command_table import COMMANDS, LateCommands

Every = Annotated[
    bool, typer.Option(console.EVERY, help="逐条列出全部问题，同样的问题也不合并成一行")
]


class Command(TyperCommand):
    """A command with our help."""

    def get_help(self, ctx: Any) -> str:
        return help_page.page(self, ctx)


class Group(TyperGroup):
    """A group of commands with our help."""

    def get_help(self, ctx: Any) -> str:
        return help_page.page(self, ctx)


class LateGroup(Group):
    """The group of all commands, which imports one when it is asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = LateCommands(COMMANDS, Commands)  # type: ignore[assignment]  # never written


class Commands(typer.Typer):
    """A group whose commands are ours."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": Group, "no_args_is_help": True, **settings})

    def command(  # type: ignore[override]  # Typer's own has twenty parameters
        self, name: str | None = None
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        register = super().command(name, cls=Command)

        def made(function: Callable[..., Any]) -> Callable[..., Any]:
            register(_unfoldable(function))
            return function

        return made


def _unfoldable(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command with one option more, of which the command itself need not know.

    One that has an ``every`` of its own, of whatever it lists, has both by the same ``--all``.
    """
    own = "every" in inspect.signature(function).parameters

    @functools.wraps(function)
    def run(*arguments: Any, every: bool = False, **options: Any) -> Any:
        console.unfold(every)
        done = function(*arguments, **({**options, "every": every} if own else options))
        # Of somebody who sits there; what a script does next, nobody needs to suggest.
        if console.out.is_terminal:
            _remember(function.__name__, options)
        return done

    hints = {"every": Every, **get_type_hints(function, include_extras=True)}
    option = inspect.Parameter("every", inspect.Parameter.KEYWORD_ONLY, default=False)
    parameters = [*inspect.signature(function).parameters.values(), *([] if own else [option])]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [each.replace(annotation=hints[each.name]) for each in parameters]
    )
    run.__annotations__ = hints
    return run


def _remember(command: str, options: dict[str, Any]) -> None:
    from xladdin.app.recent_use import remember  # noqa: PLC0415 - help waits for nothing of it

    remember(command, options)
