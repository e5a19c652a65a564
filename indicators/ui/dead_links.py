"""Links to what does not exist, or not any more: said in so many words, with the nearest instead of a substitute."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

import streamlit as st
from rapidfuzz import fuzz, process

from indicators.ui import address, html
from indicators.ui.ending import PageEnds

OFFERED = 3


def stop(title: str, text: str, parameter: str, near: Mapping[str, str]) -> NoReturn:
    """Shows this instead of the page: a heading, what is missing, and links to those that are near, by code."""

    def instead() -> None:
        st.title(title)
        st.write(html.plain(text))
        offer(parameter, near)

    keep(parameter)
    raise PageEnds(instead)


def keep(parameter: str) -> None:
    """Leaves in the address what it names, so that a reload says the same."""
    address.note(parameter, st.query_params.get(parameter, ""))
    st.session_state[address.SEEN].pop(parameter, None)


def offer(parameter: str, near: Mapping[str, str]) -> None:
    """Links to this page with another choice."""
    if near:
        others = {name: value for name, value in st.query_params.to_dict().items() if name != parameter}
        links = [
            (html.link(st.session_state.get("page", ""), **{**others, parameter: code}), title)
            for code, title in near.items()
        ]
        html.template("offers", links=links)


def nearest(wanted: str, titles: Mapping[str, str]) -> dict[str, str]:
    """Those whose code is most like the one that was asked for, then those whose title holds it."""
    found = process.extract(
        wanted[:80].casefold(),
        {code: f"{code} {title}".casefold() for code, title in titles.items()},
        scorer=_alike,
        limit=OFFERED,
    )
    return {code: titles[code] for _, _, code in found}


def _alike(wanted: str, title: str, *, score_cutoff: float | None = None) -> float:
    return max(fuzz.ratio(wanted, title.partition(" ")[0]), fuzz.token_set_ratio(wanted, title) - 10)


def absent(wanted: str, options: Sequence[str]) -> list[str]:
    """The codes of a list in an address that are none of the options."""
    return [code for code in dict.fromkeys(wanted.split(",")) if code and code not in options]
