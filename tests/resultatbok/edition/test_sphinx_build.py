from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_markdown_cell, new_notebook
from tiny_project import REPOSITORY

from resultatbok.edition.site import shared_settings
from resultatbok.edition.sphinx_build import (
    OUR_EXTENSIONS,
    UNUSED_EXTENSIONS,
    located,
    sphinx_settings,
    staged_config,
)
from resultatbok.edition.stage import CELL_NUMBER
from resultatbok.edition.words import WORDS


def notebook(folder: Path) -> Path:
    cells = [new_markdown_cell("hidden"), new_markdown_cell("# Title\ntext", metadata={CELL_NUMBER: 7})]
    file = folder / "individual.ipynb"
    nbformat.write(new_notebook(cells=cells), file)
    return file


def test_a_warning_names_chapter_and_cell(tmp_path: Path) -> None:
    file = notebook(tmp_path)
    assert located(f"{file}:20002: WARNING: bad\nlink", tmp_path) == "individual: cell 7 (# Title): WARNING: bad\nlink"


def test_a_warning_without_line_names_the_chapter(tmp_path: Path) -> None:
    assert located(f"{notebook(tmp_path)}: WARNING: bad", tmp_path) == "individual: WARNING: bad"


def test_a_warning_beyond_the_last_cell_names_the_chapter(tmp_path: Path) -> None:
    assert located(f"{notebook(tmp_path)}:990001: WARNING: bad", tmp_path) == "individual: WARNING: bad"


def test_a_warning_in_a_markdown_page_names_its_line(tmp_path: Path) -> None:
    assert located(f"{tmp_path}/index.md:3: WARNING: bad", tmp_path) == "index: line 3: WARNING: bad"


def test_a_warning_of_no_page_loses_the_folder_only(tmp_path: Path) -> None:
    assert located(f"WARNING: {tmp_path}/x is odd", tmp_path) == "WARNING: x is odd"


def test_settings_of_the_edition_win_over_those_of_the_project(tmp_path: Path) -> None:
    settings = sphinx_settings(
        REPOSITORY / "_config.yml", {"html_title": "Mine", "html_theme_options": {"announcement": "Hello"}}
    )
    assert settings["html_title"] == "Mine"
    assert settings["html_theme_options"]["announcement"] == "Hello"
    assert settings["nb_execution_mode"] == "off"
    assert settings["html_math_renderer"] == "mathml"


def test_nothing_is_loaded_that_asks_for_files_from_elsewhere() -> None:
    extensions = sphinx_settings(REPOSITORY / "_config.yml", {})["extensions"]
    assert not UNUSED_EXTENSIONS & set(extensions)
    assert "myst_nb" in extensions


def test_the_plain_theme_of_the_pdf_gets_no_options_of_the_site() -> None:
    settings = sphinx_settings(REPOSITORY / "_config.yml", {"html_theme": "basic", "html_theme_options": {}})
    assert settings["html_theme_options"] == {}


def test_a_staged_book_brings_its_settings_along(tmp_path: Path) -> None:
    config = tmp_path / "_config.yml"
    config.write_text(staged_config(REPOSITORY / "_config.yml", shared_settings("Min bok", WORDS["nb"])))
    settings = sphinx_settings(config, {})
    assert set(OUR_EXTENSIONS) <= set(settings["extensions"])
    assert (settings["html_title"], settings["language"]) == ("Min bok", WORDS["nb"].locale)
    assert settings["html_math_renderer"] == "mathml"


def test_the_project_s_own_settings_are_valid_for_jupyter_book() -> None:
    from jupyter_book.config import validate_yaml

    validate_yaml(yaml.safe_load((REPOSITORY / "_config.yml").read_text()), raise_on_errors=True)
