"""A target that a body has decided: the office enters it beside its indicator, sees what it changes, and keeps it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators import boards, german
from indicators.access import Action, demand, may
from indicators.attainment import METHODS
from indicators.boards import dossier, wanted
from indicators.catalogue import Indicator, RuleDefinition
from indicators.errors import MonitoringError
from indicators.knowledge import agreed_targets
from indicators.knowledge.agreed import AgreedTarget, TargetError, aims, with_target
from indicators.knowledge.bodies import bodies
from indicators.knowledge.snapshot import Snapshot, with_indicator
from indicators.knowledge.target_problems import BANDED, LONGEST_PAPER, LONGEST_REMARK, problems
from indicators.moments import local_day
from indicators.periods import Period
from indicators.targets import Direction, Point
from indicators.ui import as_of, html, reasons, session, show
from indicators.ui.folds import fold

OFFERED = ("linear_path", "threshold", "dns_trend", "maintain")
"""Methods that need no more than what the form asks for."""
OWN = "Ziel der Kennzahl"
Read = TypeVar("Read")


def panel(known: Snapshot, indicator: Indicator) -> None:
    """For the office, on today's state: the decisions in force, and the form for one more."""
    if not may(session.user(), Action.AGREE) or as_of.moment() is not None:
        return

    def fill() -> None:
        st.write(
            "Hat ein Gremium ein anderes Ziel beschlossen, tragen Sie es hier ein. Es gilt vom Tag des Beschlusses an; "
            "das bisherige bleibt im Status der früheren Sitzungen."
        )
        draft = f"agreed-{indicator.code}"
        if done := st.session_state.pop(f"{draft}-done", ""):
            st.success(html.plain(done), icon=":material/check:")
        _form(known, indicator, draft)
        if draft in st.session_state:
            _preview(known, indicator, draft)
        for target in agreed_targets.targets_at(session.store(), known.moment):
            if known.catalogue.current_indicator(target.indicator) == indicator.code:
                _way_back(target)

    fold("Ziel beschließen", f"agreeing-{indicator.code}", fill, ":material/flag:")


def _form(known: Snapshot, indicator: Indicator, draft: str) -> None:
    """The fields, filled with what holds; what is wrong is told below its field."""
    titles = aims(indicator)
    aim = st.selectbox("Welches Ziel", titles, format_func=lambda title: title or OWN, key=f"{draft}-aim")
    aim = aim if len(titles) > 1 else ""
    with st.form(f"{draft}-form-{aim}"):
        fields = _Fields(known, indicator, aim)
        read = fields.asked()
        if st.form_submit_button("Prüfen und Wirkung ansehen"):
            st.session_state.pop(draft, None)
            target = fields.answered(read)
            if target is not None:
                seen = agreed_targets.last_row(session.store(), target.indicator)
                st.session_state[draft] = (target, seen)


@dataclass
class _Fields:
    """The form of one target; `places` are where a fault of each field is told."""

    known: Snapshot
    indicator: Indicator
    aim: str
    places: dict[str, DeltaGenerator] = field(default_factory=dict)
    faulty: bool = False

    def asked(self) -> Callable[[], AgreedTarget]:
        """Shows the fields; what comes back reads them."""
        wanted_rule = self._target()
        first, second, third = st.columns(3)
        with first:
            body = st.selectbox("Beschlossen durch", bodies(session.store()), format_func=lambda one: one.name)
            self.places["body"] = st.empty()
        day = self._text(second, "on", "Am", "", "14.11.2026")
        paper = self._text(third, "paper", "Nummer der Vorlage", "", "26-0815", LONGEST_PAPER)
        remark = self._text(st.container(), "remark", "Anmerkung (freiwillig)", "", "", LONGEST_REMARK)

        def read() -> AgreedTarget:
            on = self._read("on", german.parse_day, day) or local_day(session.now())
            decided = (on, body.number, body.name, paper.strip(), remark.strip())
            return AgreedTarget(0, self.indicator.code, self.aim, wanted_rule(), *decided)

        return read

    def _target(self) -> Callable[[], RuleDefinition]:
        """What is wanted: value and when with the way to it, or the two bounds of a band."""
        now = next((rule for rule in self.indicator.rule_definitions if rule.title == self.aim), RuleDefinition())
        first, second, third = st.columns(3)
        method = self._method(third, now)
        if now.method in BANDED or (now.direction or self.indicator.direction) is Direction.BAND:
            low = self._text(first, "low", "Untere Grenze", self._number(now.low))
            high = self._text(second, "high", "Obere Grenze", self._number(now.high))
            return lambda: RuleDefinition(
                title=self.aim,
                method=method,
                baseline=now.baseline,
                low=self._read("low", german.parse_number, low),
                high=self._read("high", german.parse_number, high),
            )
        target = now.targets[-1] if now.targets else None
        value = self._text(first, "value", "Zielwert", self._number(target.value if target else None))
        until = self._text(second, "until", "Bis wann", str(target.period) if target else "", "zum Beispiel 2030")
        left, right = st.columns(2)
        points = "\n".join(map(self._point, now.targets[:-1]))
        on_the_way = self._area(left, "milestones", "Zwischenziele (eines je Zeile, zum Beispiel 2028: 36,0)", points)
        start = self._point(now.baseline) if now.baseline else ""
        begin = self._text(right, "baseline", "Ausgangswert (zum Beispiel 2019: 24,0)", start)
        return lambda: RuleDefinition(
            title=self.aim,
            method=method,
            baseline=self._read("baseline", self._parsed, begin) if begin.strip() else None,
            targets=self._targets(value, until, on_the_way),
        )

    def answered(self, read: Callable[[], AgreedTarget]) -> AgreedTarget | None:
        """What was typed; None where something is wrong with it, which is told at its field."""
        target = read()
        if self.faulty:
            return None
        found = problems(self.known.catalogue, target, local_day(session.now()))
        for problem in found:
            self._tell(problem.field, problem.message)
        return None if found else target

    def _targets(self, value: str, until: str, on_the_way: str) -> tuple[Point, ...]:
        number = self._read("value", german.parse_number, value)
        period = self._read("until", Period.parse, until)
        lines = [line for line in on_the_way.splitlines() if line.strip()]
        points = [self._read("milestones", self._parsed, line) for line in lines]
        own = [] if number is None or period is None else [Point(period, number)]
        return (*sorted((point for point in points if point), key=lambda point: point.period.time), *own)

    def _read(self, name: str, parse: Callable[[str], Read], text: str) -> Read | None:
        try:
            return parse(text)
        except MonitoringError as error:
            self._tell(name, str(error))
            return None

    def _tell(self, name: str, message: str) -> None:
        self.faulty = True
        place = self.places.get(name) or self.places["remark"]
        place.error(html.plain(message), icon=":material/error:")

    def _text(
        self, place: DeltaGenerator, name: str, label: str, value: str, example: str = "", longest: int = 60
    ) -> str:
        with place:
            text = st.text_input(label, value, key=self._key(name), placeholder=example, max_chars=longest)
            self.places[name] = st.empty()
        return text

    def _area(self, place: DeltaGenerator, name: str, label: str, value: str) -> str:
        with place:
            text = st.text_area(label, value, key=self._key(name), max_chars=400, height=68)
            self.places[name] = st.empty()
        return text

    def _method(self, place: DeltaGenerator, now: RuleDefinition) -> str:
        methods = list(dict.fromkeys([now.method, *(OFFERED if now.gap is None and now.low is None else ())]))
        with place:
            name = st.selectbox(
                "Verfahren", methods, format_func=lambda code: METHODS[code].title, key=self._key("method")
            )
            self.places["method"] = st.empty()
        return name

    def _key(self, name: str) -> str:
        """A form that was kept is followed by a fresh one."""
        draft = f"agreed-{self.indicator.code}"
        return f"{draft}-{self.aim}-{st.session_state.get(f'{draft}-kept', 0)}-{name}"

    def _number(self, value: float | None) -> str:
        return "" if value is None else german.typed(value, self.indicator.decimals)

    def _point(self, point: Point) -> str:
        return f"{point.period}: {self._number(point.value)}"

    @staticmethod
    def _parsed(text: str) -> Point:
        period, colon, value = text.partition(":")
        if not colon:
            raise TargetError(f"„{text.strip()}“: Bitte Jahr und Wert so schreiben: 2028: 36,0.")
        return Point(Period.parse(period), german.parse_number(value))


def _preview(known: Snapshot, indicator: Indicator, draft: str) -> None:
    """Status before and after, the chart with the new path, and the button that keeps it."""
    target: AgreedTarget = st.session_state[draft][0]
    after = with_indicator(known, with_target(indicator, target))
    st.subheader("Was der Beschluss ändert")
    now = indicator.agreed.get(target.aim)
    if now and now.on > target.on:
        st.warning(
            html.plain(f"Am heutigen Status ändert er nichts: Später wurde anders entschieden ({now.said})."),
            icon=":material/info:",
        )
    left, right = st.columns(2)
    before = known.judgements[indicator.code]
    for column, title, shown, judgements in ((left, "Heute gilt", known, before),
                                             (right, f"Ab dem {german.day(target.on)}", after,
                                              after.judgements[indicator.code])):  # fmt: skip
        with column:
            st.markdown(f"**{title}**")
            judgement = next((one for one in judgements if one.definition.title == target.aim), None)
            if judgement is None:
                st.write("Es gibt kein Ziel.")
                continue
            text = wanted.in_words(shown.catalogue, shown.catalogue.indicator(indicator.code), judgement.rule)
            st.write(html.plain(text or "Es gibt keinen Zielwert."))
            show.status(judgement.assessment.status)
            show.finding_sentence(dossier.verdict(shown, judgement))
    changed = after.catalogue.indicator(indicator.code)
    if not target.aim:
        drawn = boards.trend_figure(after, changed, [indicator.headline])
        note = f"Vorschau, noch nicht eingetragen. {drawn.note}"
        show.show(replace(drawn, key=f"{drawn.key}-vorschau", note=note), heading=False)
    keep, drop = st.columns(2)
    with keep:
        if st.button("Beschluss eintragen", type="primary", key=f"{draft}-keep"):
            _keep(known, draft)
    with drop:
        st.button("Verwerfen", key=f"{draft}-drop", on_click=st.session_state.pop, args=(draft, None))


def _keep(known: Snapshot, draft: str) -> None:
    """Enters what was previewed; where somebody else was faster, nothing is kept and the preview is gone."""
    target, seen = st.session_state[draft]
    try:
        demand(session.user(), Action.AGREE)
        agreed_targets.keep_target(session.store(), known.catalogue, target, session.user().name, session.now(), seen)
    except MonitoringError as error:
        st.error(html.plain(str(error)), icon=":material/error:")
        st.session_state.pop(draft)
        return
    st.session_state.pop(draft)
    st.session_state[f"{draft}-kept"] = st.session_state.get(f"{draft}-kept", 0) + 1
    st.session_state[f"{draft}-done"] = "Der Beschluss ist eingetragen und gilt."
    st.rerun()


def _way_back(target: AgreedTarget) -> None:
    """Taking a decision back, with the reason."""

    def end(who: str, at: datetime, reason: str) -> None:
        agreed_targets.end_target(session.store(), target.number, who, at, reason)

    named = f" ({target.aim})" if target.aim else ""
    note = (
        f"In Kraft seit dem {german.day(target.on)}{named}: {target.by}, Vorlage {target.paper}. Danach gilt wieder, "
        "was vorher galt. Der Beschluss bleibt verzeichnet."
    )
    reasons.form(
        f"agreed-end-{target.number}", "Beschluss zurücknehmen", note, end, action=Action.AGREE,
        example="Zum Beispiel: falsche Zahl eingetragen",
    )  # fmt: skip
