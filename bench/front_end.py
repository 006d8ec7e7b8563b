"""How long a protocol takes from text to projections, as it grows.

Prints one line per protocol: its size, then the median milliseconds of parsing with checking, of
projecting onto every role, and of both, and how many times the smallest protocol's time that is.

    python bench/front_end.py
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from antiphon.language.load import load_text, select
from antiphon.theory.projection import project_all

RUNS = 7


def text(roles: int, messages: int, choices: int, loops: int) -> str:
    """A protocol with that many of each, its choices and loops spread evenly over its messages."""
    names = [f"R{number}" for number in range(roles)]
    header = ", ".join(f"role {name}" for name in names)
    return (
        f"global protocol Large({header}) {{\n{''.join(_body(names, messages, choices, loops))}}}\n"
    )


def _body(names: list[str], messages: int, choices: int, loops: int) -> Iterator[str]:
    written, taken, looped = 0, 0, 0
    while written < messages:
        sender = names[written % len(names)]
        receiver = names[(written + 1) % len(names)]
        if looped * messages < written * loops and written + 3 <= messages:
            looped += 1
            yield (
                f"  rec L{looped} {{\n    item{looped}(nat) from {sender} to {receiver};\n"
                f"    choice at {receiver} {{\n      more() from {receiver} to {sender};\n"
                f"      continue L{looped};\n    }} or {{\n"
                f"      enough() from {receiver} to {sender};\n    }}\n  }}\n"
            )
            written += 3
        elif taken * messages < written * choices and written + 4 <= messages:
            taken += 1
            yield (
                f"  choice at {sender} {{\n    left{taken}(nat) from {sender} to {receiver};\n"
                f"    done() from {receiver} to {sender};\n  }} or {{\n"
                f"    right{taken}() from {sender} to {receiver};\n"
                f"    done() from {receiver} to {sender};\n  }}\n"
            )
            written += 4
        else:
            yield f"  m{written}(nat, string) from {sender} to {receiver};\n"
            written += 1


def measure(source: str) -> tuple[float, float, float]:
    """Median milliseconds: load, project onto all roles, both."""
    loading: list[float] = []
    projecting: list[float] = []
    for _ in range(RUNS):
        start = perf_counter()
        protocol = select(load_text(source))
        loaded = perf_counter()
        project_all(protocol.global_type)
        projecting.append((perf_counter() - loaded) * 1000)
        loading.append((loaded - start) * 1000)
    both = [a + b for a, b in zip(loading, projecting, strict=True)]
    return median(loading), median(projecting), median(both)


def main() -> None:
    """Print the table."""
    print("roles messages choices loops  load ms  project ms  both ms  times")
    first: float | None = None
    for size in ((100, 1000, 50, 10), (100, 2000, 50, 10), (100, 2000, 100, 20), (2, 20000, 0, 0)):
        load, project, both = measure(text(*size))
        first = first or both
        columns = "{:5} {:8} {:7} {:5} {:8.1f} {:11.1f} {:8.1f} {:6.2f}"
        print(columns.format(*size, load, project, both, both / first))


if __name__ == "__main__":
    main()
