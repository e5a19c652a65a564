"""Files that go in and out of a really running server: whose they are, and how much of them is kept."""

import pytest

from tests.attack.visiting import Tab, Visitor

pytestmark = pytest.mark.slow

MEGABYTE = 1 << 20


def put(visitor: Visitor, address: str, size: int = 1000) -> int:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\n' + bytes(size) + b"\r\n--x--\r\n"
    )
    return visitor.ask(address, body, "PUT", **{"Content-Type": "multipart/form-data; boundary=x"}).status


def fetched(tab: Tab, ticket: str, session_id: str = "") -> str:
    """The address of a prepared file. Raises TimeoutError where the server gives none."""
    tab.fetch(ticket, session_id)
    return tab.answer("backend_operation_response", seconds=3).backend_operation_response.deferred_file.url


class TestUploads:
    @pytest.mark.parametrize("role", ["", "reader", "steering", "administrator"])
    def test_whoever_may_not_deliver_is_told_no_address(self, city, role):
        with city.visitor(role).tab() as tab:
            tab.open("overview")
            with pytest.raises(TimeoutError):
                tab.upload_address()

    @pytest.mark.parametrize("role", ["", "reader", "steering", "administrator"])
    def test_and_leaves_nothing_at_an_address_of_their_own_making(self, city, role):
        visitor = city.visitor(role)
        with visitor.tab() as tab:
            tab.open("overview")
            assert put(visitor, f"_stcore/upload_file/{tab.session_id}/x") == 403

    @pytest.mark.parametrize("role", ["office", "reporter"])
    def test_whoever_delivers_may(self, city, role):
        visitor = city.visitor(role)
        with visitor.tab() as tab:
            tab.open("deliver")
            assert put(visitor, tab.upload_address()) == 204

    def test_only_into_a_session_of_ones_own(self, city):
        other = city.visitor("reporter")
        with city.visitor("office").tab() as tab:
            tab.open("deliver")
            address = tab.upload_address()
            assert put(other, address) == 403
            assert other.ask(address, method="DELETE").status == 403

    def test_a_reporter_without_anyone_to_deliver_for(self, city):
        visitor = city.visitor("reporter", stelle=[])
        with visitor.tab() as tab:
            tab.open("deliver")
            assert put(visitor, f"_stcore/upload_file/{tab.session_id}/x") == 403

    def test_one_person_fills_no_more_than_their_share_in_however_many_tabs(self, city):
        visitor, colleague = city.visitor("office", "viel"), city.visitor("office", "anders")
        with visitor.tab() as first, visitor.tab() as second, colleague.tab() as other:
            for tab in (first, second, other):
                tab.open("deliver")
            answers = [put(visitor, tab.upload_address(), 9 * MEGABYTE) for _ in range(8) for tab in (first, second)]
            assert answers == [204] * 11 + [413] * 5
            assert put(visitor, first.upload_address(), 100) in (204, 413)
            assert put(colleague, other.upload_address(), 9 * MEGABYTE) == 204

    def test_what_is_taken_back_makes_room(self, city):
        visitor = city.visitor("office", "raum")
        with visitor.tab() as tab:
            tab.open("deliver")
            addresses = [tab.upload_address() for _ in range(12)]
            answers = [put(visitor, address, 9 * MEGABYTE) for address in addresses]
            assert answers == [204] * 11 + [413]
            assert visitor.ask(addresses[0], method="DELETE").status == 204
            assert put(visitor, addresses[-1], 9 * MEGABYTE) == 204

    def test_a_session_that_ends_makes_room(self, city):
        visitor = city.visitor("office", "ende")
        for _ in range(2):
            with visitor.tab() as tab:
                tab.open("deliver")
                assert [put(visitor, tab.upload_address(), 9 * MEGABYTE) for _ in range(5)] == [204] * 5


class TestPreparedFiles:
    def test_a_file_lies_there_until_its_browser_has_fetched_it_however_many_others_look(self, city):
        """Streamlit forgets what was made on request after two runs of anybody's page."""
        office, other = city.visitor("office"), city.visitor("steering")
        with office.tab() as tab, other.tab() as beside:
            tab.open("indicator")
            address = fetched(tab, tab.prepared()[0])
            for page in ("overview", "field", "definitions"):
                beside.open(page)
            assert office.ask(address).status == 200
            assert other.ask(address).status == 404

    def test_the_session_that_asked_gets_it_every_time_under_another_name(self, city):
        visitor = city.visitor("office")
        with visitor.tab() as tab:
            tab.open("indicator", "kennzahl=B-01")
            ticket = tab.prepared()[0]
            first, second = fetched(tab, ticket), fetched(tab, ticket)
            assert first != second
            assert visitor.ask(first).body == visitor.ask(second).body
            assert visitor.ask(first).status == 200

    @pytest.mark.parametrize("role", ["", "office", "reader"])
    def test_no_other_session_prepares_it(self, city, role):
        with city.visitor("office").tab() as tab, city.visitor(role, "fremd").tab() as other:
            tab.open("indicator", "kennzahl=B-01")
            other.open("overview")
            other.fetch(tab.prepared()[0], request="own")
            other.fetch(tab.prepared()[0], tab.session_id, request="another's")
            answer = other.answer("backend_operation_response").backend_operation_response
            assert (answer.request_id, answer.deferred_file.url) == ("another's", "")
            with pytest.raises(TimeoutError):
                other.answer("backend_operation_response", seconds=0.5)

    @pytest.mark.parametrize(("role", "status"), [("", 403), ("office", 404), ("administrator", 404)])
    def test_nobody_else_fetches_it(self, city, role, status):
        with city.visitor("office").tab() as tab:
            tab.open("indicator", "kennzahl=B-01")
            address = fetched(tab, tab.prepared()[0])
            assert city.visitor(role, "fremd").ask(address).status == status

    def test_another_login_of_the_same_person_does_not_either(self, city):
        visitor = city.visitor("office")
        with visitor.tab() as tab:
            tab.open("indicator", "kennzahl=B-01")
            address = fetched(tab, tab.prepared()[0])
        assert city.visitor("office", iat=visitor.claims["iat"] - 60).ask(address).status == 404
