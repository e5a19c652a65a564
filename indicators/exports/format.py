"""What an export format is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from indicators.figures import Figure


@dataclass(frozen=True)
class ExportFormat:
    """`label` is what the button says, `suffix` begins with a dot; `suits` says whether there is anything to write."""

    label: str
    suffix: str
    mime: str
    render: Callable[[Sequence[Figure]], bytes]
    suits: Callable[[Sequence[Figure]], bool]

    @classmethod
    def of(cls, module: ModuleType) -> "ExportFormat":
        """From a module with LABEL, SUFFIX, MIME and render(); tables suit every format unless it says otherwise."""
        suits = getattr(module, "suits", any_figure)
        return cls(module.LABEL, module.SUFFIX, module.MIME, module.render, suits)


def any_figure(figures: Sequence[Figure]) -> bool:
    return bool(figures)


def any_chart(figures: Sequence[Figure]) -> bool:
    return any(figure.spec is not None for figure in figures)
