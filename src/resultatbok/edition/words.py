"""The few words that the book's own frame says to its reader, in each language."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from types import MappingProxyType

from resultatbok.project import Language


@dataclass(frozen=True)
class Words:
    """The frame's words in one language.

    Attributes:
        locale: The language as Sphinx names it.
        search_language: The language whose word stems the search knows.
        tag: The language as HTML and PDF name it.
        region: The country whose typographic rules apply.
    """

    locale: str
    search_language: str
    tag: str
    region: str
    figure: str
    table: str
    section: str
    contents: str
    page: str
    data_for_figure: str
    data_for_table: str
    show_code: str
    hide_code: str
    download_pdf: str
    cohort: str
    made_from: str
    search: str
    menu: str
    skip: str
    on_this_page: str
    previous: str
    next: str
    back_to_top: str
    no_script: str
    this_page: str

    def as_dict(self) -> dict[str, str]:
        """The words by name, for templates."""
        return asdict(self)


WORDS: MappingProxyType[Language, Words] = MappingProxyType(
    {
        "en": Words(
            locale="en",
            search_language="en",
            tag="en",
            region="GB",
            figure="Figure",
            table="Table",
            section="Section",
            contents="Contents",
            page="Page",
            data_for_figure="Data for this figure (CSV)",
            data_for_table="Data for this table (CSV)",
            show_code="Show the code",
            hide_code="Hide the code",
            download_pdf="The whole report as PDF",
            cohort="Cohort",
            made_from="Made from",
            search="Search",
            menu="Menu",
            skip="Skip to the text",
            on_this_page="On this page",
            previous="Previous",
            next="Next",
            back_to_top="Back to top",
            no_script="Search needs JavaScript.",
            this_page="In English",
        ),
        "nb": Words(
            locale="nb_NO",
            search_language="no",
            tag="nb",
            region="NO",
            figure="Figur",
            table="Tabell",
            section="Avsnitt",
            contents="Innhold",
            page="Side",
            data_for_figure="Data til figuren (CSV)",
            data_for_table="Data til tabellen (CSV)",
            show_code="Vis koden",
            hide_code="Skjul koden",
            download_pdf="Hele rapporten som PDF",
            cohort="Kohort",
            made_from="Grunnlag",
            search="Søk",
            menu="Meny",
            skip="Gå til teksten",
            on_this_page="På denne siden",
            previous="Forrige",
            next="Neste",
            back_to_top="Til toppen",
            no_script="Søk krever JavaScript.",
            this_page="På norsk",
        ),
    }
)
