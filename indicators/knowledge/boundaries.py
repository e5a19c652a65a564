"""Boundaries of districts as known at a moment. Rows are only added; what is withdrawn counts no more from then on."""

import hashlib
from datetime import datetime

from indicators.errors import MonitoringError
from indicators.maps.boundaries import Boundaries, Shapes, Span, packed, unpacked
from indicators.store import Store
from indicators.store.outages import outlasting_restarts

ADD = (
    "insert into boundary select coalesce(max(id), 0) + 1, $dimension, $begin, $end, $shapes, $source, $projection, "
    "$file_name, $sha256, $content, $at, $who from boundary"
)
WITHDRAW = (
    "insert into boundary_withdrawal select coalesce(max(id), 0) + 1, $boundary, $at, $who, $reason "
    "from boundary_withdrawal"
)
KNOWN = (
    "select id, dimension, valid_from, valid_to, shapes, source, file_name, sha256, projection, happened_at, who "
    "from boundary where happened_at <= $moment and id not in "
    "(select boundary from boundary_withdrawal where happened_at <= $moment) order by id"
)
LAST = "select (select coalesce(max(id), 0) from boundary), (select coalesce(max(id), 0) from boundary_withdrawal)"
LONGEST_SOURCE = 200


class BoundaryError(MonitoringError):
    """Boundaries that cannot be kept or withdrawn like this."""


def boundaries(store: Store, moment: datetime) -> tuple[Boundaries, ...]:
    """All that count at the moment, in the order in which they came."""
    return tuple(
        Boundaries(number, dimension, Span(begin, end), unpacked(shapes), source, name, sha256, projection, at, by)
        for number, dimension, begin, end, shapes, source, name, sha256, projection, at, by in store.rows(
            KNOWN, {"moment": moment}
        )
    )


def state(store: Store) -> tuple[int, int]:
    """The last rows: what everything that is made of boundaries is kept under."""
    [(added, withdrawn)] = store.rows(LAST)
    return int(added), int(withdrawn)


@outlasting_restarts
def keep(
    store: Store,
    dimension: str,
    span: Span,
    shapes: Shapes,
    source: str,
    projection: str,
    file: tuple[str, bytes],
    by: str,
    at: datetime,
) -> None:
    """Adds boundaries. Raises BoundaryError where no source is named, or the days do not follow each other."""
    line = " ".join(source.split())
    if not line:
        raise BoundaryError("Bitte die Quelle nennen, etwa „Stadt Köln, CC BY 4.0“. Sie steht unter jeder Karte.")
    if len(line) > LONGEST_SOURCE:
        raise BoundaryError(f"Die Quelle ist zu lang: höchstens {LONGEST_SOURCE} Zeichen.")
    if span.end is not None and span.end < span.begin:
        raise BoundaryError("Der letzte Tag liegt vor dem ersten. Bitte die Tage prüfen.")
    if not shapes:
        raise BoundaryError("Keine Fläche gehört zu einem Gebiet. Es wurde nichts gespeichert.")
    name, content = file
    with store.transaction() as cursor:
        cursor.execute(
            ADD,
            {
                "dimension": dimension,
                "begin": span.begin,
                "end": span.end,
                "shapes": packed(shapes),
                "source": line,
                "projection": projection,
                "file_name": name,
                "sha256": hashlib.sha256(content).hexdigest(),
                "content": content,
                "at": at,
                "who": by,
            },
        )


@outlasting_restarts
def withdraw(store: Store, number: int, by: str, at: datetime, reason: str) -> None:
    """From now on they count no more; earlier ones for the same days count again. Raises BoundaryError."""
    if not reason.strip():
        raise BoundaryError("Bitte nennen Sie den Grund. Er wird gespeichert und später angezeigt.")
    if number not in {one.number for one in boundaries(store, at)}:
        raise BoundaryError("Diese Grenzen gelten nicht mehr. Bitte die Seite neu laden.")
    with store.transaction() as cursor:
        cursor.execute(WITHDRAW, {"boundary": number, "at": at, "who": by, "reason": " ".join(reason.split())})


def original(store: Store, number: int) -> tuple[str, bytes]:
    """The name of the file and its bytes as they came."""
    [(name, content)] = store.rows("select file_name, content from boundary where id = $number", {"number": number})
    return str(name), bytes(content)
