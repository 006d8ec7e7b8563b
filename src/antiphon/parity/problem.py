"""Something that is wrong with what is known of parity, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` says of what kind it is, ``place`` where; ``words`` say what to do next."""

    code: str
    place: str
    words: str

    def to_json(self) -> dict[str, object]:
        """The problem as JSON."""
        return {"code": self.code, "place": self.place, "message": self.words}

    def __str__(self) -> str:
        return f"error[{self.code}]: {self.place}: {self.words}"
