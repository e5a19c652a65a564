"""The files that wait to be delivered: chosen in the browser, read and checked once, kept until they are taken over.

A file outlasts the commit of its neighbours, a visit to another page, a reload, a lost connection and a restart of the
server: the address names the attempts, and the archive holds the bytes of each. What is not there any more is said.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from indicators.access import Action, may, permitted
from indicators.datasets.preview import Change
from indicators.deliveries.binding import bound_to
from indicators.deliveries.staging import Staged, keeping_the_rest, stage
from indicators.ledger import archive
from indicators.ledger.commits import Upload, record_upload
from indicators.tables.interpreted import Interpreted, read_interpreted
from indicators.ui import address, session
from indicators.ui.delivering import list_intake, table_intake
from indicators.ui.serving.uploads import release

PARAMETER = "dateien"
ROUND, OPEN, CARRIED, LOST, TAKEN = "upload-round", "files-open", "files-carried", "files-lost", "files-taken"
KEEPS, HELD, TYPED = "files-keep-the-rest", "files-held", "files-typed"
READ, STAGED, RECORDED = "files-read", "files-staged", "files-recorded"
MOST_NAMED = 40


@dataclass(frozen=True)
class Waiting:
    """A file; `key` stands for its name and bytes, `attempt` for its choice (empty where it was brought back).

    `typed` says that it was filled from a form, and lies in no uploader.
    """

    key: str
    upload: Upload
    attempt: str = ""
    typed: bool = False

    @classmethod
    def of(cls, upload: Upload, attempt: str = "") -> "Waiting":
        return cls(hashlib.sha256(upload.name.encode() + upload.content).hexdigest()[:12], upload, attempt)


def choose() -> list[Waiting]:
    """The uploader, and all that waits: what was brought back first. The same file twice is one."""
    state = st.session_state
    if address.arrived():
        state[CARRIED], state[LOST] = _brought_back()
        state[TYPED] = {}
        state[ROUND] = secrets.token_hex(4)  # another uploader: the browser would show files that it has no more
    files = st.file_uploader(
        "Ausgefüllte Vorlagen oder eigene Tabellen (Excel oder LibreOffice)",
        accept_multiple_files=True,
        key=f"uploader-{state[ROUND]}",
    )
    held = {file.file_id for file in files or ()}
    release(state.get(HELD, set()) - held)  # the server's memory of what was taken over or left with the page
    state[HELD] = held
    who, taken = session.user().name, state.setdefault(TAKEN, set())
    fresh = [
        Waiting.of(Upload(file.name, file.getvalue(), who), file.file_id)
        for file in files or ()
        if file.file_id not in taken
    ]
    if fresh:
        state[LOST] = 0
    batch = {one.key: one for one in (*state[CARRIED].values(), *fresh, *state.setdefault(TYPED, {}).values())}
    state[OPEN] = batch
    _forget_others(batch)
    if batch:
        address.note(PARAMETER, ",".join(one.upload.sha256[:16] for one in batch.values()))
    return list(batch.values())


def _brought_back() -> tuple[dict[str, Waiting], int]:
    """What this session had open, or what the address of an earlier one names, and how many are gone for good."""
    known: Mapping[str, Waiting] | None = st.session_state.get(OPEN)
    if known is not None:
        return {key: Waiting(key, one.upload) for key, one in known.items()}, 0
    named = [part for part in (st.query_params.get(PARAMETER) or "").split(",") if part][:MOST_NAMED]
    found = [archive.attempted(session.store(), part, session.user().name) for part in named]
    back = [Waiting.of(Upload(*kept, session.user().name)) for kept in found if kept]
    return {one.key: one for one in back}, found.count(None)


def enter(upload: Upload) -> None:
    """A workbook that was filled from a form waits with the others; one of the same name takes its place."""
    typed = st.session_state.setdefault(TYPED, {})
    for key in [key for key, one in typed.items() if one.upload.name == upload.name]:
        del typed[key]
    found = Waiting.of(upload)
    typed[found.key] = Waiting(found.key, upload, f"{TYPED}-{secrets.token_hex(8)}", typed=True)


def brought_back() -> int:
    """How many of those that wait were not chosen on this visit."""
    return len(st.session_state.get(CARRIED, {}))


def lost() -> int:
    """How many files have to be chosen again."""
    return int(st.session_state.get(LOST, 0))


def attempts() -> int:
    """How many files this session has checked so far."""
    return len(st.session_state.get(RECORDED, ()))


def done(ones: Iterable[Waiting]) -> None:
    """They wait no longer. When nothing does, the uploader is empty again."""
    state = st.session_state
    for one in ones:
        state[OPEN].pop(one.key, None)
        state[CARRIED].pop(one.key, None)
        state[TYPED].pop(one.key, None)
        state[TAKEN].add(one.attempt)
    if not state[OPEN]:
        state[ROUND] = secrets.token_hex(4)


def checked(one: Waiting) -> Staged:
    """As it stands with what is stored, defined and decided by now, and no more than the person may see."""
    staged = whole(one)
    if vanishing(staged) and st.session_state.get(f"{KEEPS}-{one.key}"):
        return keeping_the_rest(session.store(), session.catalogue(), staged, session.now())
    return staged


def whole(one: Waiting) -> Staged:
    """The same as if it replaced everything that it covers."""
    own = permitted(session.user(), Action.DELIVER, session.catalogue().reporters)
    return bound_to(
        list_intake.decided(table_intake.decided(_staged(one, own))), own, office=may(session.user(), Action.DELIVER)
    )


def vanishing(staged: Staged) -> int:
    """How many stored values the file does not hold, so that someone has to say what becomes of them."""
    return 0 if staged.blocked or staged.preview is None else staged.preview.count(Change.VANISHED)


def _staged(one: Waiting, own: list[str]) -> Staged:
    """Checked once for each version of data and definitions; the workbook is read once; each attempt is on record."""
    store, catalogue = session.store(), session.catalogue()
    stamp = (store.data_version, catalogue.version)
    kept = st.session_state.setdefault(STAGED, {})
    if one.key not in kept or kept[one.key][0] != stamp:
        only = own[0] if len(own) == 1 else None
        found = stage(store, catalogue, one.upload, session.now(), only, read=_reader(one.key))
        kept[one.key] = (stamp, bound_to(found, own))
    recorded = st.session_state.setdefault(RECORDED, set())
    if one.attempt and one.attempt not in recorded:
        record_upload(store, one.upload, session.now(), kept[one.key][1].outcome)
        recorded.add(one.attempt)
    return kept[one.key][1]


def _reader(key: str) -> Callable[[bytes, str], Interpreted]:
    """Reading takes a process of its own; checking again, after the commit of another file, need not wait for it."""
    known = st.session_state.setdefault(READ, {})

    def read(content: bytes, name: str) -> Interpreted:
        if key not in known:
            known[key] = read_interpreted(content, name)
        return known[key]

    return read


def _forget_others(batch: Mapping[str, Waiting]) -> None:
    for name in (READ, STAGED):
        st.session_state[name] = {key: kept for key, kept in st.session_state.get(name, {}).items() if key in batch}
