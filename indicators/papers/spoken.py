"""What stands on a slide beside its chart, as lines: the same words in PowerPoint and PDF."""

from indicators import german
from indicators.exports.marking import INVENTED
from indicators.figures import Figure
from indicators.knowledge.decisions import Decision
from indicators.papers.handout import Handout, Page

MOST_DECISIONS = 3
"""So many stand on a finding's slide; all of them in the list at the end."""

Line = tuple[str, str]
"""What it is („Beschluss“, or empty), and what it says."""


def beside(page: Page) -> list[Line]:
    """Finding, the districts of a map in words, changes and what is missing."""
    found = [("", page.sentence)] if page.sentence else []
    found += page.told
    found += [("Seit der letzten Sitzung", change) for change in page.changed]
    return found + [("Ausstehend", one) for one in page.missing]


def in_full(figure: Figure) -> str:
    """Every district of a map with its number, for the notes; a chart that the program draws has its own table."""
    rows = figure.rows if figure.pictured else []
    return "\n".join(" – ".join(str(cell) for cell in row if cell) for row in rows)


def below(page: Page, found: Handout) -> list[Line]:
    """What the office wants said, and what is to be decided."""
    lines = [("Anmerkung", page.remark)] if page.remark else []
    lines += [(f"Beschluss ({one.followed(found.day)})", worded(one)) for one in page.decisions[:MOST_DECISIONS]]
    if more := len(page.decisions[MOST_DECISIONS:]):
        lines.append(("", f"Und {german.counted(more, 'weiterer Beschluss', 'weitere Beschlüsse')} am Ende."))
    return lines


def worded(one: Decision) -> str:
    """Wording, who does it, by when."""
    who = f" – {one.addressee}" if one.addressee else ""
    return f"{one.wording}{who}{f', bis {german.day(one.due)}' if one.due else ''}"


def foot(found: Handout) -> str:
    """City, body and state of the data; that figures are invented is said on every slide."""
    invented = [INVENTED.word] if any(INVENTED.sentence in one.figure.note for one in found.exhibits) else []
    return " · ".join([found.city, found.meeting.name, found.state, *invented])


def opening(found: Handout) -> list[str]:
    """What stands under the title of the first slide."""
    agenda = [f"{number}. {item}" for number, item in enumerate(found.meeting.agenda, start=1)]
    return [found.city, f"{found.meeting.body.name}, {german.day(found.meeting.held_on)}", *agenda, found.state]
