"""Writing a file whole or not at all."""

import contextlib
import os
import secrets
from pathlib import Path

from socialimpact.paths import is_device, refuse_directory


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it: beside its place first, then into it.

    Raises
    ------
    ImpactError
        A folder stands in the place.
    OSError
        The folder does not exist or cannot be written; nothing is left behind.
    """
    place = Path(os.path.realpath(target))
    refuse_directory(target)
    if is_device(place):  # takes bytes, and stays
        place.write_bytes(content)
        return
    beside = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
        beside.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(target)) from None
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
