"""The importer reads the real sources as well as the committed scoreboard says, in every figure."""

from __future__ import annotations

from pathlib import Path

from score import committed, score


def test_the_scoreboard_is_true(sources: Path) -> None:
    """A figure that changed, for better or worse, is looked at and then written by `scripts/score --update`."""
    assert score(sources) == committed()


def test_nothing_is_read_wrong() -> None:
    for source, figures in committed().items():
        assert figures["wrong"] == 0, source
        assert figures["boxes_wrong"] == 0, source
