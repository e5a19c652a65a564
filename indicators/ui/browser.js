// What the page does in the browser beside Streamlit: German words for its controls, one step a page for the way
// back, and the focus where the work goes on. Runs before Streamlit's own code.
(() => {
  "use strict";
  const { exact, patterns } = __WORDS__;
  const rules = patterns.map(([pattern, german]) => [new RegExp(pattern), german]);
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"];
  const OURS = ".stHtml, [data-testid=stMarkdownContainer], textarea, script, style";

  const german = (text) => {
    const words = text.trim();
    if (!words) return text;
    if (Object.hasOwn(exact, words)) return text.replace(words, () => exact[words]);
    const rule = rules.find(([pattern]) => pattern.test(words));
    return rule ? words.replace(rule[0], rule[1]) : text;
  };

  const THEIRS = "[data-testid=stFileUploader], [role=dialog]";

  const mendText = (node) => {
    if (node.parentElement?.closest(OURS) && !node.parentElement.closest(THEIRS)) return;
    const said = german(node.data);
    if (said !== node.data) node.data = said;
  };

  const mendElement = (element) => {
    if (element.closest(".stHtml")) return;
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name);
      const said = text === null ? null : german(text);
      if (said !== text) element.setAttribute(name, said);
    }
  };

  const mend = (node) => {
    if (node.nodeType === Node.TEXT_NODE) mendText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let inner = node; inner; inner = walker.nextNode()) {
      inner.nodeType === Node.TEXT_NODE ? mendText(inner) : mendElement(inner);
    }
  };

  // Each place is gone to once; whoever is typing elsewhere stays there.
  const been = new Set();
  const goOn = () => {
    const places = [...document.querySelectorAll("[data-here]")].filter((place) => !been.has(place.dataset.here));
    places.forEach((place) => been.add(place.dataset.here));
    const busy = document.activeElement?.matches("input:not([type=file]), textarea, [role=combobox]");
    if (!places.length || busy) return;
    places[0].focus({ preventScroll: true });
    places[0].scrollIntoView({ block: "start" });
  };

  // The pages stand in one landmark, in groups that their headings name: Streamlit's containers say nothing of it.
  const landmarks = () => {
    const pages = document.querySelector("[data-testid=stSidebar] .st-key-navigation");
    if (!pages) return;
    if (pages.getAttribute("role") !== "navigation") pages.setAttribute("role", "navigation");
    if (pages.getAttribute("aria-label") !== "Seiten") pages.setAttribute("aria-label", "Seiten");
    pages.querySelectorAll("[class*=st-key-navigation-]").forEach((group) => {
      const name = group.querySelector("h2")?.textContent.trim() || "";
      if (group.getAttribute("role") !== "group") group.setAttribute("role", "group");
      if (group.getAttribute("aria-label") !== name) group.setAttribute("aria-label", name);
    });
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(mend);
      else if (change.type === "characterData") mendText(change.target);
      else mendElement(change.target);
    }
    landmarks();
    goOn();
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });

  // What is copied stays marked, so that it is seen what was taken. The old command works without https as well.
  document.addEventListener("click", ({ target }) => {
    const box = target.closest?.("[data-copy]")?.closest(".to-copy");
    if (!box) return;
    getSelection().selectAllChildren(box.querySelector("code"));
    const copied = document.execCommand("copy");
    box.querySelector("[role=status]").textContent = copied ? "Kopiert" : "Markiert: jetzt mit Strg+C kopieren";
  });

  // A choice on a page changes its address; only another page is a step. The bare address only leads on.
  const root = new URL("./", document.currentScript.src).pathname;
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const there = new URL(url ?? location.href, location.href).pathname;
    if (there === location.pathname || location.pathname === root) history.replaceState(state, title, url);
    else push(state, title, url);
  };
})();
