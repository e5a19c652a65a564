"""Values typed into a form: they fill a template of ours, which then goes the way of every delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from indicators import german
from indicators.catalogue import Catalogue
from indicators.datasets import FIGURES
from indicators.datasets import remarks as in_words
from indicators.datasets.figures.kept import FigureKey
from indicators.german import NumberError
from indicators.ledger.commits import Upload
from indicators.model import Breakdown, Flag, Measurement, Sign, Slice
from indicators.periods import Period
from indicators.store import Store
from indicators.templates.sheet import CELL_SIGNS, REMARKS
from indicators.templates.template import Fillings, build_template, file_name, plain

LIMITED = "( )"
Content = float | Sign | tuple[float, str]
_SIGNS = {german.sign(sign): sign for sign in CELL_SIGNS} | {"-": Sign.NOTHING, "...": Sign.LATER}


@dataclass(frozen=True)
class Field:
    """One value to be typed: what is valid now, with its Zusatz, and what was valid for the period before, as text.

    `summed` says that what is valid was worked out from its parts, and will be again.
    """

    breakdown: Breakdown
    title: str
    valid: str
    remark: str
    last: str
    summed: bool = False


def fields(store: Store, catalogue: Catalogue, reporter: str, figure: str, period: Period) -> list[Field]:
    """All breakdowns that the reporter is asked for, in the order of the template."""
    there = catalogue.valid_in(period)
    valid = FIGURES.valid(store, [Slice(figure, reporter, period)])
    last = FIGURES.last_values(store, catalogue, reporter, period)
    found = []
    for breakdown in there.breakdowns_of(figure):
        key = FigureKey(figure, reporter, breakdown, period)
        now = valid[key].content if key in valid else None
        summed = now is not None and Flag.SUMMED in now.flags
        text = _typed(now, catalogue.decimals_of(figure)) if now and not summed else ""
        before = last.get((figure, breakdown), "")
        found.append(Field(breakdown, catalogue.name_of(breakdown), text, _remark(now), before, summed))
    return found


def parse(text: str, remark: str = "") -> Content | None:
    """What was typed into one field: a number, perhaps with its Zusatz, a sign, or nothing. Raises NumberError."""
    typed = text.strip()
    if not typed:
        return None
    if typed in _SIGNS:
        if remark:
            raise NumberError("Ein Zusatz steht nur bei einer Zahl.")
        return _SIGNS[typed]
    number = german.parse_number(typed)
    return (number, remark) if remark else number


def workbook(
    store: Store,
    catalogue: Catalogue,
    piece: Slice,
    values: Fillings,
    by: str,
    at: datetime,
) -> Upload:
    """The template of one base figure with the values in it, as if somebody had filled and sent it.

    The moment in it makes each a file of its own: who types the same number a second time means it.
    """
    last = FIGURES.last_values(store, catalogue, piece.reporter, piece.period)
    own: Mapping[tuple[str, Breakdown], str] = {key: text for key, text in last.items() if key[0] == piece.subject}
    typed = typed_by(by, at)
    said = _still_said(store, catalogue, piece, values)
    content = build_template(
        catalogue, piece.reporter, piece.period, own, values, only=piece.subject, typed=typed, said=said
    )
    return Upload(name(piece), content, by)


def _still_said(store: Store, catalogue: Catalogue, piece: Slice, values: Fillings) -> dict[tuple[str, Breakdown], str]:
    """The remarks in words on values that stay as they are."""
    known = fields(store, catalogue, piece.reporter, piece.subject, piece.period)
    same = {
        one.breakdown for one in known if values.get((piece.subject, one.breakdown)) == parse(one.valid, one.remark)
    }
    return {(piece.subject, one.breakdown): one.text for one in in_words.valid(store, [piece]) if one.breakdown in same}


def typed_by(by: str, at: datetime) -> str:
    return f"am {german.moment(at)} von {by}"


def name(piece: Slice) -> str:
    """`Von-Hand_2026-Q3_FB-51_kinder_u3.xlsx`."""
    stem = file_name(piece.period, piece.reporter).removesuffix(".xlsx")
    return f"Von-Hand_{stem}_{plain(piece.subject)}.xlsx"


def remarks() -> Sequence[str]:
    """What may stand beside a number; the first is nothing."""
    return ("", *REMARKS)


def meaning(remark: str) -> str:
    return f"{remark} {REMARKS[remark]}" if remark else "ohne Zusatz"


def _typed(measured: Measurement, decimals: int) -> str:
    """A valid value as one would type it, with all the digits that it has."""
    if measured.value is None:
        return german.sign(measured.sign or Sign.UNKNOWN)
    return german.typed(measured.value, decimals)


def _remark(measured: Measurement | None) -> str:
    if measured is None or measured.value is None:
        return ""
    if measured.sign is Sign.LIMITED:
        return LIMITED
    return next((flag for flag in measured.flags if flag in REMARKS), "")
