"""One writer at a time: a lock on a file that processes and machines respect.

The lock is the operating system's own (flock, on Windows LockFileEx) on an empty hidden file beside
the one that is to be written.  It ends with the process, however that ends: nobody has to clear a
lock away after a crash.  The empty file is removed with the lock; one that a killed run has left
does no harm, and the next run takes it over.

What holds on a network share: Windows machines with one share (SMB) exclude each other, and so do
Linux machines with one mount (NFS 4, NFS 3 with its lock service, SMB from Linux 5.5 on).  What
does not hold: a share mounted with ``nolock``, ``nobrl`` or ``local_lock``; somebody who works on
the server's own disk while others come over the network; folders that a cloud service copies (each
machine has a file of its own).  Where there are no locks at all, the work goes on without: whoever
writes also looks, last thing before the renaming, whether the file is still the one that was read
(``files.save_if_same``), so that what is lost without a lock is the moment between the two.
Office programs do not ask for this lock; ``files.in_use`` sees their own.
"""

from __future__ import annotations

import errno
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

WAIT = 10.0
"""Seconds for which a run waits for another one; writing takes a fraction of one."""
NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)
"""What file systems say that know no locks."""


class BusyError(Exception):
    """Another run holds the lock, and did not give it back in time."""


@contextmanager
def locked(path: Path, wait: float = WAIT) -> Iterator[None]:
    """Keep others from writing a file, which need not be there yet; its folder must.

    Raises BusyError after ``wait`` seconds, OSError where the folder may not be written.
    """
    place = lock_file(path)
    # Everybody may take over the lock that somebody else has left.
    lock = FileLock(place, mode=0o666, fallback_to_soft=False)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise BusyError(str(path)) from error
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
    try:
        yield
    finally:
        _release(lock, place)


def _release(lock: FileLock, place: Path) -> None:
    if lock.is_locked and os.name != "nt":
        # While it is held: who waits for it sees that it is gone, and makes a new one.  On Windows
        # the library removes it.
        with suppress(OSError):
            place.unlink()
    lock.release()


def tidy(path: Path) -> None:
    """Remove the empty file that a killed run has left, unless somebody holds the lock."""
    with suppress(BusyError, OSError):
        if lock_file(path).exists():
            with locked(path, wait=0):
                pass


def lock_file(path: Path) -> Path:
    """The hidden file of a file's lock: one for every spelling of its name, and short."""
    name = unicodedata.normalize("NFC", path.resolve().name).casefold()
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:16]
    return path.resolve().with_name(f".xladdin-{digest}.lock")
