"""What may not stand in this repository: officials' names, and sentences of a source document."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A change row on one line: date, an item that ends in 所属長 or 所属長の役職名, before, after, 提出時期.
CHANGE_ROW = re.compile(r"^\s*(?:昭和|平成|令和)\S+\s.*?所属長(?:の役職名)?\s+(?P<cells>.+?)\s*(?:事前|事後)")
# Words that are not a part of a name: posts, and anything not written in kanji alone.
POST = re.compile(r".*(?:長|参事|主幹|主査|主任|補佐|代理|心得|取扱)")
NAME_PART = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff]{1,4}")
FEWEST_NAMES = 4


def squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def names_in(row: str) -> set[str]:
    """Family and given name stand side by side, in a cell of their own or behind a post."""
    names = set()
    for phrase in re.split(r"[()\t]", unicodedata.normalize("NFKC", row)):
        parts: list[str] = []
        for word in [*phrase.split(), ""]:
            if NAME_PART.fullmatch(word) and not POST.fullmatch(word):
                parts.append(word)
                continue
            if len(parts) == 2:
                names.add("".join(parts))
            parts = []
    return names


def officials(sources: Path) -> set[str]:
    lines = [line for path in sorted(sources.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return {name for line in lines if (row := CHANGE_ROW.match(line)) for name in names_in(row["cells"])}


def files_of_the_repository() -> list[Path]:
    """What git tracks or would add."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [path for name in filter(None, listed.split("\0")) if (path := ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("課長 架空 太郎\t戸籍課長 見本 花子", {"架空太郎", "見本花子"}),
        ("参事兼課長　架空　太郎 戸籍課長", {"架空太郎"}),
        ("架空 太郎(見本 花子)\t架空 次郎(見本 花子)", {"架空太郎", "架空次郎", "見本花子"}),
        ("戸籍課長\t住民課長", set()),
        ("(記載無し)\t戸籍課長", set()),
    ],
)
def test_names_are_read_from_a_row(row: str, names: set[str]) -> None:
    assert names_in(row) == names


def test_no_official_is_named(sources: Path) -> None:
    names = officials(sources)
    assert len(names) >= FEWEST_NAMES, f"only {len(names)} names found in the sources: is CHANGE_ROW right?"
    # A failure says where, not who: the log is public too.
    named = [
        path.relative_to(ROOT).as_posix()
        for path in files_of_the_repository()
        for text in [squeeze(f"{path.name} {path.read_text('utf-8', errors='ignore')}")]
        if any(name in text for name in names)
    ]
    assert named == []


def test_no_sentence_is_copied_from_a_source(sources: Path) -> None:
    tool = sources.parent / "tools" / "find-copied-text"
    if not tool.is_file():
        pytest.skip(f"{tool} is not there")
    run = subprocess.run(
        [sys.executable, tool, ROOT, "--sources", sources], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
