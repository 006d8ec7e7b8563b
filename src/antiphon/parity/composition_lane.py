"""The lane of composition: what bundles come to that fit, that do not, and that were tampered with.

Each trial has a name and what it came to, in words: codes of refusals, sizes, digests. A copy of
the package with a fault in it must come to something else in one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any, Final, TypeAlias

from antiphon.bytecode.instruction import Fork, Halt
from antiphon.bytecode.program import Delegated, Image, RoleProgram
from antiphon.compiler.compile import compile_protocol
from antiphon.effects.host import SeededHost
from antiphon.engine.machine import Engine
from antiphon.errors import AntiphonError, ProgramError, Refusal
from antiphon.machine.buffer import DROP, LATEST, RESIZE, Buffer
from antiphon.machine.choice import Pick
from antiphon.machine.config import Config
from antiphon.machine.contracts import RuntimeRequest, unadmitted
from antiphon.machine.determinism import DeterminismMode
from antiphon.parity.mutants_load import loader
from antiphon.theory.global_type import END, GlobalType, comm, message, rec, var
from antiphon.theory.local_type import END as DONE
from antiphon.theory.projection import project_all
from antiphon.values.sort import NAT, STR, UNIT, Sort

PLACE: Final = "composition/"
_PACKAGE: Final = "antiphon.composition"
_RAISED: Final = (
    AntiphonError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
Load: TypeAlias = Callable[[str], ModuleType]
Trial: TypeAlias = tuple[str, Callable[[], object]]


def _item(then: GlobalType, sort: Sort = STR, label: str = "item") -> GlobalType:
    return message("Customer", "Shop", label, then, sort)


def _price(then: GlobalType) -> GlobalType:
    return message("Shop", "Customer", "price", then, NAT)


def _charge(then: GlobalType = END) -> GlobalType:
    return message("Shop", "Bank", "charge", then, NAT)


def _choice(then: GlobalType) -> GlobalType:
    """The bank decides, and tells the shop alone; the customer hears of it in ``then``."""
    return comm("Bank", "Shop", (("yes", UNIT, then), ("no", UNIT, then)))


SAMPLES: Final[Mapping[str, GlobalType]] = {
    "Order": _item(_price(END)),
    "Bill": _item(_charge(_choice(_price(END)))),
    "Payment": _charge(_choice(END)),
    "Labels": _item(_price(_charge()), label="wish"),
    "Sorts": _item(_price(_charge()), NAT),
    "Turns": _price(_item(_charge())),
    "Loop": rec("X", _item(_price(var("X")))),
    "Unrolled": _item(_price(rec("Y", _item(_price(_item(_price(var("Y")))))))),
    "Long": _item(_price(_item(_price(_item(_price(END)))))),
    "Host": message("Customer", "Shop", "hello", END, UNIT),
}
"""Small protocols; Customer and Shop say the same in some of them."""
_GUEST: Final = project_all(SAMPLES["Payment"])


@cache
def image_of(name: str, delegated: tuple[Delegated, ...] = ()) -> Image:
    """A sample compiled; it takes the endpoints ``delegated`` to be of those types."""
    types = {role: each.local_type for role, each in project_all(SAMPLES[name]).items()}
    return replace(compile_protocol(name, types), delegated=delegated)


def outcomes(load: Load = import_module) -> dict[str, str]:
    """What each trial comes to with the package of composition that ``load`` gives."""
    return {name: _told(trial) for name, trial in _trials(load)}


def missed(patches: Mapping[str, str]) -> str:
    """The first trial that comes to something else if files of the package have other texts."""
    healthy = _healthy()
    try:
        for name, trial in _trials(loader((_PACKAGE,), patches)):
            if _told(trial) != healthy[name]:
                return name
    except _RAISED as error:
        return f"{type(error).__name__}: {error}"
    return ""


@cache
def _healthy() -> Mapping[str, str]:
    return outcomes()


def _told(trial: Callable[[], object]) -> str:
    try:
        return str(trial())
    except ProgramError as error:
        return " ".join(each.code for each in error.diagnostics)
    except Refusal as error:
        return error.code
    except _RAISED as error:
        return f"raised {type(error).__name__}"


def _trials(load: Load) -> Iterator[Trial]:
    yield from _of_links(load)
    yield from _of_certificates(load)
    yield from _of_memory(load)
    yield from _of_gates(load)
    yield from _of_runs(load)


def _module(load: Load, name: str) -> Any:
    return load(f"{_PACKAGE}.{name}")


def _bundle(load: Load, sample: str, **more: object) -> Any:
    """A bundle of a sample; ``more`` are fields of it that are other than usual."""
    given: dict[str, object] = {"name": sample, "image": image_of(sample), **more}
    return _module(load, "bundle").ProtocolBundle(global_type=SAMPLES[sample], **given)


def _of_links(load: Load) -> Iterator[Trial]:
    certificate, make = _module(load, "certificate"), partial(_bundle, load)

    def links(*bundles: Any) -> object:
        found = certificate.certify(bundles).links
        return [(each.kind, "-".join(each.subject), *each.evidence) for each in found]

    order, shy = make("Order"), make("Payment", private=("Shop",))
    for name in SAMPLES:
        yield f"links: Order, {name}", partial(links, order, make(name, name="other"))
    yield "links: all that fit", partial(links, order, make("Bill"), make("Payment"))
    yield "links: equal up to unfolding", partial(links, make("Loop"), make("Unrolled"))
    yield "links: long", partial(links, make("Long"), make("Long", name="other"))
    yield "links: private", partial(links, make("Bill"), shy)
    yield "links: private to the first", partial(links, shy, make("Bill"))
    yield "links: no such role", partial(links, make("Order", private=("Bank", "Shop")))
    yield "links: one name", partial(links, order, make("Payment", name="Order"))
    other = make("Order", image=image_of("Labels"))
    yield "links: another's image", partial(links, other)
    wider = replace(image_of("Order"), programs=(*image_of("Order").programs, _idle("Bank")))
    yield "links: an idle role", partial(links, make("Order", image=wider))
    for code, part in (
        ("fits", ("Payment", "Shop", _GUEST["Shop"].local_type)),
        ("turned", ("Payment", "Shop", _GUEST["Bank"].local_type)),
        ("is not there", ("Payment", "Clerk", DONE)),
    ):
        host = make("Host", image=image_of("Host", (part,)))
        yield f"links: what is expected {code}", partial(links, host, make("Payment"))
        yield f"links: what is offered {code}", partial(links, make("Payment"), host)


def _idle(role: str) -> RoleProgram:
    return RoleProgram(role, DONE, (Halt(),), 1)


def _of_certificates(load: Load) -> Iterator[Trial]:
    module = _module(load, "certificate")
    bundles = [_bundle(load, name) for name in ("Order", "Bill", "Payment")]
    made = module.certify(bundles)

    def codes(certificate: Any, members: Any = bundles) -> str:
        found = module.certificate_problems(certificate, members)
        return " ".join(problem.code for problem in found)

    def rehashed(**changed: object) -> Any:
        other = replace(made, **changed)
        return replace(other, hash=module.content_hash(other.members, other.links))

    yield "certificate", lambda: (made.hash, codes(made))
    member, link = made.members[0], made.links[1]
    edits: list[Mapping[str, object]] = [{"hash": "0" * 64}]
    edits.extend(
        {"members": (replace(member, **{field: "x"}), *made.members[1:])}
        for field in ("name", "image", "bundle")
    )
    for field in ("kind", "one", "other", "subject", "evidence"):
        old = getattr(link, field)
        new: object = "x" if isinstance(old, str) else ("x", *old[1:])
        edits.append({"links": (made.links[0], replace(link, **{field: new}), *made.links[2:])})
    edits.append({"links": made.links[1:]})
    edits.append({"links": made.links[::-1]})
    edits.append({"links": (*made.links, link)})
    edits.append({"members": made.members[::-1]})
    for number, edit in enumerate(edits):
        yield f"certificate: edit {number}", partial(codes, replace(made, **edit))
        yield f"certificate: edit {number}, hashed again", lambda e=edit: codes(rehashed(**e))
    shy = _bundle(load, "Order", private=("Customer",))
    yield "certificate: private roles", partial(codes, made, [shy, *bundles[1:]])
    yield "certificate: other bundles", partial(codes, made, bundles[:2])
    yield (
        "certificate: as a file",
        lambda: module.decode_certificate(module.encode_certificate(made)) == made,
    )


def _of_memory(load: Load) -> Iterator[Trial]:
    memory = _module(load, "memory")
    plan = [(_bundle(load, "Order"), 70), (_bundle(load, "Bill"), 3), (_bundle(load, "Loop"), 0)]
    usage = partial(memory.usage, plan, Config(), trace=True, max_steps=100)
    yield "memory", usage
    buffers = (
        ("Customer", "Shop", Buffer(mode=LATEST)),
        ("Shop", "Customer", Buffer(full=DROP, capacity=3)),
        ("Shop", "Bank", Buffer(full=RESIZE, capacity=2, maximum=9)),
    )
    config = Config(capacity=5, buffers=buffers)
    yield "memory: buffers", partial(memory.usage, plan, config, trace=False, max_steps=None)

    def codes(bundles: Any = plan, max_steps: int | None = 100, **budget: Any) -> object:
        used = memory.usage(bundles, Config(), trace=True, max_steps=max_steps)
        limits = memory.MemoryBudget(**budget)
        found = memory.budget_problems(bundles, used, limits)
        return [(each.code, each.message) for each in found]

    yield "memory: default budget", codes
    yield "memory: endless trace", partial(codes, max_steps=None)
    yield "memory: endless trace allowed", partial(codes, max_steps=None, allows_unbounded=True)
    yield "memory: everything", lambda: codes(**dict.fromkeys(_LIMITS, 0))
    for limit, needed in _needs(usage()).items():
        yield f"memory: {limit}, just enough", lambda lim=limit, n=needed: codes(**{lim: n})
        yield f"memory: {limit}, too little", lambda lim=limit, n=needed: codes(**{lim: n - 1})
    forking = RoleProgram("Bank", DONE, (Fork(0), Halt()), 1)
    image = Image("Forks", (forking,))
    endless = [(_module(load, "bundle").ProtocolBundle("Forks", image, END), 1)]
    yield "memory: forks", partial(codes, endless)
    yield "memory: forks allowed", partial(codes, endless, allows_unbounded=True)
    yield "memory: no number", lambda: memory.MemoryBudget(max_bytes=-1)


_LIMITS: Final = (
    "max_bytes_per_coroutine",
    "max_bytes_per_session",
    "max_incremental_bytes_per_protocol",
    "max_bytes_of_trace",
    "max_bytes",
)


def _needs(used: Any) -> dict[str, int]:
    """The least budget that does, limit by limit."""
    found = (
        max(each.per_coroutine for each in used.bundles),
        max(each.per_session for each in used.bundles),
        max(each.image for each in used.bundles),
        used.trace,
        used.full,
    )
    return dict(zip(_LIMITS, found, strict=True))


def _of_gates(load: Load) -> Iterator[Trial]:
    def composed(*bundles: Any, config: Config | None = None, **more: Any) -> object:
        return _composed(load, bundles, config, **more).memory is not None

    make = partial(_bundle, load)
    aging, turns = RuntimeRequest("aging"), RuntimeRequest("priority", speculation=True)
    loose = RuntimeRequest(determinism=DeterminismMode.ModuloEffects)
    order = make("Order")
    yield "gates: plain", partial(composed, order, make("Bill"))
    yield "gates: nothing", composed
    yield "gates: no contracts", partial(composed, order, make("Bill", request=turns))
    asks = make("Bill", request=turns), make("Payment", request=aging)
    yield "gates: several policies", partial(composed, order, *asks)
    yield "gates: a profile", partial(composed, order, make("Bill", request=loose))
    yield "gates: none", partial(composed, order, make("Bill", request=unadmitted()))
    two = {"Order": 2}
    crowded = partial(composed, order, make("Bill"), sessions=two)
    for limit, name in ((2, "max_sessions"), (6, "max_coroutines"), (7, "max_coroutines")):
        limited = replace(Config(), **{name: limit})
        yield f"gates: {name} {limit}", partial(crowded, config=limited)
    lossy = Config(buffers=(("Bank", "Shop", Buffer(full=DROP)),))
    yield "gates: a lossy buffer", partial(composed, order, make("Bill"), config=lossy)
    yield "gates: no such bundle", partial(composed, order, sessions={"Ordre": 2})
    yield "gates: no number", partial(composed, order, sessions={"Order": -1})
    yield "gates: too few hosts", partial(composed, order, make("Bill"), hosts=("Order",))


def _composed(
    load: Load,
    bundles: tuple[Any, ...],
    config: Config | None = None,
    hosts: tuple[str, ...] | None = None,
    **more: Any,
) -> Any:
    names = tuple(bundle.name for bundle in bundles) if hosts is None else hosts
    return _module(load, "runtime").ComposedRuntime(
        config or Config(),
        _module(load, "memory").MemoryBudget(),
        bundles,
        _module(load, "certificate").certify(bundles),
        {name: SeededHost(7) for name in names},
        **more,
    )


def _of_runs(load: Load) -> Iterator[Trial]:
    bundles = tuple(_bundle(load, name) for name in ("Order", "Bill"))
    more: dict[str, Any] = {"sessions": {"Order": 2, "Bill": 3}, "max_steps": 100, "trace": True}

    def run() -> object:
        runtime = _composed(load, bundles, **more)
        opened = runtime.open()
        steps = runtime.run("cooperative").steps
        return opened, steps, [runtime.session_digest(number) for number in range(5)]

    def by_hand() -> object:
        runtime = _composed(load, bundles, **more)
        opened = [runtime.load(image_of("Bill")), runtime.load(image_of("Order"))]
        opened += map(runtime.load, [image_of("Bill")] * 2)
        while runtime.enabled():
            runtime.step(Pick(runtime.enabled()[0]))
        return opened, [runtime.session_digest(number) for number in range(4)]

    def late(*images: str) -> object:
        runtime = _composed(load, bundles)
        return [runtime.load(image_of(name)) for name in images]

    yield "runs: alone", lambda: [alone(load, name, count) for name, count in (("Order", 2),)]
    yield "runs: together", run
    yield "runs: by hand", by_hand
    yield "runs: a second that was not planned", partial(late, "Order", "Bill", "Order")
    yield "runs: another image", partial(late, "Payment")
    yield "runs: at most so many steps", lambda: _at_most(load, bundles)


def _at_most(load: Load, bundles: tuple[Any, ...]) -> object:
    """Three steps are planned: two in one call, one more, and then none."""
    runtime = _composed(load, bundles, max_steps=3)
    runtime.open()
    steps = [runtime.run("cooperative", most).steps for most in (2, None, None)]
    return steps, _told(lambda: runtime.step(Pick(runtime.enabled()[0])))


def alone(load: Load, name: str, count: int) -> list[str]:
    """The digests of the sessions of one sample on a machine of its own."""
    engine = Engine(Config(), SeededHost(7))
    engine.load_many(image_of(name), count)
    engine.run("cooperative")
    roles = len(image_of(name).roles)
    apart = _module(load, "runtime").apart
    return [apart(engine.events(), number, number * roles) for number in range(count)]
