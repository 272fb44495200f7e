"""What a path may name: a file that is read, or one that is written under a name that says what it holds."""

from pathlib import Path

from socialimpact.errors import ImpactError, Problem


def is_device(path: Path) -> bool:
    """Tell whether a path is a pipe, a terminal or the like, which keeps nothing."""
    return path.exists() and not path.is_file() and not path.is_dir()


def refuse_directory(path: Path) -> None:
    """Refuse a directory where a file is meant.

    Raises
    ------
    ImpactError
        It is one.
    """
    if path.is_dir():
        raise ImpactError(f"`{path}` is a directory: name a file in it")


def check_target(path: Path, *endings: str) -> None:
    """Refuse a path at which a file of this form cannot stand, before anything is worked out.

    Raises
    ------
    ImpactError
        A directory stands there, the name ends in what the file is not, or its folder does not exist.
    """
    refuse_directory(path)
    if is_device(path):
        return
    if path.suffix.lower() not in endings:
        raise ImpactError(f"`{path}` does not end in {' or '.join(endings)}, as what is written here does")
    refuse_no_folder(path)


def refuse_no_folder(path: Path) -> None:
    """Refuse a path of a file to write in a folder that does not exist.

    Raises
    ------
    ImpactError
        There is none, or something else stands there.
    """
    folder = path.parent
    if not folder.exists():
        raise ImpactError(f"`{path}` cannot be written: there is no folder `{folder}`")
    if not folder.is_dir():
        raise ImpactError(f"`{path}` cannot be written: `{folder}` is no folder")


_TABLES = frozenset({".csv", ".tsv"})


def document_at(path: Path) -> bytes:
    """Give the content of a file that is no table by its name.

    Raises
    ------
    ImpactError
        The path is a directory's, or its name ends as those of tables do.
    OSError
        It cannot be read.
    """
    refuse_directory(path)
    if path.suffix.lower() in _TABLES and not is_device(path):
        message = "this is a table by its name, and a document is a text in TOML or JSON"
        raise ImpactError(f"{path.name}: {message}", [Problem(path.name, "", None, None, message)])
    return content_at(path)


def check_readable(path: Path, ending: str) -> None:
    """Refuse a path of a file that is in another form than the one that is read.

    Raises
    ------
    ImpactError
        A directory stands there, or the name ends otherwise.
    """
    refuse_directory(path)
    if not is_device(path) and path.suffix.lower() != ending:
        message = f"only {ending} can be read: save it as {ending} in your spreadsheet"
        raise ImpactError(f"{path.name}: {message}", [Problem(path.name, "", None, None, message)])


def content_at(path: Path, most: int = -1) -> bytes:
    """Give the content of a file, or so many bytes of it.

    Raises
    ------
    ImpactError
        The path is a directory's.
    OSError
        It cannot be read.
    """
    refuse_directory(path)
    with path.open("rb") as opened:
        return opened.read(most)
