"""The files of the Land Niedersachsen as they are published: the values that were once carried over by hand."""

from dataclasses import replace
from datetime import datetime

import pytest

from indicators.catalogue import load
from indicators.deliveries.staging import Staged, stage
from indicators.ledger.commits import Upload
from indicators.samples.workbooks import read_figures
from indicators.settings import SAMPLE_DEFINITIONS
from tests.deliveries.test_sample_workbooks import FIGURES, SOURCE, U3

ORIGIN = "ausländische Herkunft mindestens eines Elternteils"
PUBLISHED = {
    "auslaendische_bevoelkerung": "Integrationsmonitoring 1-2-1",
    "auslaenderanteil_gemeldet": "Integrationsmonitoring 1-2-2",
    "einbuergerungen": "Integrationsmonitoring 2-3-1",
    "kita_herkunft": f"Integrationsmonitoring 3-1-2 · Kinderbetreuung = {ORIGIN}",
    "kita_u3_herkunft": f"Integrationsmonitoring 3-1-3 · Kinderbetreuung = {U3}",
    "kita_u3_anteil": f"Integrationsmonitoring 3-1-3 · Kinderbetreuung = {U3}",
    "svb_auslaender": "Integrationsmonitoring 5-2-1",
    "svb_auslaenderinnen": "Integrationsmonitoring 5-2-1 · Geschlecht = Frauen",
}


KEYS = {"niedersachsen": "03", "hannover": "03241001", "oldenburg": "03403", "osnabrueck": "03404",
        "wolfsburg": "03103", "salzgitter": "03102", "goettingen": "03159"}  # fmt: skip


def staged_of(store, figure: str, keys: dict[str, str]) -> Staged:
    [number] = [word for word in PUBLISHED[figure].split(" · ")[0].split() if "-" in word]
    path = SOURCE / f"indicator_{number}.csv"
    if not path.exists():
        pytest.skip("the published figures are not on this machine (../shared/real-data)")
    city = load(SAMPLE_DEFINITIONS["braunschweig"])
    named = city.base_figures[figure].model_copy(update={"published": (PUBLISHED[figure],)})
    places = city.dimensions["gebiet"]
    members = [one.model_copy(update={"synonyms": (*one.synonyms, keys.get(one.code, ""))}) for one in places.members]
    dimensions = city.dimensions | {"gebiet": places.model_copy(update={"members": tuple(members)})}
    city = replace(city, base_figures=city.base_figures | {figure: named}, dimensions=dimensions)
    return stage(store, city, Upload(path.name, path.read_bytes(), "Test"), datetime(2026, 1, 1))


@pytest.mark.parametrize("figure", PUBLISHED)
def test_a_file_of_the_land_brings_what_was_carried_over_by_hand(store, figure):
    staged = staged_of(store, figure, KEYS)
    assert not staged.blocked, [finding.message for finding in staged.findings]
    contents = [dict(row.content) for row in staged.reading.rows]
    found = {(content["area"], content["period"]): content["value"] for content in contents}
    wanted = {
        (breakdown.get("gebiet"), str(period)): value
        for period, values in read_figures(FIGURES).items()
        for (code, breakdown), value in values.items()
        if code == figure and breakdown.get("gebiet") and not breakdown.without("gebiet").code
    }
    assert len(wanted) > 50 and wanted.items() <= found.items()  # of day care the sample leaves some years out


def test_a_city_and_the_district_around_it_are_never_taken_for_each_other(store):
    staged = staged_of(store, "svb_auslaender", {})
    told = {finding.rule: finding.message for finding in staged.findings}
    assert staged.blocked
    assert "„Osnabrück, Stadt“ (03404) und „Osnabrück“ (03459)" in told["published-two-places"]
