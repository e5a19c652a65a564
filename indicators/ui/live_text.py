"""Small pieces of our own in the browser: a field that is saved while someone types, keys, buttons for the window."""

from collections.abc import Callable

import streamlit as st

SAVE_AFTER = 600
"""Milliseconds without a key."""

TURNED, TOLD = "slide-turned", "slide-turned-told"

_TEXT = """
export default function ({ parentElement, data, setStateValue }) {
  const field = parentElement.querySelector('textarea'), told = parentElement.querySelector('.told');
  const label = parentElement.querySelector('label');
  label.textContent = data.label;
  field.placeholder = data.placeholder;
  field.setAttribute('aria-label', data.label);
  if (field.dataset.slide !== data.slide) {  // another slide: another text
    field.dataset.slide = data.slide;
    field.value = data.value;
    field.dataset.sent = data.value;
  } else if (document.activeElement !== field && field.value === field.dataset.sent) {
    field.value = data.value;  // somebody writes in another window
    field.dataset.sent = data.value;
  }
  told.textContent = data.told;
  const send = () => {
    clearTimeout(field.waiting);
    if (field.value !== field.dataset.sent) {
      field.dataset.sent = field.value;
      setStateValue('written', { slide: data.slide, text: field.value });
    }
  };
  field.oninput = () => {
    told.textContent = 'wird gespeichert …';
    clearTimeout(field.waiting);
    field.waiting = setTimeout(send, data.wait);
  };
  field.onblur = send;
  field.onkeydown = event => event.stopPropagation();  // keys that turn slides are letters here
}
"""

_BUTTON = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector('button');
  button.textContent = data.label;
  button.onclick = () => {
    if (data.does === 'print') window.print();
    else if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
    button.blur();
  };
}
"""

_KEYS = """
const MOVES = { ArrowRight: 'R', PageDown: 'R', ArrowLeft: 'L', PageUp: 'L', Home: 'H', End: 'E' };
const TYPING = 'input, textarea, select, [contenteditable=true], [role=listbox]';
export default function ({ parentElement, setStateValue }) {
  const place = parentElement.querySelector('.slide-keys');
  place.moves ??= `${Date.now()}:`;
  const pressed = event => {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(TYPING)) return;
    event.preventDefault();
    place.moves += move;
    setStateValue('moves', place.moves);
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
"""

_text = st.components.v2.component(
    "minutes_field",
    html='<div class="live-text"><label></label><textarea maxlength="4000"></textarea>'
    '<span class="told" role="status"></span></div>\n',
    js=_TEXT,
    isolate_styles=False,
)
_keys = st.components.v2.component(
    "slide_keys", html='<span class="slide-keys"></span>\n', js=_KEYS, isolate_styles=False
)
_button = st.components.v2.component(
    "window_button", html='<button type="button" class="window-button"></button>\n', js=_BUTTON, isolate_styles=False
)


def live_text(
    key: str, label: str, value: str, write: Callable[[str, str], None], *, slide: str, told: str, placeholder: str
) -> None:
    """A field; `write` is called with the slide and its text before the page runs again.

    What comes names its slide: a text that is still on its way when the slide is turned goes where it belongs.
    """

    def written() -> None:
        found = st.session_state[key].get("written") or {}
        write(str(found.get("slide", "")), str(found.get("text", "")))

    data = {"label": label, "value": value, "slide": slide, "told": told, "placeholder": placeholder}
    _text(key=key, data={**data, "wait": SAVE_AFTER}, on_written_change=written)


def slide_keys(turn: Callable[[str], None]) -> None:
    """Keys that turn slides, as letters: R and L a step, H and E to either end.

    Streamlit makes one press of two that come while a page still runs. So the browser sends all presses every time,
    and `turn` is called with those that it has not yet been told of.
    """

    def moved() -> None:
        moves = str(st.session_state[TURNED].get("moves") or "")
        done = str(st.session_state.get(TOLD, ""))
        st.session_state[TOLD] = moves
        turn(moves.removeprefix(done) if done and moves.startswith(done) else moves.partition(":")[2])

    _keys(key=TURNED, on_moves_change=moved)


def full_screen() -> None:
    _button(key="window-full", data={"label": "Vollbild", "does": "full"})


def print_button() -> None:
    _button(key="window-print", data={"label": "Drucken", "does": "print"})
