"""The register of methods."""

from collections.abc import Callable
from dataclasses import dataclass

from indicators.attainment.assessment import Case, Verdict

Judge = Callable[[Case], Verdict]


@dataclass(frozen=True, slots=True)
class Method:
    """A way to judge: `name` stands in YAML, `title` on the screen."""

    name: str
    title: str
    judge: Judge


METHODS: dict[str, Method] = {}


def method(name: str, title: str) -> Callable[[Judge], Judge]:
    """Registers a function under the name that definitions use."""

    def register(judge: Judge) -> Judge:
        if name in METHODS:
            raise ValueError(f"two methods are named {name}")
        METHODS[name] = Method(name, title, judge)
        return judge

    return register
