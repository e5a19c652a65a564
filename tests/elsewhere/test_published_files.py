"""Files of statistical offices bring comparison values: only what counts the same as a base figure of ours."""

import csv
import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from indicators.boards import trend_figure
from indicators.catalogue import CatalogueError, load
from indicators.datasets.elsewhere import ELSEWHERE
from indicators.deliveries.binding import bound_to
from indicators.deliveries.staging import confirm, stage
from indicators.exports import FORMATS
from indicators.knowledge import elsewhere, snapshot
from indicators.ledger.commits import Upload, withdraw
from indicators.model import Breakdown, Severity
from indicators.periods import Period
from tests.elsewhere import agency
from tests.elsewhere.installation import AGENCY_TABLE, definitions

AT, LATER = datetime(2025, 6, 1), datetime(2025, 7, 1)
LAND, NACHBAR = Breakdown.of(gebiet="land"), Breakdown.of(gebiet="nachbar")
FLAT = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;"
    "1_Auspraegung_Label;2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;KIND01__Kinder__Anzahl\n"
)
LONG = (
    "statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;"
    "1_variable_attribute_code;1_variable_attribute_label;value;value_unit;value_variable_code;value_variable_label\n"
)


def flat(*rows: str, time: str = "2023", head: str = FLAT) -> bytes:
    """Rows „key;name;attribute;value“."""
    lines = []
    for row in rows:
        key, name, attribute, value = row.split(";")
        lines.append(f"99411;Kinderstatistik;STAG;Stichtag;{time};KREISE;Kreise;{key};{name};NAT;Nationalität;"
                     f"{'' if attribute == 'Insgesamt' else 'X'};{attribute};{value}")  # fmt: skip
    return (head + "\n".join(lines) + "\n").encode()


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return load(definitions(tmp_path_factory.mktemp("city") / "definitions"))


@pytest.fixture
def delivered(deliver):
    deliver(("kita_kinder", "FB 51", "2023", "", 30), ("kinder", "FB 51", "2023", "", 100), at=AT)


def staged(store, city, content, name="99411-01-01-5_flat.csv"):
    return stage(store, city, Upload(name, content, "Test"), AT)


def rules(found):
    return [finding.rule for finding in found.findings if finding.severity is Severity.ERROR]


def taken(found):
    return {(row.key.name, dict(row.content)["value"]) for row in found.reading.rows}


def test_a_flat_file_brings_the_areas_that_are_compared_with_and_says_what_it_leaves_out(store, city):
    own, unknown = "99403;Musterstadt;Insgesamt;7", ("99405;Woanders;Insgesamt;8", "99405;Woanders;Ausländer;.")
    neighbour = "99404;  Nachbarstadt, kreisfreie Stadt"
    rows = (f"{neighbour};Insgesamt;1200", "99;Land;Insgesamt;98765", f"{neighbour};Ausländer;300", own, *unknown)
    found = staged(store, city, flat(*rows))
    assert rules(found) == []
    assert taken(found) == {("kinder · nachbar · Zeitraum 2023", 1200.0), ("kinder · land · Zeitraum 2023", 98765.0)}
    [told] = [finding for finding in found.findings if finding.rule == "published-left-out"]
    assert told.message == (
        "Nicht übernommen: 1 Wert eines anderen Ortes, 1 Wert der eigenen Stadt und 2 Werte anderer Abgrenzung."
    )
    row = dict(found.reading.rows[0].content)
    assert row["source"] == "Regionaldatenbank Deutschland, 99411-01-01-5, Kinderstatistik"
    assert row["file"] == "99411-01-01-5_flat.csv, Zeile 3"


def test_the_new_head_of_genesis_and_an_old_encoding_are_read(store, city):
    row = "99411;Kinderstatistik;STAG;Tag;31.12.2023;GEMEIN;Gemeinden;99404000;Nachbarstadt;1200;Anzahl;KIND01;Kinder"
    assert taken(staged(store, city, (LONG + row + "\n").encode("cp1252"))) == {
        ("kinder · nachbar · Zeitraum 2023", 1200.0)
    }


@pytest.mark.parametrize(
    ("content", "name", "rule", "said"),
    [
        (flat("99404;Nachbarstadt;Insgesamt;5", head=FLAT.replace("KIND01__Kinder", "GEB01__Geborene")),
         "99411-01-01-5_flat.csv", "published-other-definition", "GEB01"),
        (flat("99404;Nachbarstadt;Ausländer;5"), "99411-01-01-5_flat.csv", "published-other-definition",
         "KIND01 · Nationalität = Ausländer"),
        (flat("99404;Nachbarstadt;Insgesamt;5").replace(b"99411", b"99999"), "99999-0001_flat.csv",
         "published-other-definition", "99999-0001 · KIND01"),
        (flat("99404;Nachbarstadt;Insgesamt;5", head=FLAT.replace("__Anzahl", "__1000")), "99411-01-01-5_flat.csv",
         "published-other-unit", "„1000“"),
        (flat("99404;Nachbarstadt;Insgesamt;5", time="30.06.2023"), "99411-01-01-5_flat.csv", "published-other-day",
         "30.06.2023"),
        (flat("99404;Land;Insgesamt;5"), "99411-01-01-5_flat.csv", "published-place-contradicts", "„Land“"),
        (flat("99405;Woanders;Insgesamt;5"), "99411-01-01-5_flat.csv", "published-no-place", "Vergleichsgebiete"),
        (flat("99404;Nachbarstadt;Insgesamt;viele"), "99411-01-01-5_flat.csv", "published-not-read", "Zeile 2"),
        (flat("99404;Nachbarstadt;Insgesamt;5", "99404;Nachbarstadt;Insgesamt;6"), "99411-01-01-5_flat.csv",
         "duplicate", "zwei verschiedene Werte"),
    ],
)  # fmt: skip
def test_what_does_not_count_the_same_is_refused_with_the_reason(store, city, content, name, rule, said):
    found = staged(store, city, content, name)
    assert rule in rules(found) and found.blocked
    finding = next(one for one in found.findings if one.rule == rule)
    assert said in f"{finding.message} {finding.remedy}" and finding.remedy


def test_the_file_of_a_land_is_known_by_its_number_and_its_unit(store, city):
    """Decimal points, a row of another unit beside; the key may stand with a K."""
    lines = [
        "Year,Gebietseinheit,Units,GeoCode,Value",
        '2023,"Nachbarstadt",%,K99404,33.5',
        "2023,Land,Anzahl,K99,40.0",
    ]
    found = staged(store, city, "\n".join(lines).encode("utf-8-sig"), "Kita-Monitor 3-1.csv")
    assert rules(found) == [] and taken(found) == {("kita_kinder · land · Zeitraum 2023", 40.0)}
    assert [one.message for one in found.findings] == ["Nicht übernommen: 1 Wert anderer Einheit."]


def test_values_of_other_places_stand_in_chart_and_files_with_their_source_and_go_when_withdrawn(
    store, city, delivered
):
    found = staged(store, city, flat("99404;Nachbarstadt;Insgesamt;1200"))
    confirm(store, city, found, AT, {})
    kita = FLAT.replace("KIND01__Kinder", "KITA__Betreute Kinder")
    second = staged(
        store, city, flat("99404;Nachbarstadt;Insgesamt;300", head=kita).replace(b"99411", b"99541"), "99541-1.csv"
    )
    receipt = confirm(store, city, second, AT, {})
    known = snapshot.take(store, city, LATER, suppressed=True)
    assert [(str(p.period), p.value) for p in known.find("B-01", NACHBAR).points] == [("2023", 25.0)]
    assert known.headline("B-01").latest.value == 30.0 and not known.find("B-01", LAND).points
    figure = trend_figure(known, city.indicators["B-01"], [Breakdown()], [NACHBAR])
    assert (
        "Vergleich: GENESIS-Online, 99541-1, Kinderstatistik; Regionaldatenbank Deutschland, 99411-01-01-5"
        in figure.source
    )
    assert "25,0" in FORMATS["csv"].render([figure]).decode("utf-8-sig")
    assert "Vergleich" not in trend_figure(known, city.indicators["B-01"], [Breakdown()]).source
    withdraw(store, receipt.number, LATER, "Test", "falsche Tabelle")
    again = snapshot.take(store, city, datetime(2025, 8, 1), suppressed=True)
    assert not again.find("B-01", NACHBAR).points and known.stored != again.stored
    assert snapshot.take(store, city, LATER.replace(month=6, day=15), suppressed=True).find("B-01", NACHBAR).points


def test_what_was_delivered_for_a_place_stays_and_is_never_summed(store, city, deliver):
    own, theirs = ("FB 51", "2023", ""), ("FB 51", "2023", "gebiet=nachbar")
    deliver(
        ("kita_kinder", *own, 30), ("kinder", *own, 100), ("kita_kinder", *theirs, 5), ("kinder", *theirs, 10), at=AT
    )
    kita = FLAT.replace("KIND01__Kinder", "KITA__Betreute Kinder")
    for content, name in (
        (flat("99404;Nachbarstadt;Insgesamt;1200"), "99411-01-01-5_flat.csv"),
        (flat("99404;Nachbarstadt;Insgesamt;300", head=kita).replace(b"99411", b"99541"), "99541-1.csv"),
    ):
        confirm(store, city, staged(store, city, content, name), AT, {})
    known = snapshot.take(store, city, LATER, suppressed=True)
    assert [point.value for point in known.find("B-01", NACHBAR).points] == [50.0]
    assert known.headline("B-01").latest.value == 30.0


def test_values_go_on_under_a_new_code_and_are_silent_where_code_or_place_is_gone(store, city, delivered):
    for measure, number, value in (("KIND01", b"99411", 1200), ("KITA", b"99541", 300)):
        content = flat(f"99404;Nachbarstadt;Insgesamt;{value}", head=FLAT.replace("KIND01", measure))
        found = staged(store, city, content.replace(b"99411", number), f"{number.decode()}-01-01-5_flat.csv")
        confirm(store, city, found, AT, {})
    told = elsewhere.values(store, city, LATER)
    all_of = Breakdown()
    assert told["kinder", "nachbar", all_of].keys() == told["kita_kinder", "nachbar", all_of].keys()
    figure = city.base_figures["kinder"].model_copy(update={"code": "alle_kinder", "formerly": ("kinder",)})
    others = {code: one for code, one in city.base_figures.items() if code != "kinder"}
    renamed = replace(city, base_figures=others | {"alle_kinder": figure})
    assert ("alle_kinder", "nachbar", all_of) in elsewhere.values(store, renamed, LATER)
    assert ("kinder", "nachbar", all_of) not in elsewhere.values(store, replace(city, base_figures=others), LATER)
    places = city.dimensions["gebiet"]
    alone = places.model_copy(update={"members": tuple(one for one in places.members if one.code == "land")})
    assert not elsewhere.values(store, replace(city, dimensions=city.dimensions | {"gebiet": alone}), LATER)


def test_the_same_file_twice_is_told_and_a_newer_one_is_a_correction(store, city):
    confirm(store, city, staged(store, city, flat("99404;Nachbarstadt;Insgesamt;1200")), AT, {})
    assert staged(store, city, flat("99404;Nachbarstadt;Insgesamt;1200")).is_settled
    newer = staged(store, city, flat("99404;Nachbarstadt;Insgesamt;1210"))
    [correction] = newer.corrections
    confirm(store, city, newer, LATER, {correction: "revidiert"})
    known = snapshot.take(store, city, datetime(2025, 8, 1), suppressed=True)
    assert known is not None


def test_nobody_but_the_office_brings_them(store, city):
    found = bound_to(staged(store, city, flat("99404;Nachbarstadt;Insgesamt;1200")), ["FB 51"], office=False)
    assert found.blocked and found.reading is None


def test_a_cross_table_with_the_number_of_the_table_in_its_title_is_read(store, city):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["99411-01-01-5: Kinder nach Kreisen, Regionaldatenbank Deutschland"])
    sheet.append([])
    sheet.append(["", "", "2022", "2023"])
    sheet.append(["", "", "Kinder", "Kinder"])
    sheet.append(["", "", "Anzahl", "Anzahl"])
    for row in (["99403", "Musterstadt", 98, 100], ["99404", "Nachbarstadt, kreisfreie Stadt", 1190, 1200],
                ["99405", "Woanders, kreisfreie Stadt", 10, 11]):  # fmt: skip
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    found = staged(store, city, content.getvalue(), "tabelle.xlsx")
    assert rules(found) == []
    assert taken(found) == {("kinder · nachbar · Zeitraum 2022", 1190.0), ("kinder · nachbar · Zeitraum 2023", 1200.0)}
    without = replace(
        city, base_figures={c: f.model_copy(update={"published": ()}) for c, f in city.base_figures.items()}
    )
    assert staged(store, without, content.getvalue(), "tabelle.xlsx").tables is not None  # a department's own table


AGENCY = {"99 Land": (98765, 90000, 8765), "99404 Nachbarstadt, Stadt": (1200, 900, 300),
          "99403 Musterstadt": (100, 90, 10), "99459 Nachbarstadt": (5000, "*", 40), "99405 Woanders": (51, 50, "*"),
          "98 Anderes Land": (8, 7, 1)}  # fmt: skip
AGENCY_DAY = "31. Dezember 2023"


def test_a_workbook_of_the_agency_is_read_with_key_and_name_in_one_cell(store, city):
    """The district around the city has its name and another key; what stands under „darunter“ is another thing."""
    for rows in (AGENCY, {f"{name[name.index(' ') + 1 :]} ({name.split()[0]})": said for name, said in AGENCY.items()}):
        found = staged(store, city, agency.workbook(rows, AGENCY_TABLE, AGENCY_DAY), "svb.xlsx")
        assert rules(found) == []
        assert taken(found) == {
            ("kinder · land · Zeitraum 2023", 98765.0),
            ("kinder · nachbar · Zeitraum 2023", 1200.0),
        }
        assert dict(found.reading.rows[0].content)["source"].startswith("Statistik der Bundesagentur für Arbeit, ")
    [told] = [one.message for one in found.findings if one.rule == "published-left-out"]
    assert told == "Nicht übernommen: 2 Werte anderer Orte, 1 Wert der eigenen Stadt und 13 Werte anderer Abgrenzung."


def test_of_the_agencys_table_a_part_is_taken_where_the_base_figure_is_that_part(store, city):
    kita = city.base_figures["kita_kinder"]
    own = kita.model_copy(update={"published": (f"{AGENCY_TABLE} · Nationalität = Ausländer",), "reference": None})
    of_part = replace(city, base_figures=city.base_figures | {"kita_kinder": own})
    found = staged(store, of_part, agency.workbook(AGENCY, AGENCY_TABLE, AGENCY_DAY), "svb.xlsx")
    assert rules(found) == []
    assert ("kita_kinder · nachbar · Zeitraum 2023", 300.0) in taken(found)


def with_groups(city, **published: str):
    """The city with what is published of foreign children, and an indicator of them."""
    figures = {code: city.base_figures[code].model_copy(update={"published": (*city.base_figures[code].published, line),
                                                                "reference": None})
               for code, line in published.items()}  # fmt: skip
    of_them = city.indicators["B-01"].model_copy(update={"code": "B-09", "headline": FOREIGN})
    return replace(city, base_figures=city.base_figures | figures, indicators=city.indicators | {"B-09": of_them})


FOREIGN = Breakdown.of(herkunft="auslaendisch")
THEIRS = FOREIGN.with_("gebiet", "nachbar")


def test_an_indicator_of_a_part_is_compared_with_what_is_published_of_the_same_part(store, city, deliver):
    counted = (
        ("kita_kinder", "", 30),
        ("kita_kinder", FOREIGN.code, 8),
        ("kinder", "", 100),
        ("kinder", FOREIGN.code, 40),
    )
    deliver(*((code, "FB 51", "2023", group, number) for code, group, number in counted), at=AT)
    grouped = with_groups(
        city,
        kinder="99411-01-01-5 · KIND01 · Nationalität = Ausländer · Gruppe: Auslaendisch",
        kita_kinder="99541 · KITA · Nationalität = Ausländer · gruppe: auslaendisch",
    )
    kita = FLAT.replace("KIND01__Kinder", "KITA__Betreute Kinder")
    rows = ("99404;Nachbarstadt;Insgesamt;1200", "99404;Nachbarstadt;Ausländer;400")
    confirm(store, grouped, staged(store, grouped, flat(*rows)), AT, {})
    alone = snapshot.take(store, grouped, LATER, suppressed=True)
    assert not alone.find("B-09", THEIRS).points, "half of a rate is none"
    content = flat("99404;Nachbarstadt;Insgesamt;300", "99404;Nachbarstadt;Ausländer;60", head=kita)
    second = staged(store, grouped, content.replace(b"99411", b"99541"), "99541-1.csv")
    assert {name for name, _ in taken(second)} == {
        "kita_kinder · nachbar · Zeitraum 2023", "kita_kinder · nachbar · herkunft=auslaendisch · Zeitraum 2023",
    }  # fmt: skip
    receipt = confirm(store, grouped, second, AT, {})
    known = snapshot.take(store, grouped, LATER, suppressed=True)
    assert [point.value for point in known.find("B-09", THEIRS).points] == [15.0]
    assert [point.value for point in known.find("B-01", NACHBAR).points] == [25.0], "the whole stays the whole"
    assert not known.find("B-09", NACHBAR).points and not known.find("B-01", THEIRS).points
    figure = trend_figure(known, grouped.indicators["B-09"], [FOREIGN], [THEIRS])
    assert "15,0" in FORMATS["csv"].render([figure]).decode("utf-8-sig") and "Vergleich: GENESIS" in figure.source
    withdraw(store, receipt.number, LATER, "Test", "falsche Tabelle")
    assert not snapshot.take(store, grouped, datetime(2025, 8, 1), suppressed=True).find("B-09", THEIRS).points


def test_values_of_a_group_are_named_by_it_and_go_on_where_its_member_is_gone(city):
    key = ELSEWHERE.key_for("FB 51", Period.of_year(2023), "kinder · nachbar · herkunft=auslaendisch · Zeitraum 2023")
    assert key.period == Period.of_year(2023)
    shown = ELSEWHERE.row_name(city, key)
    assert shown == f"Kinder, Nachbarstadt, {city.title_of(FOREIGN)}, 2023"
    gone = replace(key, name=key.name.replace("auslaendisch", "weg"))
    assert ELSEWHERE.row_name(city, gone) == "Kinder, Nachbarstadt, herkunft=weg, 2023"


@pytest.mark.parametrize("group", ["Niemand", "auslaendisch, deutsch", "land"])
def test_a_group_that_the_base_figure_does_not_have_is_a_fault_of_the_definitions(tmp_path, group):
    folder = definitions(tmp_path / "definitions")
    path = folder / "b_bildung.yaml"
    path.write_text(path.read_text().replace("99411-01-01-5 · KIND01 · Kinder", f"99411 · KIND01 · Gruppe: {group}"))
    with pytest.raises(CatalogueError, match="Die Gruppe steht nicht unter den Merkmalen dieser Grundzahl"):
        load(folder)


@pytest.mark.parametrize(
    ("rows", "day", "rule"),
    [
        (AGENCY, "30. Juni 2023", "published-other-day"),
        ({"99404 Land": (1, 1, 0), **AGENCY}, AGENCY_DAY, "published-place-contradicts"),
        ({"99405 Woanders": (5, 4, 1), "99406 Sonstwo": (5, 4, 1)}, AGENCY_DAY, ""),
    ],
)
def test_a_table_of_the_agency_of_another_day_or_place_is_not_taken(store, city, rows, day, rule):
    found = staged(store, city, agency.workbook(rows, AGENCY_TABLE, day), "svb.xlsx")
    assert found.blocked and (rule in rules(found) if rule else found.tables is not None)


@pytest.fixture(params=[131_072, 2**31])
def a_limit_of_the_process(request):
    before = csv.field_size_limit(request.param)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("a_limit_of_the_process")
def test_a_file_that_no_office_writes_is_refused_with_a_word(store, city):
    endless = flat("99404;Nachbarstadt;Insgesamt;1") + b'99411;"' + b"x" * 200_000
    assert rules(staged(store, city, endless)) == ["damaged"]
    assert rules(staged(store, city, FLAT.encode())) == ["published-other-definition"]  # nothing but its head


def test_another_csv_file_is_refused_as_before(store, city):
    found = staged(store, city, b"a;b;c\n1;2;3\n", "x.csv")
    assert found.blocked and "CSV" in found.findings[0].message


@pytest.mark.parametrize(("time", "value"), [("irgendwann", "1"), ("2023", "1.200"), ("2023", "1e400")])
def test_a_time_or_number_that_can_be_read_in_two_ways_is_never_guessed(store, city, time, value):
    assert "published-not-read" in rules(staged(store, city, flat(f"99404;Nachbarstadt;Insgesamt;{value}", time=time)))
