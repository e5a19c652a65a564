"""The formats of a report: one module each, with LABEL, SUFFIX, MIME and render(report) → bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from indicators.reports import annex, pdf, pictures, slides, web, word
from indicators.reports.report import Report


@dataclass(frozen=True)
class ReportFormat:
    label: str
    suffix: str
    mime: str
    render: Callable[[Report], bytes]

    @classmethod
    def of(cls, module: ModuleType) -> "ReportFormat":
        return cls(module.LABEL, module.SUFFIX, module.MIME, module.render)


FORMATS = {
    "pdf": ReportFormat.of(pdf),
    "docx": ReportFormat.of(word),
    "pptx": ReportFormat.of(slides),
    "xlsx": ReportFormat.of(annex),
    "zip": ReportFormat.of(pictures),
    "html": ReportFormat.of(web),
}
"""To add one, write such a module and its line here."""
