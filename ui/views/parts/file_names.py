"""What a file is called that somebody named in a dialog."""

from pathlib import Path


def ending_in(ending: str, chosen: str) -> Path:
    """The chosen place with an ending such as ``.csv``, which is added where it lacks.

    A name may have a point of its own: 租金 1.5 万 must not become 租金 1, which may stand there already.
    """
    path = Path(chosen)
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)
