"""A cell's value in .ods, in the terms that `reader` has for .xlsx.

OpenDocument stores the value and what the sheet's reader saw; where the two say different things (a sign
in place of a number, brackets, thousands), a number format is made that says the same.
"""

import re
from typing import Any


def value_of(cell: dict[str, str], text: str) -> tuple[str, Any, str]:
    """Kind, value and number format, as `reader` has them."""
    if cell.get("calculated-type") == "error" or re.fullmatch(r"#[A-ZÄÖÜ/0?!]+|Err:\d+", text.strip()):
        return "e", text.strip() or "#FEHLER", "General"
    match cell.get("value-type", ""):
        case "float" | "currency" | "percentage":
            number = float(cell.get("value", "nan"))
            if number != number or abs(number) == float("inf"):
                return "e", f"#ZAHL? {text[:40]}", "General"
            percent = cell["value-type"] == "percentage"
            return "n", number, "0.0%" if percent else _shown_as(number, text.strip())
        case "date":
            day = cell.get("date-value", "").removesuffix("T00:00:00")
            return "d", day, _day_shown_as(text.strip())
        case "boolean":
            return "b", int(cell.get("boolean-value") == "true"), "General"
    if "formula" in cell and not text and not cell.get("value-type"):
        return "u", 0, "General"
    return "s", text, "General"


def _day_shown_as(text: str) -> str:
    if re.fullmatch(r"\d{4}", text):
        return "yyyy"
    return "dd.mm.yyyy" if re.search(r"\d\.\s?[\d\w]|\d{4}-|\d/\d", text) else "mmm yyyy"


def _shown_as(number: float, text: str) -> str:
    """A number format for what the sheet shows: a text, brackets, thousands, or plainly the number."""
    bare = re.sub(r"[^\d.,\-−]", "", text).replace("−", "-")
    readings = [bare.replace(".", "").replace(",", "."), bare.replace(",", "")]  # German and English offices
    seen = [float(reading) for reading in readings if re.fullmatch(r"-?\d+\.?\d*", reading)]
    if not seen:
        return f'"{text}";"{text}";"{text}"' if text and '"' not in text else "General"
    exact = any(abs(value - abs(number)) <= 1 for value in map(abs, seen))
    thousands = not exact and any(value and 900 < abs(number / value) < 1100 for value in seen)
    scale = "," if thousands else ""
    if re.fullmatch(r"\(\s*[\d., ]+\)", text):
        return rf"\(0.0{scale}\);\(0.0{scale}\)"
    return f"0.0{scale}" if thousands else "General"
