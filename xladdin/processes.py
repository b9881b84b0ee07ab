"""Work shared out to several processes, in chunks; what comes of them is in the chunks' order.

Whoever works is made once in each process.  A process that dies loses nothing: its chunk is done here.
Ctrl-C reaches this process alone; the others end the chunk that they are at, and then themselves.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle  # nosec B403
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST_JOBS = 8
"""More wait for the disk and for the process that hands out work."""
AHEAD = 2
"""Chunks for each process that may be done before an earlier one is."""


def cores() -> int:
    """How many processes can work at once, for this program."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def chunks_of(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of so many; the last may be shorter."""
    chunk: list[T] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def spread(maker: Callable[[], Callable[[T], R]], chunks: Iterable[T], jobs: int) -> Iterator[R]:
    """What a worker makes of each chunk, in their order; one job: all in this process.

    ``maker`` makes a worker; it, the chunks and what comes of them are pickled.  What a worker raises
    is raised here.
    """
    if jobs <= 1:
        work = maker()
        yield from map(work, chunks)
        return
    crew = _Crew(maker, jobs)
    try:
        yield from crew.results(chunks)
    finally:
        crew.end()


@dataclass
class _Hand:
    """A process that works, and the number of the chunk that it is at."""

    process: BaseProcess
    pipe: Connection
    at: int | None = None
    chunk: bytes = b""


@dataclass
class _Crew(Generic[T, R]):
    maker: Callable[[], Callable[[T], R]]
    jobs: int
    hands: list[_Hand] = field(default_factory=list)
    _own: Callable[[T], R] | None = None

    def __post_init__(self) -> None:
        # Not forked: threads of this process (a progress bar's) would be there without running.
        context = multiprocessing.get_context("spawn")
        for _ in range(self.jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            hand = _Hand(process, ours)
            self.hands.append(hand)
            self._send(hand, pickle.dumps(self.maker, pickle.HIGHEST_PROTOCOL))

    def results(self, chunks: Iterable[T]) -> Iterator[R]:
        """Of each chunk; a few are done ahead of the one that is waited for."""
        coming = enumerate(pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL) for chunk in chunks)
        packed: deque[tuple[int, bytes]] = deque()
        done: dict[int, R] = {}
        given, told, more = 0, 0, True
        while True:
            for hand in self.hands:
                if hand.at is None and packed and packed[0][0] < told + AHEAD * self.jobs + 1:
                    hand.at, hand.chunk = packed.popleft()
                    given += 1
                    self._send(hand, hand.chunk)
            if more and len(packed) < self.jobs:
                # Meanwhile the others work.
                found = next(coming, None)
                more = found is not None
                if found is not None:
                    packed.append(found)
                if not self._ended():
                    continue
            if given == told and not packed and not more:
                return
            for hand in self._ended(None if given > told else 0):
                number = hand.at
                if number is not None:
                    done[number] = self._result(hand)
            while told in done:
                yield done.pop(told)
                told += 1

    def _ended(self, seconds: float | None = 0) -> list[_Hand]:
        """Those that have something to say."""
        by_pipe = {id(hand.pipe): hand for hand in self.hands if hand.at is not None}
        pipes = [hand.pipe for hand in self.hands if hand.at is not None]
        return [by_pipe[id(pipe)] for pipe in wait(pipes, seconds)] if pipes else []

    def _send(self, hand: _Hand, data: bytes) -> None:
        # One that is gone is found when its answer does not come.
        with suppress(OSError):
            hand.pipe.send_bytes(data)

    def _result(self, hand: _Hand) -> R:
        chunk, hand.at, hand.chunk = hand.chunk, None, b""
        try:
            answer: tuple[bool, Any] = _read(hand.pipe.recv_bytes())
        except (EOFError, OSError):
            self.hands.remove(hand)
            return self._here(chunk)
        fine, found = answer
        if not fine:
            raise found
        return found  # type: ignore[no-any-return]

    def _here(self, chunk: bytes) -> R:
        if self._own is None:
            self._own = self.maker()
        return self._own(_read(chunk))

    def end(self) -> None:
        """Each ends what it is at; nobody works any more afterwards."""
        for hand in self.hands:
            hand.pipe.close()
        for hand in self.hands:
            hand.process.join()


def _work(pipe: Connection) -> None:
    """What a process does: as told, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        worker = _read(pipe.recv_bytes())()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        while True:
            pipe.send_bytes(_answer(worker, pipe.recv_bytes()))


def _read(data: bytes) -> Any:
    """What came through a pipe that only processes of this run have."""
    return pickle.loads(data)  # noqa: S301  # nosec B301


def _answer(worker: Callable[[Any], Any], data: bytes) -> bytes:
    try:
        answer = (True, worker(_read(data)))
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        try:
            data = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
            _read(data)  # some can be written and not read
        except Exception:
            data = pickle.dumps((False, RuntimeError(repr(error))), pickle.HIGHEST_PROTOCOL)
        return data
