"""File names that say what is inside and which version of it."""

import hashlib
import re
import unicodedata

from indicators.figures import Figure

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST = 60


def export_name(figure: Figure, content: bytes, suffix: str) -> str:
    """`b-01-betreuungsquote-1a2b3c4d5e6f.xlsx`.

    The twelve digits begin the content's SHA-256: Streamlit's media id samples only parts of a
    large file and its name, so without them one version's download could be served as another's.
    """
    title = slug(f"{figure.key} {figure.title}") or "export"
    return f"{title}-{hashlib.sha256(content).hexdigest()[:12]}{suffix}"


def slug(text: str) -> str:
    """Lower case letters, digits and hyphens; umlauts spelt out; cut at a word."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELT_OUT)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words if len(words) <= LONGEST else words[:LONGEST].rpartition("-")[0] or words[:LONGEST]
