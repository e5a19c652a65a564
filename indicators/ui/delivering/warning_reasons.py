"""Reasons for what was noticed in a file: one for all warnings of a kind, or one each."""

import hashlib
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from indicators.deliveries.staging import Staged
from indicators.foreign_text import LONGEST_REASON
from indicators.model import Finding
from indicators.ui import html

EXAMPLE = "Zum Beispiel: neue Gruppe seit August, mit dem Fachbereich abgestimmt"


def ask(staged: Staged, key: str) -> None:
    """A field for each kind of warning; where there are several of a kind, one each as well, folded away."""
    for same in _kinds(staged.to_explain):
        if len(same) == 1:
            _field(same[0], key)
            continue
        first = same[0]
        st.text_input(
            html.plain(
                f"Grund zu allen {len(same)} Warnungen dieser Art, zum Beispiel {_where(first)}: {first.message}"
            ),
            key=_shared(first, key),
            max_chars=LONGEST_REASON,
            placeholder=EXAMPLE,
        )
        with st.expander(f"Oder einzeln begründen ({len(same)})"):
            for finding in same:
                _field(finding, key)


def given(staged: Staged, key: str) -> dict[Finding, str]:
    """What was typed: its own reason where a warning has one, else that of its kind."""
    typed = st.session_state
    return {
        finding: typed.get(_own(finding, key)) or typed.get(_shared(finding, key)) or ""
        for finding in staged.to_explain
    }


def missing(staged: Staged, key: str) -> list[Finding]:
    """The warnings that have no reason yet."""
    return [finding for finding, reason in given(staged, key).items() if not reason.strip()]


def _kinds(warnings: Sequence[Finding]) -> list[list[Finding]]:
    ordered = sorted(warnings, key=lambda finding: finding.rule)
    return [list(same) for _, same in groupby(ordered, key=lambda finding: finding.rule)]


def _field(finding: Finding, key: str) -> None:
    st.text_input(
        html.plain(f"Grund zu {_where(finding)}: {finding.message}"),
        key=_own(finding, key),
        max_chars=LONGEST_REASON,
        placeholder=EXAMPLE,
    )


def _where(finding: Finding) -> str:
    return finding.place.cell or "Datei"


def _own(finding: Finding, key: str) -> str:
    words = repr((finding.rule, finding.place, finding.message, finding.found))
    return f"reason-{key}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _shared(finding: Finding, key: str) -> str:
    return f"reason-{key}-all-{finding.rule}"
