"""What shuts people out, as a browser finds it: axe's rules, a page that scrolls sideways, a focus that nobody sees."""

import json
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = json.dumps({"runOnly": WCAG, "resultTypes": ["violations"]})
"""Every rule on every element; only what nobody reads, the proof of each that passed, is not written down (40 %)."""

SIDEWAYS = """() => {
  const found = new Set(), main = document.querySelector('.stMain'), root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.add(`the page is ${root.scrollWidth} wide`);
  if (main && main.scrollWidth > main.clientWidth) found.add(`the main part is ${main.scrollWidth} wide`);
  const told = (element) => `${element.tagName} ${element.getAttribute('class')?.slice(0, 50)}: `
    + (element.textContent || '').trim().slice(0, 40);
  for (const element of document.querySelectorAll('.stMain *, main *')) {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const own = element.closest('.scroll, .wide, .st-key-slide-keys');
    if (box.width > 1 && box.right > innerWidth + 1 && !own) found.add(`beyond the window: ${told(element)}`);
    const scrolls = /auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const named = element.tabIndex >= 0 && element.getAttribute('aria-label');
    const inside = element.querySelector('a, button, input, [tabindex="0"]');
    if (scrolls && !named && !inside && element.tagName !== 'TEXTAREA') found.add(`no way in: ${told(element)}`);
  }
  return [...found];
}"""

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""WCAG 1.4.12: a reader's own spacing."""

LOST = """() => [...document.querySelectorAll('.stMain h1, .stMain h2, .stMain p, .stMain li, '
  + '.stMain button, .stMain a, .stMain th, .stMain td, .stMain label, .stMain dd')].filter(element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (box.width < 2 || box.height < 2 || element.closest('.st-key-slide-keys, [aria-hidden=true]')) return false;
    const cut = style.overflow === 'hidden' || style.overflowX === 'hidden';
    return cut && (element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2);
  }).map(element => `${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 50)}`)"""

STEP = """async () => {
  const frame = () => new Promise(requestAnimationFrame), moves = () => document.getAnimations().length;
  for (let frames = 0; frames < 2 || (moves() && frames < 12); frames++) await frame();
  const looks = (element) => {
    const found = [];
    for (let one = element, up = 0; one && up < 4; one = one.parentElement, up++) {
      const style = getComputedStyle(one);
      found.push(style.outlineStyle, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor,
        style.textDecorationLine, style.color, style.opacity);
    }
    return found.join();
  };
  const told = (element) => `${element.tagName} ${(element.getAttribute('aria-label') || element.innerText || '')
    .trim().slice(0, 60)}`;
  const now = document.activeElement, before = window.steppedFrom;
  const unseen = before?.element.isConnected && before.element !== now && looks(before.element) === before.looks;
  window.steppedFrom = now === document.body ? null : { element: now, looks: looks(now) };
  return unseen ? told(before.element) : null;
}"""


REACHED = """([selector, words]) => document.activeElement.matches(selector)
  && (document.activeElement.innerText || '').includes(words)"""


def barriers(page: Page) -> dict[str, str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    result = page.evaluate(f"axe.run(document, {RUN})")
    return {
        f"{violation['id']}: {node['html'][:200]}": violation["help"]
        for violation in result["violations"]
        for node in violation["nodes"]
    }


def tab_to(page: Page, selector: str, words: str = "", *, key: str = "Tab", limit: int = 90) -> None:
    """Presses the key until the focus is on such an element with these words; each stop on the way must have been
    seen."""
    for _ in range(limit):
        page.keyboard.press(key)
        assert (unseen := page.evaluate(STEP)) is None, f"no visible focus: {unseen}"
        if page.evaluate(REACHED, [selector, words]):
            return
    raise AssertionError(f"the keyboard does not reach {selector} {words}")
