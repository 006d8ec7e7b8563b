"""The corpus: one file per case, which plays on every machine and notices what is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from antiphon.errors import Refusal
from antiphon.machine.config import Config
from antiphon.parity import corpus
from antiphon.parity.corpus import (
    KILLERS,
    load,
    load_killers,
    make_recording,
    play,
    play_alone,
    save,
    save_killers,
)
from antiphon.parity.ensemble import Differs
from antiphon.parity.source import Source
from antiphon.parity.subject import MODEL, engine
from antiphon.parity.trial import Trial
from antiphon.replay.recording import Recording
from tests.unit.parity.liars import Raising, Runs, ShortRun, WrongClock, WrongRow, liar
from tests.unit.parity.test_trial import CASE

PURE = engine("pure")


def recording(drive: str) -> Recording:
    """A small recording of a healthy model."""
    trial = Trial(replace(CASE, drive=drive), Source(key="corpus"), (MODEL,))
    trial.run()
    made = trial.recording()
    assert made is not None
    return made


@pytest.mark.parametrize("drive", ["round-robin", "random"])
def test_save_and_load(tmp_path: Path, drive: str) -> None:
    """A file is named for its content, and gives the same recording back."""
    made = recording(drive)
    place = save(tmp_path / "new", made)
    again = load(tmp_path / "new")
    assert list(again) == [place.stem]
    assert save(tmp_path / "new", again[place.stem]) == place
    kept = again[place.stem]
    assert isinstance(kept, Recording)
    assert kept.expected == made.expected


@pytest.mark.parametrize("drive", ["round-robin", "random"])
def test_play(drive: str) -> None:
    """Healthy machines play a recording in step and alone; the rows that it reaches are told."""
    rows = play(recording(drive), (MODEL, PURE, liar(Runs)))
    assert rows["send.ok.commit"] == rows["receive.ok.commit"] == 1
    assert rows["halt.ok.commit"] == 2
    for subject in (MODEL, PURE):
        play_alone(recording(drive), subject)


@pytest.mark.parametrize("kind", [WrongClock, WrongRow, Raising])
def test_play_notices(kind: type[WrongClock]) -> None:
    """A wrong machine is noticed, also if it is wrong only where nothing must happen."""
    with pytest.raises(Differs):
        play(recording("random"), (MODEL, liar(kind)))


def test_play_alone_notices() -> None:
    """A machine whose run is no replay is noticed without another one beside it."""
    with pytest.raises(Differs, match="run"):
        play_alone(recording("cooperative"), liar(ShortRun))
    with pytest.raises(Differs):
        play_alone(recording("cooperative"), liar(WrongClock))


def test_play_compares_with_the_digests() -> None:
    """Machines that agree with each other, but not with the recording, are noticed."""
    made = recording("random")
    wrong = replace(made, expected=replace(made.expected, state="0" * 64))
    with pytest.raises(Differs, match="recorded digests"):
        play(wrong, (MODEL, PURE))


def test_loads_the_shortest_first(tmp_path: Path) -> None:
    """Cases come in the order of the length of their files."""
    places = [save(tmp_path, recording(drive)) for drive in ("round-robin", "random")]
    sizes = {place.stem: place.stat().st_size for place in places}
    assert list(load(tmp_path)) == sorted(sizes, key=lambda name: (sizes[name], name))


def test_rejects_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not more of a file is read than a case may be long."""
    save(tmp_path, recording("random"))
    monkeypatch.setattr(corpus, "JSON_SIZE_MAX", 100)
    with pytest.raises(Refusal) as refused:
        load(tmp_path)
    assert refused.value.code == "too-large"


def test_equal_images_are_written_once() -> None:
    """Sessions of one image that follow each other share it."""
    image = CASE.sessions[0].image
    made = make_recording([image, image], Config(1), [], [], unverified=False)
    assert made.setup.sessions == (2,)
    assert made.steps == 0


def test_killers_come_back(tmp_path: Path) -> None:
    """They are noted by mutant, and are no case of the corpus."""
    assert load_killers(tmp_path) == {}
    save_killers(tmp_path, {"b": "two", "a": "one"})
    assert (tmp_path / KILLERS).read_text() == "a one\nb two\n"
    assert load_killers(tmp_path) == {"a": "one", "b": "two"}
    assert load(tmp_path) == {}


@pytest.mark.parametrize("text", ["a\n", "a b c\n", "\n"])
def test_rejects_damaged_killers(tmp_path: Path, text: str) -> None:
    """A line is a mutant and a case."""
    (tmp_path / KILLERS).write_text(text)
    with pytest.raises(Refusal) as refused:
        load_killers(tmp_path)
    assert refused.value.code == "killers-damaged"
