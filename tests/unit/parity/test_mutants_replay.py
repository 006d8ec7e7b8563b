"""The registry of the seeded faults of normal forms, recordings and their replay."""

from antiphon.parity.mutants_replay import FORM_MUTANTS, REPLAY_MUTANTS


def test_each_file_is_broken() -> None:
    """Whatever forms, writes, reads and has again, several times."""
    files = [mutant.file for mutant in (*FORM_MUTANTS, *REPLAY_MUTANTS)]
    for name in ("normal_form", "profiles", "recording", "appended", "stored", "replayer"):
        assert files.count(f"replay/{name}.py") >= 3, name
    assert files.count("replay/divergence.py") == 2
    assert files.count("machine/standing.py") >= 3
    assert {mutant.trial for mutant in FORM_MUTANTS} == {"forms"}
    assert {mutant.trial for mutant in REPLAY_MUTANTS} == {"recordings"}
