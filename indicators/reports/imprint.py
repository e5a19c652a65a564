"""What every Office file of ours says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Imprint:
    """`state` names the state of the data; `word_template` (.docx) is the city's own, empty where it has none."""

    title: str
    city: str
    state: str
    word_template: bytes = b""
