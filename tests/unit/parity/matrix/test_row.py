"""A row, and its cells."""

from dataclasses import replace

from antiphon.parity.matrix.row import Row
from antiphon.parity.surfaces.place import Place

ROW = Row("r", "s", "a", (Place("model/x.py::y"), Place("model/x.py::z")), (), "scope", ())


def test_cells() -> None:
    """The places, unless there are words for them."""
    assert ROW.model_cell == "`model/x.py::y`, `model/x.py::z`"
    assert ROW.engine_cell == ""
    assert replace(ROW, model_words="m", engine_words="e").model_cell == "m"
    assert replace(ROW, engine_words="e").engine_cell == "e"
