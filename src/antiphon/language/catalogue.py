"""Every diagnostic of the language: its code, what it means, and what to do about it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """A code in words: a title, why it is a mistake, and the help given when none is closer."""

    title: str
    explanation: str
    help: str


CATALOGUE: Final[dict[str, Entry]] = {
    # The text.
    "unexpected-character": Entry(
        "a character that no token contains",
        "Names are made of ASCII letters, digits, underscores and primes.",
        "remove it, or write it in a comment",
    ),
    "name-too-long": Entry(
        "a name of more than 255 characters",
        "A name, with the dots in it, has at most 255 characters.",
        "give it a shorter name",
    ),
    "unterminated-comment": Entry(
        "a comment that is never closed",
        "`/* ... */` does not nest; `(* ... *)` does, so each `(*` needs its own `*)`.",
        "close the comment",
    ),
    "unterminated-string": Entry(
        "a string that is never closed",
        "A string ends on the line on which it starts.",
        'write the closing `"` on the same line',
    ),
    "syntax-error": Entry(
        "text that is not Scribble",
        "The parser expected something else here.",
        "write what was expected, or remove what was found",
    ),
    "missing-semicolon": Entry(
        "a statement without its semicolon",
        "Messages, `continue`, `do` and declarations end in a semicolon.",
        "write `;` here",
    ),
    "unclosed-block": Entry(
        "a block that is never closed",
        "Each `{` needs a `}`.",
        "write the missing `}`",
    ),
    "nesting-too-deep": Entry(
        "blocks nested more than 256 deep",
        "Blocks may nest 256 deep; no more of the text is read.",
        "move the inner blocks into protocols of their own and `do` them",
    ),
    "too-many-errors": Entry(
        "too many errors",
        "After 100 syntax errors no more of a file is read; after 1000 errors nothing is checked.",
        "repair the first ones and try again",
    ),
    "too-many-payloads": Entry(
        "a message with more than 64 payloads",
        "A message carries its payloads as pairs within pairs, and values nest only so deep.",
        "declare a type that holds them together",
    ),
    "unsupported-construct": Entry(
        "a construct of Scribble or nuScr that is not accepted",
        "Global protocols of messages, choices, recursion and `do` are accepted. Connections, "
        "`par`, `interruptible`, local and nested protocols, and refinements are not.",
        "express it with messages, `choice`, `rec` and `do`",
    ),
    # Names.
    "undeclared-role": Entry(
        "a role that the protocol does not declare",
        "Every role of a protocol stands in its header; in a payload `P@R`, R is a role of P.",
        "declare it in the header: `role NAME`",
    ),
    "undeclared-protocol": Entry(
        "a `do`, or a payload `P@R`, of a protocol that does not exist",
        "The protocol is neither in this file nor, under this name, in an imported one.",
        "declare it, or import the module that declares it and write its full name",
    ),
    "undeclared-recursion-variable": Entry(
        "a `continue` to no enclosing `rec`",
        "`continue X` must stand inside `rec X { ... }` of the same protocol.",
        "enclose it in a `rec` of this name",
    ),
    "undeclared-sort": Entry(
        "a payload type that nobody declared",
        "Known are unit, nat, bool, string, int and float, what `type` and `data` declare, and "
        "the protocol's own type parameters.",
        "declare it at the top of the file: `type NAME;`",
    ),
    "undeclared-signature": Entry(
        "a message name that nobody declared",
        "A message without parentheses names what `sig` declares or a `sig` parameter.",
        "write `NAME()` for a message without payload, or declare it: `sig NAME;`",
    ),
    "unknown-import": Entry(
        "an import that cannot be read",
        "`import a.b;` reads a/b.scr, a/b.nuscr or a/b.scribble beside the importing file, or "
        "beside the root of its own module name.",
        "put the file there, or correct the name",
    ),
    "duplicate-protocol": Entry(
        "two protocols of one name",
        "A name can be given to one protocol of a file only.",
        "rename one of them",
    ),
    "duplicate-declaration": Entry(
        "two declarations of one name",
        "A type, a message or an import of this name was declared before.",
        "rename one of them, or remove it",
    ),
    "duplicate-role": Entry(
        "a role named twice",
        "The roles of a header, the receivers of a message and the roles handed to a `do` are "
        "all different.",
        "name each role once",
    ),
    "duplicate-parameter": Entry(
        "two parameters of one name",
        "The parameters of a protocol have different names.",
        "rename one of them",
    ),
    "duplicate-recursion-variable": Entry(
        "a `rec` inside a `rec` of the same name",
        "It would hide the outer one, and a `continue` could mean either.",
        "give the inner one another name",
    ),
    "invalid-sort-name": Entry(
        "a payload type with a prime in its name",
        "The names of payload types stand in types and traces, where a prime has no place.",
        "use letters, digits and underscores",
    ),
    # Use.
    "role-arity": Entry(
        "a `do` with too many or too few roles",
        "A `do` hands over one role for each role in the protocol's header.",
        "hand over as many roles as the protocol declares",
    ),
    "parameter-arity": Entry(
        "a `do` with too many or too few arguments",
        "A `do` gives one argument for each parameter between the angle brackets.",
        "give as many arguments as the protocol has parameters",
    ),
    "parameter-kind": Entry(
        "a `do` with an argument of the wrong kind",
        "A `type` parameter takes the name of a payload type, a `sig` parameter a message.",
        "give a payload type for `type`, a message for `sig`",
    ),
    "delegation-not-alone": Entry(
        "a session handed over together with something else",
        "A payload `P@R` hands over the role R in a session of P. It is the only payload of its "
        "message, so that it is always known where the session is.",
        "send what else there is in a message of its own",
    ),
    "delegation-parameters": Entry(
        "a session of a protocol with parameters handed over",
        "In a payload `P@R` nothing can be given for the parameters of P.",
        "write a protocol without parameters that does this one: "
        "`global protocol Q(role A, role B) { do P<...>(A, B); }`",
    ),
    "self-message": Entry(
        "a message from a role to itself",
        "A message crosses from one role to another; what a role does alone is not protocol.",
        "remove it, or name another role",
    ),
    # Control.
    "empty-choice-branch": Entry(
        "a branch of a choice with no message",
        "Each branch starts with a message from the role that chooses; that is how the others "
        "learn of it.",
        "begin the branch with a message that tells of it",
    ),
    "branch-not-started-by-chooser": Entry(
        "a branch of a choice started by a role that does not choose",
        "In `choice at A` each branch starts with a message sent by A.",
        "let the choosing role send first, or put the choice at the role that does",
    ),
    "branch-receivers-differ": Entry(
        "branches of a choice that start at different receivers",
        "The first messages of all branches of a choice go to the same role, which thereby learns "
        "what was chosen and can tell the others.",
        "send the first message of each branch to the same role",
    ),
    "duplicate-label": Entry(
        "two branches of a choice with the same first label",
        "The receiver tells branches apart by the label of their first message.",
        "give the messages different labels",
    ),
    "unreachable-statement": Entry(
        "a statement that no run reaches",
        "What stands before it never ends: it goes back by `continue` or recurs for ever.",
        "remove it, or let a branch before it go on",
    ),
    "unguarded-recursion": Entry(
        "a `continue` that comes back to its `rec` without a message",
        "Between a `rec` and each `continue` to it there must be a message.",
        "put a message between the `rec` and this `continue`",
    ),
    "unguarded-do": Entry(
        "a `do` that comes back to itself without a message",
        "Protocols that `do` each other in a circle need a message somewhere on the way.",
        "put a message before this `do`",
    ),
    "non-tail-do": Entry(
        "a recursive `do` with something after it",
        "A protocol may `do` itself, directly or through others, only as the last thing it does: "
        "otherwise it would need a stack.",
        "move what follows before the recursion, or use `rec` and `continue`",
    ),
    "expansion-too-large": Entry(
        "a protocol too large when written out",
        "Each `do` is written out; all the copies of a file may come to 100,000 messages.",
        "repeat with `rec`, or with a `do` in last place, instead of `do` after `do`",
    ),
}
