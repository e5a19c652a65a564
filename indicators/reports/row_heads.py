"""Row heads in a tagged PDF: typst marks a table's first row, the first cell of each further row is marked here.

Not where heads would outnumber what they are heads of, as with a single row or two columns: that helps nobody.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def with_row_heads(content: bytes) -> bytes:
    """Each body row's first cell becomes a TH with Scope Row, and the other cells of the row name it in Headers."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.StructTreeRoot
        heads = dict(_entries(root.IDTree)) if "/IDTree" in root else {}
        for number, row in enumerate(_rows(root)):
            _mark(pdf, row, f"zeile-{number:05}".encode(), heads)
        if heads:
            ordered = [part for key in sorted(heads) for part in (String(key), heads[key])]
            leaf = Dictionary(Names=Array(ordered), Limits=Array([String(min(heads)), String(max(heads))]))
            root.IDTree = pdf.make_indirect(Dictionary(Kids=Array([pdf.make_indirect(leaf)])))
        _end_plainly(pdf)
        small = _saved(pdf, pikepdf.ObjectStreamMode.generate)
        # Streams that qpdf itself makes may end like that too; without them the file is larger.
        return small if _ends_plainly(small) else _saved(pdf, pikepdf.ObjectStreamMode.disable)


def _saved(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    written = io.BytesIO()
    pdf.save(written, deterministic_id=True, object_stream_mode=mode)
    return written.getvalue()


def _ends_plainly(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = (found for found in pdf.objects if isinstance(found, pikepdf.Stream))
        return not any(found.read_raw_bytes().endswith(b"\r") for found in streams)


def _end_plainly(pdf: pikepdf.Pdf) -> None:
    """A stream whose last byte is a carriage return looks one byte shorter than it says; PDF/A demands the length.

    What stands behind the end of compressed data is not read.
    """
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream) and found.get("/Filter") == Name.FlateDecode:
            raw = found.read_raw_bytes()
            if raw.endswith(b"\r"):
                found.write(raw + b"\n", filter=Name.FlateDecode, decode_parms=found.get("/DecodeParms"))


def _mark(pdf: pikepdf.Pdf, row: Dictionary, name: bytes, heads: dict[bytes, Dictionary]) -> None:
    cells = [kid for kid in _kids(row) if kid.get("/S") in (Name.TD, Name.TH)]
    if len(cells) < 2 or cells[0].get("/S") == Name.TH:
        return
    first, *others = cells
    first.S = Name.TH
    first.ID = String(name)
    first.A = Array([Dictionary(O=Name.Table, Scope=Name.Row), *_attributes(first)])
    heads[name] = first
    for cell in others:
        attributes = _attributes(cell)
        table = next((found for found in attributes if found.get("/O") == Name.Table), None)
        if table is None:
            table = Dictionary(O=Name.Table)
            attributes.append(table)
        table.Headers = Array([*table.get("/Headers", Array()), String(name)])
        cell.A = Array(attributes)


def _attributes(cell: Dictionary) -> list[Dictionary]:
    """Copies, since typst lets equal cells share one."""
    found = cell.get("/A")
    if found is None:
        return []
    several = list(found) if isinstance(found, Array) else [found]
    return [Dictionary(dict(one.items())) for one in several if isinstance(one, Dictionary)]


def _rows(root: Dictionary) -> Iterator[Dictionary]:
    """Rows of table bodies, wherever they stand, where more cells than heads are left."""
    waiting = list(_kids(root))
    while waiting:
        element = waiting.pop()
        if element.get("/S") == Name.TBody:
            rows = [kid for kid in _kids(element) if kid.get("/S") == Name.TR]
            columns = len(_kids(rows[0])) if rows else 0
            if columns + len(rows) <= (columns - 1) * len(rows):
                yield from rows
        else:
            waiting += _kids(element)


def _kids(element: Dictionary) -> list[Dictionary]:
    found = element.get("/K", Array())
    several = list(found) if isinstance(found, Array) else [found]
    return [kid for kid in several if isinstance(kid, Dictionary) and kid.get("/Type") != Name.MCR]


def _entries(node: Dictionary) -> Iterator[tuple[bytes, Dictionary]]:
    """The pairs of a name tree."""
    names = list(node.get("/Names", Array()))
    yield from ((bytes(names[place]), names[place + 1]) for place in range(0, len(names), 2))
    for kid in node.get("/Kids", Array()):
        yield from _entries(kid)
