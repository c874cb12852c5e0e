from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook, new_output

from resultatbok.edition.scrub import scrub

ROOT = Path("/home/someone/project")


def executed() -> object:
    path = f"{ROOT}/build/.editions/a-1/results"
    return new_notebook(
        metadata={
            "papermill": {"input_path": path},
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python", "version": "3.11.7"},
        },
        cells=[
            new_code_cell(
                f'results = "{path}"',
                id="random",
                metadata={
                    "tags": ["injected-parameters"],
                    "papermill": {"start_time": "2026"},
                    "execution": {"a": "b"},
                },
            ),
            new_code_cell(
                'x = "/home/someone/projects"',
                outputs=[
                    new_output("stream", text=f"reading {ROOT}/data/x.csv"),
                    new_output("display_data", {"text/plain": str(ROOT), "application/json": {"a": [f"{ROOT}/b"]}}),
                ],
            ),
        ],
    )


def test_paths_run_times_and_random_names_are_gone() -> None:
    notebook = scrub(executed(), {ROOT: "."})
    text = str(notebook)
    assert "someone/project/" not in text
    assert "papermill" not in text
    assert "2026" not in text
    assert "random" not in text
    assert "3.11.7" not in text


def test_outputs_keep_what_they_say() -> None:
    cells = scrub(executed(), {ROOT: "."}).cells
    assert cells[1].outputs[0].text == "reading ./data/x.csv"
    assert cells[1].outputs[1].data["text/plain"] == "."
    assert cells[1].outputs[1].data["application/json"] == {"a": ["./b"]}


def test_warnings_are_gone() -> None:
    notebook = executed()
    notebook.cells[1].outputs.insert(0, new_output("stream", text="careful", name="stderr"))
    assert "careful" not in str(scrub(notebook, {ROOT: "."}))
    assert len(notebook.cells[1].outputs) == 2


def test_a_folder_whose_name_only_begins_the_same_is_left_alone() -> None:
    notebook = executed()
    notebook.cells[1].outputs[0].text = f"{ROOT}s/x"
    assert scrub(notebook, {ROOT: "."}).cells[1].outputs[0].text == f"{ROOT}s/x"


def test_the_longer_folder_is_replaced_first() -> None:
    notebook = scrub(executed(), {ROOT: ".", ROOT / "build/.editions/a-1": "edition"})
    assert notebook.cells[0].source == 'results = "edition/results"'
