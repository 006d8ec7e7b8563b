"""The layers: which packages, and which libraries, each package of `antiphon` may import.

The standard library and `antiphon.errors` are open to all. `model` and `engine` cannot reach each
other, and only `parity`, `bench` and `cli` ever see both.
"""

MAY_IMPORT = {
    "errors": "",
    "files": "",
    "values": "",
    "theory": "values",
    "bytecode": "values theory",
    "language": "values theory files",
    "machine": "values theory bytecode",
    "compiler": "values theory bytecode",
    "model": "values theory bytecode machine",
    "scheduler": "values machine",
    "effects": "values machine",
    "evidence": "values bytecode machine",
    "replay": "values theory bytecode machine",
    "engine": "values theory bytecode machine",
    "streaming": "files machine replay",
    "drawing": "values theory bytecode machine",
    "waves": "values theory bytecode machine scheduler engine",
    "composition": "values theory bytecode machine replay engine",
    "conformance": "values theory bytecode machine replay",
    "testing": "conformance",
    "parity": "values theory bytecode machine language compiler scheduler effects replay"
    " model engine waves composition files evidence conformance",
    "bench": "values bytecode machine protocols scheduler effects model engine",
    "__main__": "cli",
}
MAY_IMPORT["__init__"] = MAY_IMPORT["protocols"] = " ".join(
    {*MAY_IMPORT, "protocols"} - {"model", "parity", "bench", "testing", "__main__"}
)
MAY_IMPORT["cli"] = " ".join(MAY_IMPORT)
CYTHON = ("engine/kernel.py", "engine/cython_shim.py")
THIRD_PARTY = {"typer": ("cli/",), "rich": ("cli/",), "cython": CYTHON}
