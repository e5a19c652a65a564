"""The running numbers of charts and tables."""

from dataclasses import replace

from indicators.reports.report import Chapter, Entry, Exhibit, Report


def numbered(report: Report) -> Report:
    """The same with the running numbers of charts and tables, in the order in which every format shows them."""
    counts = {"chart": 0, "table": 0}

    def number(exhibit: Exhibit | None) -> Exhibit | None:
        if exhibit is None:
            return None
        for form in counts:
            counts[form] += bool(getattr(exhibit, form))
        return replace(
            exhibit,
            chart=counts["chart"] if exhibit.chart else 0,
            table=counts["table"] if exhibit.table else 0,
        )

    def of(entry: Entry) -> Entry:
        shown, drawn = number(entry.shown), number(entry.map)
        verdicts = tuple(replace(one, chart=number(one.chart), steps=number(one.steps)) for one in entry.verdicts)
        return replace(entry, shown=shown, map=drawn, verdicts=verdicts)

    def of_chapter(chapter: Chapter) -> Chapter:
        overview, entries = number(chapter.overview), tuple(of(entry) for entry in chapter.entries)
        return replace(chapter, overview=overview, entries=entries, measures=number(chapter.measures))

    overview = number(report.overview)
    chapters = tuple(of_chapter(chapter) for chapter in report.chapters)
    progress = tuple(one for exhibit in report.progress if (one := number(exhibit)))
    further = tuple(
        replace(section, exhibits=tuple(one for exhibit in section.exhibits if (one := number(exhibit))))
        for section in report.further
    )
    return replace(report, overview=overview, chapters=chapters, progress=progress, further=further)
