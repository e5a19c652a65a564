"""A long list, page by page."""

from math import ceil

import streamlit as st

from indicators import german


def skipped(total: int, length: int, key: str, *, one: str, many: str) -> int:
    """How many rows stand before the page that is looked at; says how many there are where there is more than one."""
    pages = ceil(total / length)
    if pages < 2:
        return 0
    if st.session_state.get(key, 1) > pages:  # there are fewer than when somebody chose
        st.session_state[key] = pages
    before = length * (st.pagination(pages, key=key) - 1)
    last = min(before + length, total)
    st.caption(f"{german.number(before + 1, 0)} bis {german.number(last, 0)} von {german.counted(total, one, many)}")
    return before
