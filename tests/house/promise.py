"""What the parity matrix was promised to hold, and what a text of it still owes."""

import json
import re
from collections.abc import Iterator
from typing import TypedDict

from tests.house.tree import HOUSE

STATUS = re.compile(
    r"Unreached|Thin|Aligned|Aligned under envelope contract|Broken|Diverged \([^()]+\)"
)


class Section(TypedDict):
    """A section of the matrix, with the heads of its table."""

    name: str
    heads: list[str]


class Row(TypedDict):
    """A row: what its cells must name, and the status it may reach."""

    section: str
    area: str
    model: list[str]
    engine: list[str]
    qualifiers: list[str]
    promise: str


class Name(TypedDict):
    """A name that the text of a section must give."""

    section: str
    ours: str


class Promise(TypedDict):
    """Everything that was promised."""

    title: dict[str, str]
    sections: list[Section]
    rows: list[Row]
    names: list[Name]


PROMISE: Promise = json.loads((HOUSE / "seed_rows.json").read_text(encoding="utf-8"))


def sections(text: str) -> dict[str, str]:
    """The text under each second-level heading."""
    parts = re.split(r"^## +(.+?) *$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def cells(line: str) -> list[str]:
    """The cells of one table line; an escaped bar belongs to its cell."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def table(text: str) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of the first table of a section."""
    found = re.search(r"^\|.*\n\|[-:| ]+\|\n(?:\|.*(?:\n|$))*", text, flags=re.MULTILINE)
    if found is None:
        return [], []
    heads, _, *rows = map(cells, found[0].splitlines())
    return heads, rows


def says(text: str, name: str) -> bool:
    """Whether a code span of the text is the name, or a path that ends in it or passes it."""
    wanted = re.split(r"/|::|\.", name)
    spans = [re.split(r"/|::|\.", span) for span in re.findall(r"`([^`]+)`", text)]
    return any(
        span[start : start + len(wanted)] == wanted
        for span in spans
        for start in range(len(span) - len(wanted) + 1)
    )


def row_complaints(row: Row, cell_of: dict[str, str], heads: list[str]) -> Iterator[str]:
    """What one row of the matrix owes to the row that was promised."""
    where = f"row {row['area']!r}"
    for head, names in zip(heads[1:3], (row["model"], row["engine"]), strict=True):
        for name in names:
            if not says(cell_of[head], name):
                yield f"{where}: its cell under {head!r} does not name {name!r}"
    for words in row["qualifiers"]:
        if words not in " ".join(cell_of.values()).replace("`", ""):
            yield f"{where}: does not say {words!r}"
    status = cell_of[heads[-1]]
    if status.startswith("Aligned") and status != row["promise"]:
        yield f"{where}: may become {row['promise']!r}, not {status!r}"


def table_complaints(section: Section, text: str) -> Iterator[str]:
    """What the table of one section owes."""
    heads, rows = table(text)
    missing = [head for head in section["heads"] if head not in heads]
    if missing:
        yield f"section {section['name']!r}: no column {', '.join(map(repr, missing))}"
        return
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if len(row) != len(heads):
            yield f"row {row[0]!r}: {len(row)} cells under {len(heads)} heads"
            continue
        found[row[0]] = dict(zip(heads, row, strict=True))
        status = found[row[0]][section["heads"][-1]]
        if not STATUS.fullmatch(status):
            yield f"row {row[0]!r}: {status!r} is no status"
    for row in PROMISE["rows"]:
        if row["section"] == section["name"]:
            if row["area"] in found:
                yield from row_complaints(row, found[row["area"]], section["heads"])
            else:
                yield f"section {section['name']!r}: no row {row['area']!r}"


def complaints(matrix: str) -> list[str]:
    """Everything that a text of the matrix owes; empty when the promise stands."""
    owed: list[str] = []
    if not matrix.startswith(f"# {PROMISE['title']['ours']}\n"):
        owed.append(f"the title is not {PROMISE['title']['ours']!r}")
    texts = sections(matrix)
    for section in PROMISE["sections"]:
        name = section["name"]
        if name not in texts:
            owed.append(f"no section {name!r}")
            continue
        if section["heads"]:
            owed.extend(table_complaints(section, texts[name]))
        owed.extend(
            f"section {name!r}: does not name {entry['ours']!r}"
            for entry in PROMISE["names"]
            if entry["section"] == name and not says(texts[name], entry["ours"])
        )
    return owed
