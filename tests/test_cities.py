"""Many cities under one roof: how they are found, what they may not share, and what a fault of one does to others."""

from pathlib import Path

import pytest

from indicators import cities
from indicators.cities import host_name
from indicators.settings import Settings, SettingsError

LAKE = 'store = "ducklake:postgres:dbname=%s host=db.land.de user=%s"\nstore_folder = "%s"\n'


def city(folder: Path, key: str, settings: str = "", host: str | None = None) -> Path:
    home = folder / key
    home.mkdir(parents=True)
    said = f'host = "{key}.land.de"\n' if host is None else host
    (home / "settings.toml").write_text(said + settings, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("nord.land.de", "nord.land.de"),
        ("NORD.Land.de", "nord.land.de"),
        ("nord.land.de:8501", "nord.land.de"),
        ("nord.land.de.", "nord.land.de"),
        ("nord.land.de.:443", "nord.land.de"),
        (" nord.land.de ", "nord.land.de"),
        ("nord.land.de..", ""),
        ("nord.land.de:", ""),
        ("nord.land.de:x", ""),
        ("wer@nord.land.de", ""),
        ("nord.land.de/x", ""),
        ("nord.land.de, sued.land.de", ""),
        ("[::1]:80", ""),
        ("", ""),
    ],
)
def test_a_host_is_read_as_browsers_and_proxies_send_it(said, name):
    assert host_name(said) == name


def test_a_city_is_found_by_any_of_its_hosts_and_by_no_other(tmp_path):
    city(tmp_path, "nord")
    city(tmp_path, "koeln", host='host = ["köln.land.de", "KOELN.land.de."]\n')
    found = cities.read(tmp_path)
    assert [one.key for one in found.by_key.values()] == ["koeln", "nord"]
    for host in ("xn--kln-sna.land.de", "koeln.land.de:8501"):
        assert found.at([host]).key == "koeln"
    assert found.at(["nord.land.de"]).folder == tmp_path / "nord"
    for hosts in (["land.de"], ["x.nord.land.de"], ["nord.land.de.evil"], [], ["nord.land.de", "koeln.land.de"], [""]):
        assert found.at(hosts) is None


def test_what_is_no_city_is_none(tmp_path):
    city(tmp_path, "nord")
    city(tmp_path, ".snapshot")
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "liesmich.txt").write_text("x")
    assert list(cities.read(tmp_path).by_key) == ["nord"]


def test_a_citys_file_wins_over_the_environment_which_says_what_holds_for_all(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITORING_LOCAL_USER", "Land")
    monkeypatch.setenv("MONITORING_KEEP_DAILY", "3")
    city(tmp_path, "nord", 'local_user = "Nord"\n')
    city(tmp_path, "sued")
    nord, sued = cities.read(tmp_path).by_key.values()
    assert (nord.settings.local_user, sued.settings.local_user) == ("Nord", "Land")
    assert nord.settings.keep_daily == sued.settings.keep_daily == 3
    assert nord.settings.database == tmp_path / "nord" / "data" / "monitoring.duckdb"
    assert sued.settings.definitions == tmp_path / "sued" / "definitions"
    assert (sued.settings.city, sued.settings.report_folder) == ("sued", tmp_path / "sued" / "bericht")


def lake(database: str, user: str, folder: str) -> str:
    return LAKE % (database, user, folder)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", 'host = ["b.de", "A.DE."]\n', "denselben Rechnernamen"),
        ('database = "%s/x.duckdb"\n', 'host = "b.de"\ndatabase = "%s/./x.duckdb"\n', "dieselbe Datenbank"),
        (lake("m", "a", "/srv/a"), 'host = "b.de"\n' + lake("m", "b", "/srv/b"), "dieselbe Datenbank"),
        (lake("a", "m", "/srv/a"), 'host = "b.de"\n' + lake("b", "m", "/srv/a/"), "denselben Datenordner"),
    ],
)
def test_two_that_share_an_address_or_their_figures_are_refused_with_their_names(tmp_path, first, second, told):
    for key, said in (("nord", 'host = "a.de"\n' + first), ("sued", second), ("west", 'host = "w.de"\n')):
        city(tmp_path, key, host=said.replace("%s", str(tmp_path)))
    with pytest.raises(SettingsError, match=f"Die Städte nord und sued haben {told}"):
        cities.read(tmp_path)


def test_two_databases_on_one_server_are_two(tmp_path):
    city(tmp_path, "nord", LAKE % ("nord", "m", "/srv/nord"))
    city(tmp_path, "sued", LAKE % ("sued", "m", "/srv/sued"))
    assert len(cities.read(tmp_path).usable) == 2


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("session_hour = 3\n", "session_hour"),
        ("session_hours = \n", "lässt sich nicht lesen"),
        ('host = "https://sued.land.de"\n', "ohne https://"),
        ('city = "nord"\nsession_hours = "x"\n', "session_hours"),
    ],
)
def test_a_faulty_file_is_its_own_citys_alone(tmp_path, fault, told):
    city(tmp_path, "nord")
    city(tmp_path, "sued", host=fault)
    found = cities.read(tmp_path)
    assert [one.key for one in found.usable] == ["nord"]
    assert told in found.by_key["sued"].problem
    with pytest.raises(SettingsError, match=r"sued/settings\.toml"):
        found.named("sued")


def test_no_file_makes_one_city_another(tmp_path):
    city(tmp_path, "sued", 'city = "nord"\n')
    assert cities.read(tmp_path).named("sued").settings.city == "sued"


def test_a_city_without_a_host_is_told_and_found_nowhere(tmp_path):
    city(tmp_path, "nord", host="")
    found = cities.read(tmp_path)
    assert "host" in found.by_key["nord"].problem and not found.by_host
    assert found.named("nord").settings


def test_roles_from_claims_need_the_claim_of_the_cities(tmp_path, monkeypatch):
    city(tmp_path, "nord", 'role_claim = "groups"\n')
    city(tmp_path, "sued")
    with pytest.raises(SettingsError, match=r"In nord kommen Rollen .* city_claim"):
        cities.read(tmp_path)
    monkeypatch.setenv("MONITORING_CITY_CLAIM", "staedte")
    assert cities.read(tmp_path).named("nord").settings.city_claim == "staedte"


def test_without_a_city_nothing_is_done(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITORING_CITIES", str(tmp_path))
    with pytest.raises(SettingsError, match="--city"):
        Settings()
    monkeypatch.setenv("MONITORING_HOME", str(tmp_path))
    for refused in (Settings, cities.all_cities):
        with pytest.raises(SettingsError, match="schließen sich aus"):
            refused()


def test_a_folder_that_is_none_and_a_city_that_is_none_are_told(tmp_path):
    with pytest.raises(SettingsError, match="gibt es nicht"):
        cities.read(tmp_path / "nirgends")
    city(tmp_path, "nord")
    with pytest.raises(SettingsError, match=r"„west“ .* Es gibt: nord"):
        cities.read(tmp_path).named("west")
