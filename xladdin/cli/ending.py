"""How the program ends, whatever happens: an exit code, and one sentence at most.

Only the standard library and the lowest room are imported here: the fault may lie in anything that
is above, and an interruption may come while it is still being imported.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from xladdin import unforeseen
from xladdin.characters import printable

from .interruption import INTERRUPTED, STOPPED

BROKEN_PIPE = 1
"""As the command line always ended where nobody reads on; there may have been problems to tell."""

Handler = Callable[[int, FrameType | None], object] | int | None


def ended(work: Callable[[], int], about: Callable[[], str]) -> int:
    """The exit code of ``work``; whatever it raises is told.

    ``about`` says what was being done, for the log, without anybody's data.
    """
    with _threads_logged():
        try:
            code = work()
            if code != INTERRUPTED:
                flush()
                return code
            error: BaseException = KeyboardInterrupt()
        except BaseException as raised:
            error = raised
        with _undisturbed():
            return _told(error, about)


def _told(error: BaseException, about: Callable[[], str]) -> int:
    """Tell of an exception; should that fail too, the exit code still says it."""
    code = unforeseen.EXIT_CODE
    try:
        code, said = _ending(error, about)
        if said:
            _say(said)
        flush()
    except BaseException:
        _hush()
    return code


def _ending(error: BaseException, about: Callable[[], str]) -> tuple[int, str]:
    """Exit code and sentence."""
    if isinstance(error, SystemExit):
        return (
            (error.code, "") if isinstance(error.code, int) else (int(error.code is not None), "")
        )
    # Also where an import that it stopped ended as another fault.
    if any(isinstance(each, KeyboardInterrupt) for each in unforeseen.causes(error)):
        return INTERRUPTED, STOPPED
    if isinstance(error, OSError) and error.errno in (errno.EPIPE, errno.EINVAL) and _unread():
        return BROKEN_PIPE, ""
    problem = unforeseen.foreseen(error)
    if problem is not None:
        return 1, f"错误 {problem}"
    logged = unforeseen.record(_what(about), error)
    return unforeseen.EXIT_CODE, unforeseen.sentence(error, logged=logged)


def _what(about: Callable[[], str]) -> str:
    try:
        return about()
    except Exception:
        return "xladdin"


def _unread() -> bool:
    """Whether nobody reads our output any more; then nobody is to be told either."""
    try:
        flush()
    except (OSError, ValueError):
        _hush()
        return True
    return False


def flush() -> None:
    """Write out what is still held back, while there is somebody to tell that it cannot be."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def _say(text: str) -> None:
    """A line on the error stream, in whatever encoding it has."""
    stream = sys.stderr
    if stream is None or stream.closed:
        return
    try:
        stream.write(f"{printable(text)}\n")
    except UnicodeError:
        encoding = getattr(stream, "encoding", None) or "ascii"
        stream.write(f"{text}\n".encode(encoding, "replace").decode(encoding))


def _hush() -> None:
    """Let nothing be written at the very end, where it could only fail with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError, io.UnsupportedOperation):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C does nothing meanwhile: what is told is short."""
    before: Handler = None
    with suppress(ValueError):  # only the main thread may
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        if before is not None:
            with suppress(ValueError):
                signal.signal(signal.SIGINT, before)


@contextmanager
def _threads_logged() -> Iterator[None]:
    """A fault in a thread, such as the progress bar's, goes to the log and not to the screen."""

    def log(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            unforeseen.record("thread", found.exc_value)

    before, threading.excepthook = threading.excepthook, log
    try:
        yield
    finally:
        threading.excepthook = before
