"""One source of truth: from the first decision of a person on, the store says what the definitions are."""

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from indicators.__main__ import main
from indicators.catalogue import CatalogueError, texts_of
from indicators.catalogue.editing import with_schema
from indicators.installation import Installation
from indicators.ledger import versions
from indicators.ledger.commits import Upload
from indicators.ledger.versions import Act, ChangedMeanwhileError, Decision, DefinitionsError
from indicators.settings import Settings
from indicators.ui import process, session
from tests.conftest import filled_template
from tests.pages.test_changed_catalogue import rewrite
from tests.pages.test_pages import opened, texts

AT = datetime(2026, 2, 1, 9)
HIGHER = ('targets: [{period: "2030", value: 40.0}]', 'targets: [{period: "2030", value: 90.0}]')


@pytest.fixture
def city(home, monkeypatch):
    monkeypatch.setenv("MONITORING_HOME", str(home))
    found = Installation(Settings())
    versions.register(found.store, found.catalogue(), AT)
    yield found
    found.close()


def edited(city: Installation, old: str, new: str, at: datetime = AT, basis: int | None = None) -> int:
    files = city.texts()
    files["b_bildung.yaml"] = files["b_bildung.yaml"].replace(old, new)
    number = versions.last_number(city.store) if basis is None else basis
    return city.change(files, number, Decision(Act.EDIT, "Kim", at, "Beschluss des Rates"))


class TestOneTruth:
    def test_without_a_decision_the_folder_holds_as_ever(self, city, home):
        rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Aus dem Ordner"))
        assert city.catalogue().indicator("B-01").title == "Aus dem Ordner"
        assert city.offer() is None

    def test_a_decision_holds_and_the_unchanged_folder_is_no_offer(self, city):
        edited(city, *HIGHER)
        assert city.catalogue().indicator("B-01").targets[0].value == 90.0
        assert city.offer() is None

    def test_a_changed_folder_is_offered_once_and_never_taken_in_silence(self, city, home):
        edited(city, *HIGHER)
        rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Aus dem Ordner"))
        assert city.catalogue().indicator("B-01").title == "Betreuungsquote"
        versions.register(city.store, city.catalogue(), AT)
        assert versions.last_number(city.store) == 2
        city.leave(city.offer(), "Kim", AT, "Versehen")
        assert city.offer() is None
        rewrite(home, "b_bildung", lambda text: text.replace("title: Aus dem Ordner", "title: Noch einmal"))
        offer = city.offer()
        city.take_over(offer, 2, "Kim", AT, "aus dem Git")
        assert city.catalogue().indicator("B-01").title == "Noch einmal"
        assert city.catalogue().indicator("B-01").targets[0].value == 40.0
        assert city.offer() is None
        newest = versions.versions(city.store)[0]
        assert (newest.number, newest.act, newest.who, newest.reason) == (3, Act.TAKE, "Kim", "aus dem Git")

    def test_what_was_looked_at_is_what_is_taken(self, city, home):
        edited(city, *HIGHER)
        rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Eins"))
        offer = city.offer()
        rewrite(home, "b_bildung", lambda text: text.replace("title: Eins", "title: Zwei"))
        with pytest.raises(DefinitionsError, match="noch einmal geändert"):
            city.take_over(offer, 2, "Kim", AT, "Grund")
        assert versions.last_number(city.store) == 2

    def test_a_faulty_folder_says_so_and_stops_nobody(self, city, home):
        edited(city, *HIGHER)
        rewrite(home, "b_bildung", lambda text: text.replace("unit: Prozent", "unit: Prozente"))
        assert not city.faults()
        assert isinstance(city.offer().read, CatalogueError)
        with pytest.raises(CatalogueError):
            city.take_over(city.offer(), 2, "Kim", AT, "Grund")

    def test_a_restart_and_a_folder_that_is_gone_change_nothing(self, city, home):
        edited(city, *HIGHER)
        city.close()
        shutil.rmtree(home / "definitions")
        again = Installation(Settings())
        assert again.catalogue().indicator("B-01").targets[0].value == 90.0
        assert again.offer() is None
        again.close()

    def test_the_second_person_is_told_by_name(self, city):
        edited(city, *HIGHER)
        with pytest.raises(ChangedMeanwhileError, match="Kim"):
            edited(city, "title: Betreuungsquote", "title: Anders", basis=1)
        assert versions.last_number(city.store) == 2

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_no_change_without_a_reason(self, city, reason):
        files = city.texts()
        files["b_bildung.yaml"] = files["b_bildung.yaml"].replace(*HIGHER)
        with pytest.raises(DefinitionsError, match="Grund"):
            city.change(files, 1, Decision(Act.EDIT, "Kim", AT, reason))
        assert versions.in_force(city.store) is None

    def test_what_was_checked_under_the_version_before_does_not_bring_it_back(self, city, small_city):
        from indicators.deliveries.staging import confirm, stage

        before = city.catalogue()
        staged = stage(city.store, before, Upload("v.xlsx", filled_template(small_city, 2025), "Kim"), AT)
        edited(city, *HIGHER)
        confirm(city.store, before, staged, AT, dict.fromkeys(staged.to_explain, "so"))
        assert versions.last_number(city.store) == 2
        assert city.catalogue().indicator("B-01").targets[0].value == 90.0
        assert city.store.value("select catalogue from delivery order by id desc limit 1") == 1

    def test_earlier_moments_keep_their_definitions_and_the_way_back_is_a_new_version(self, city):
        edited(city, *HIGHER, at=datetime(2026, 3, 1))
        assert city.definitions_at(datetime(2026, 2, 15)).indicator("B-01").targets[0].value == 40.0
        assert city.go_back(1, 2, "Kim", datetime(2026, 4, 1), "doch nicht") == 3
        assert city.catalogue().indicator("B-01").targets[0].value == 40.0
        assert city.definitions_at(datetime(2026, 3, 15)).indicator("B-01").targets[0].value == 90.0


class TestThePage:
    @pytest.fixture(autouse=True)
    def decided(self, app, home):
        app.run()
        edited(session.installation(), *HIGHER)

    def press(self, app, label: str, key: str, reason: str):
        next(field for field in app.text_input if field.form_id == key).set_value(reason)
        next(button for button in app.button if button.label == label).click()
        app.run()
        return texts(app)

    def test_the_offer_shows_what_differs_and_what_it_does_and_is_taken_over(self, app, home):
        rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Aus dem Ordner"))
        assert "geänderte Dateien" in texts(opened(app, "overview"))
        shown = texts(opened(app, "define"))
        assert "Aus dem Ordner" in shown and "2030: 90" in shown and "2030: 40" in shown
        assert "deutlich hinter dem Pfad" in shown and "auf Kurs" in shown
        assert "nennen Sie den Grund" in self.press(app, "Dateien übernehmen", "define-take", " ")
        shown = self.press(app, "Dateien übernehmen", "define-take", "aus dem Git")
        assert "aus dem Ordner übernommen" in shown and "Geänderte Dateien im Ordner" not in shown
        assert texts(opened(app, "indicator", kennzahl="B-01")).count("Aus dem Ordner")

    def test_left_it_is_offered_no_more_not_even_after_a_restart(self, app, home):
        rewrite(home, "b_bildung", lambda text: text.replace("title: Betreuungsquote", "title: Aus dem Ordner"))
        opened(app, "define")
        self.press(app, "Nicht übernehmen", "define-leave", "Versehen")
        process.end()
        assert "geänderte Dateien" not in texts(opened(app, "overview"))
        assert "Aus dem Ordner" not in texts(opened(app, "indicator", kennzahl="B-01"))
        shown = texts(opened(app, "administration"))
        assert "geänderte Dateien des Katalogs nicht übernommen" in shown

    def test_every_version_shows_what_it_changed_and_the_way_back(self, app):
        shown = texts(opened(app, "define"))
        assert "Beschluss des Rates" in shown and "2030: 90" in shown
        app.selectbox(key="define-version").set_value(1).run()
        shown = self.press(app, "Diese Fassung wieder einsetzen", "define-back", "doch nicht")
        assert "frühere Fassung wieder eingesetzt" in shown
        assert session.catalogue().indicator("B-01").targets[0].value == 40.0


class TestTheCommands:
    @pytest.fixture
    def run(self, home, monkeypatch):
        monkeypatch.setenv("MONITORING_HOME", str(home))

        def invoke(*arguments: object) -> tuple[int, str]:
            result = CliRunner().invoke(main, [str(one) for one in arguments])
            return result.exit_code, result.output + str(result.exception or "")

        return invoke

    def test_out_and_in_again_is_no_change_and_a_change_is_told_before_it_is_made(self, run, home, tmp_path):
        out: Path = tmp_path / "aus"
        assert run("definitions", "export", out)[0] == 0
        assert texts_of(out) == {name: with_schema(text) for name, text in texts_of(home / "definitions").items()}
        assert "Kein Unterschied" in run("definitions", "import", out)[1]
        file = out / "b_bildung.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(*HIGHER), encoding="utf-8")
        told = run("definitions", "import", out)[1]
        assert "2030: 40 → 2030: 90" in told and "Status B-01" in told and "nichts geändert" in told
        code, told = run("definitions", "import", out, "--reason", "aus dem Git", "--by", "Kim")
        assert code == 0 and "Fassung 2" in told
        city = Installation(Settings())
        assert city.catalogue().indicator("B-01").targets[0].value == 90.0
        assert versions.versions(city.store)[0].who == "Kim"
        city.close()

    def test_faulty_files_are_refused_with_file_and_line(self, run, tmp_path):
        run("definitions", "export", tmp_path / "aus")
        file = tmp_path / "aus" / "b_bildung.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("unit: Prozent", "unit: Prozente"), encoding="utf-8")
        code, told = run("definitions", "import", tmp_path / "aus", "--reason", "x")
        assert code == 1 and "b_bildung.yaml, Zeile" in told

    def test_nothing_of_another_folder_is_overwritten_in_silence(self, run, tmp_path):
        run("definitions", "export", tmp_path / "aus")
        file = tmp_path / "aus" / "city.yaml"
        file.write_text("name: Anders\n", encoding="utf-8")
        code, told = run("definitions", "export", tmp_path / "aus")
        assert code == 1 and "city.yaml" in told and file.read_text(encoding="utf-8") == "name: Anders\n"
        assert run("definitions", "export", tmp_path / "aus", "--replace")[0] == 0
        assert "Musterstadt" in file.read_text(encoding="utf-8")

    def test_as_a_workbook_out_and_in_with_faults_at_their_cells(self, run, tmp_path):
        file: Path = tmp_path / "katalog.xlsx"
        assert "als Mappe geschrieben" in run("definitions", "export", file)[1]
        assert run("definitions", "export", file)[0] == 1  # not over another one in silence
        assert "Kein Unterschied" in run("definitions", "import", file)[1]
        book = openpyxl.load_workbook(file)
        sheet = book["Kennzahlen"]
        [place] = [cell.column_letter for cell in sheet[1] if cell.value == "Nachkommastellen"]
        sheet["B2"], sheet[f"{place}2"] = "Quote der Kinder", "viele"
        book.save(file)
        code, told = run("definitions", "import", file, "--reason", "x")
        assert code == 1 and f"Fehler, Blatt „Kennzahlen“ {place}2" in told and "nichts geändert" in told
        sheet[f"{place}2"] = 1
        book.save(file)
        assert "Betreuungsquote → Quote der Kinder" in run("definitions", "import", file)[1]
        code, told = run("definitions", "import", file, "--reason", "aus Excel", "--by", "Kim")
        assert code == 0 and "Fassung 2" in told
        told = run("definitions", "import", file)[1]
        assert "stammt aus Fassung 1" in told and "Kein Unterschied" in told

    def test_what_is_no_workbook_is_told(self, run, tmp_path):
        file = tmp_path / "katalog.xlsx"
        file.write_bytes(b"kein Excel")
        code, told = run("definitions", "import", file, "--reason", "x")
        assert code == 1 and "Excel" in told
