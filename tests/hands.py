"""What a person does with a page that is open: reads it, fills in fields, chooses files, presses buttons.

Speaks Streamlit's own protocol through a `Tab`; a browser would send the same.
"""

from typing import Any

from google.protobuf import text_format
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, FileURLs, StringArray, UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.attack.visiting import Tab, Visitor

BOUNDARY = "an-end-that-no-workbook-has"


class Hands:
    """On one page. Raises LookupError where there is no such field, RefusedError where a file is not taken."""

    def __init__(self, visitor: Visitor, tab: Tab) -> None:
        self.visitor, self.tab = visitor, tab
        self._held: dict[str, WidgetState] = {}
        self._page, self._query = "", ""

    def open(self, page: str, query: str = "") -> str:
        self._held = {}
        self._page, self._query = page, query
        self.tab.open(page, query)
        return self.text

    def again(self) -> str:
        """Another run of the open page, as any click makes one."""
        return self._run()

    def fill(self, label: str, text: str) -> None:
        """Every field whose label says this."""
        fields = self._fields(label, "text_input", "text_area")
        self._held |= {found.id: WidgetState(id=found.id, string_value=text) for found in fields}

    def select(self, label: str, *options: str) -> None:
        found = self._field(label, "multiselect")
        self._held[found.id] = WidgetState(id=found.id, string_array_value=StringArray(data=options))

    def choose(self, label: str, name: str, content: bytes) -> str:
        """A file for the uploader."""
        found = self._field(label, "file_uploader")
        urls = self._sent(name, content)
        info = UploadedFileInfo(file_id=urls.file_id, name=name, size=len(content), file_urls=urls)
        chosen = FileUploaderState(uploaded_file_info=[info])
        self._held[found.id] = WidgetState(id=found.id, file_uploader_state_value=chosen)
        return self._run()

    def press(self, label: str) -> str:
        found = self._field(label, "button")
        return self._run(WidgetState(id=found.id, trigger_value=True))

    @property
    def text(self) -> str:
        """Everything that the last run has sent, umlauts as they are."""
        return "\n".join(text_format.MessageToString(message, as_utf8=True) for message in self.tab.told)

    def _run(self, *pressed: WidgetState) -> str:
        state = BackMsg()
        state.rerun_script.page_name, state.rerun_script.query_string = self._page, self._query
        state.rerun_script.widget_states.widgets.extend([*self._held.values(), *pressed])
        self.tab.send(state)
        self.tab.rest()
        return self.text

    def _field(self, label: str, *kinds: str) -> Any:
        found = self._fields(label, *kinds)
        if not found:
            raise LookupError(f"no {' or '.join(kinds)} „{label}“")
        return found[-1]

    def _fields(self, label: str, *kinds: str) -> list[Any]:
        elements = (one.delta.new_element for one in self.tab.told if one.WhichOneof("type") == "delta")
        found = (getattr(one, kind) for one in elements if (kind := one.WhichOneof("type")) in kinds)
        return [one for one in found if label in one.label]

    def _sent(self, name: str, content: bytes) -> FileURLs:
        asked = BackMsg()
        asked.file_urls_request.request_id, asked.file_urls_request.session_id = "u", self.tab.session_id
        asked.file_urls_request.file_names.append(name)
        self.tab.send(asked)
        urls: FileURLs = self.tab.answer("file_urls_response").file_urls_response.file_urls[0]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        answer = self.visitor.ask(urls.upload_url, body, "PUT", **kind)
        if answer.status != 204:
            raise RefusedError(f"the file was not taken: {answer.status}")
        return urls


class RefusedError(Exception):
    """A file that the server does not take."""
