"""``antiphon new NAME``: a folder with a protocol of one's own, and a program that runs it."""

from __future__ import annotations

import re
from pathlib import Path

from antiphon.cli.exit_code import ExitCode
from antiphon.cli.terminal import say, say_json
from antiphon.errors import Refusal

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")

_PROTOCOL = """\
// The messages of a conversation, and where the Buyer decides. Change it, then:
//
//     antiphon check @FILE@
global protocol @PROTOCOL@(role Buyer, role Shop, role Bank) {
    ask(string) from Buyer to Shop;
    price(nat) from Shop to Buyer;
    choice at Buyer {
        buy(nat) from Buyer to Bank;
        paid(nat) from Bank to Shop;
        goods(string) from Shop to Buyer;
    } or {
        refuse() from Buyer to Bank;
        nothing() from Bank to Shop;
    }
}
"""

_PROGRAM = '''\
"""Runs the protocol beside this file, with the answers below: `python run.py`."""

from pathlib import Path

import antiphon

PRICES = {"book": 12, "piano": 900}


class Answers:
    """What each role says and decides. Which role is asked stands in `ask.position.role`."""

    def __init__(self, wish: str) -> None:
        self.wish = wish

    def choice(self, ask: antiphon.Ask) -> str:
        """The Buyer decides, by the price: that is what it received last."""
        return "buy" if ask.last.value < 100 else "refuse"

    def payload(self, ask: antiphon.Ask) -> object:
        """The value to send under `ask.labels[0]`."""
        match ask.labels[0]:
            case "ask":
                return self.wish
            case "price":
                return PRICES[ask.last.value]
            case "buy" | "paid":
                return ask.last.value
            case "goods":
                return f"one {self.wish}"
        return None


def main() -> None:
    protocol = antiphon.load(Path(__file__).with_name("@FILE@"))
    for wish in PRICES:
        run = protocol.run(Answers(wish))
        print(run.draw())
        print(f"{wish}: {run.outcome.value} after {run.steps} steps")


if __name__ == "__main__":
    main()
'''

_README = """\
# @NAME@

- `@FILE@` is the protocol: the messages, and where one role decides.
- `run.py` runs it with answers of its own.

    antiphon check @FILE@      # can every role play its part?
    antiphon project @FILE@    # what each role has to do
    antiphon run @FILE@        # watch it
    python run.py              # run it with your own answers
"""


def new(name: str, *, as_json: bool) -> ExitCode:
    """Make the folder; nothing that exists is touched."""
    if not _NAME.fullmatch(name):
        words = "at most 64 letters, digits, - and _, starting with a letter"
        raise Refusal("bad-name", f"{name!r} is no name for a folder here: {words}")
    folder = Path(name)
    protocol = "".join(part[:1].upper() + part[1:] for part in re.split(r"[-_]+", name))
    file = f"{name}.scr"
    words = {"@NAME@": name, "@FILE@": file, "@PROTOCOL@": protocol}
    try:
        folder.mkdir()
    except FileExistsError as error:
        raise Refusal("exists", f"{name} is there already; nothing was changed") from error
    except OSError as error:
        raise Refusal("unwritable-file", f"{name}: {error.strerror or error}") from error
    for path, template in ((file, _PROTOCOL), ("run.py", _PROGRAM), ("README.md", _README)):
        (folder / path).write_text(_filled(template, words), encoding="utf-8")
    made = [file, "run.py", "README.md"]
    if as_json:
        say_json({"folder": name, "protocol": protocol, "files": made})
    else:
        say(f"{name}/ has a protocol and a program that runs it. Next:\n")
        say(f"  cd {name}\n  antiphon run {file}\n  python run.py")
    return ExitCode.YES


def _filled(template: str, words: dict[str, str]) -> str:
    for word, meaning in words.items():
        template = template.replace(word, meaning)
    return template
