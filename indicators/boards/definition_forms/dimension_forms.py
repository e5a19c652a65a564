"""The forms of dimensions and of their members."""

from indicators.boards import definition_terms as terms
from indicators.boards.definition_forms import choices
from indicators.boards.definition_forms.choices import field, required
from indicators.boards.definition_forms.form import Form, Group
from indicators.boards.definition_forms.frame_forms import LASTING
from indicators.boards.definition_inputs import Kind
from indicators.catalogue import Dimension, Member
from indicators.catalogue.editing import Place

MEMBER = Form(
    "Ausprägung eines Merkmals",
    "Ausprägungen",
    "dimensions",
    (
        Group(
            "Was sie ist",
            (
                required(terms.MEMBER, "title", Kind.TEXT),
                field(terms.MEMBER, "synonyms", Kind.LINES, "Eine je Zeile: wie Fachbereiche sie schreiben."),
                field(terms.MEMBER, "sums_to_total", Kind.FLAG, "Nicht bei „darunter“-Zahlen."),
                field(terms.MEMBER, "ages", Kind.AGES, "0 bis unter 18; 65 bis unter (ohne Ende); kein Alter."),
            ),
        ),
        Group("Von wann bis wann", LASTING),
    ),
    lambda catalogue: {
        Place("dimensions", member.code, code): (f"{axis.title}: {member.title}", member)
        for code, axis in catalogue.dimensions.items()
        for member in axis.members
    },
    owned=True,
    blank=lambda: Member.model_construct(title=""),
)
DIMENSION = Form(
    "Merkmal",
    "Merkmale",
    "dimensions",
    (
        Group(
            "Was es ist",
            (
                required(terms.DIMENSION, "title", Kind.TEXT),
                required(terms.DIMENSION, "role", Kind.PICK, choices=choices.enum(*terms.ROLES)),
                field(terms.DIMENSION, "complete", Kind.FLAG, "Dann wird geprüft, ob die Teile die Summe ergeben."),
                required(
                    terms.DIMENSION,
                    "members",
                    Kind.MEMBERS,
                    anew=True,
                    about="Je Zeile eine: Bezeichnung, oder Kürzel: Bezeichnung. Danach einzeln zu ändern.",
                ),
            ),
        ),
    ),
    lambda catalogue: {Place("dimensions", code): (axis.title, axis) for code, axis in catalogue.dimensions.items()},
    copies=False,
    blank=lambda: Dimension.model_construct(title="", members=()),
)
