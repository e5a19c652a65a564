"""The address of a view. Read where a link was followed, written once a run and in one go: so Back is one press.

Streamlit would make an entry in the browser's history of every parameter that is set on its own.
"""

import streamlit as st

SEEN, PENDING, ARRIVED = "address-seen", "address-pending", "address-arrived"


def begin(*, arrived: bool) -> None:
    """Before a page runs. Whoever has just arrived there follows a link, or the way back, with all that it names."""
    st.session_state[PENDING] = {}
    st.session_state[ARRIVED] = arrived
    if arrived:
        st.session_state[SEEN] = {}


def arrived() -> bool:
    """Whether the person has just come to this page, from another one or from outside."""
    return bool(st.session_state.get(ARRIVED, True))


def followed(parameter: str, held: object = None) -> str | None:
    """What the address asks for anew since the page wrote it last; None where it is as the page left it.

    `held` is what the session holds in its place. Where that is not what the page noted last, the person has just
    picked it, and the browser may not have written the address of before yet: that is no link.
    """
    wanted, seen = st.query_params.get(parameter), st.session_state.get(SEEN, {})
    if held is not None and held != seen.get(parameter, held):
        return None
    return wanted if wanted != seen.get(parameter) else None


def note(parameter: str, value: str) -> None:
    """What is to stand in the address after this run."""
    st.session_state.setdefault(PENDING, {})[parameter] = value
    st.session_state.setdefault(SEEN, {})[parameter] = value


def noted() -> dict[str, str]:
    """All that stands there after this run, as far as the page has come."""
    return dict(st.session_state.get(PENDING, {}))


def write() -> None:
    """After the page has run, also where it stopped early. What is not noted has nothing to say here, and goes."""
    if (pending := noted()) and st.query_params.to_dict() != pending:
        st.query_params.from_dict(pending)
