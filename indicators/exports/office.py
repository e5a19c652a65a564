"""What Office's programs share: names of dashes, and the forms of numbers."""

DASHES = {
    (1, 0): "solid",
    (6, 3): "dash",
    (2, 2): "square_dot",
    (10, 3, 2, 3): "long_dash_dot",
    (12, 4): "long_dash",
    (3, 3): "round_dot",
    (4, 2): "dash",
    (1, 2): "round_dot",
    (8, 3): "long_dash",
    (6, 2, 1, 2): "dash_dot",
    (2, 4): "square_dot",
    (12, 3, 3, 3): "long_dash_dot",
    (3, 1, 1, 1, 1, 1): "long_dash_dot_dot",
    (8, 2, 2, 2, 2, 2): "long_dash_dot_dot",
}


def number_format(decimals: int, symbol: str, *, limited: bool = False, signed: bool = False) -> str:
    """Excel's form of a German number: the program puts point and comma by the reader's locale."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    number = f'"("{number}")"' if limited else f'+{number};-{number};"±"{number}' if signed else number
    quoted = symbol.replace('"', "")
    return f'{number}"\u00a0{quoted}"' if quoted else number
