"""`scripts/bench import`: how long one large source takes to import, and how much memory.

An invented 評価書 is grown until it is as large as asked, written in every format the importer reads, and imported
by the command line as a user would, three times each; the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "sources"))

from invented import COPIES, values_for  # noqa: E402
from printed_form import Printed  # noqa: E402

from pia_site.forms import form_by_id  # noqa: E402

RUNS = 3
SENTENCES = 12


def text_of(size: int) -> str:
    """An invented 全項目評価書 of about `size` bytes: ever more 委託事項, 移転先 and change rows."""
    form = form_by_id("full-2018-05")
    scale = 1
    while True:
        members = {"i-2-s": 3 * scale, "ii1-4-c": 8 * scale, "ii1-5-t": 5 * scale, "ii2-4-c": 8 * scale}
        values = values_for(form, Random(1), members)
        for address, value in values.items():
            if isinstance(value, str) and len(value) > SENTENCES:
                values[address] = f"{value}。" * SENTENCES
        rows = [
            ("令和4年4月1日", f"Ⅱ4 委託事項{n}①", "甲の見本" * 20, "乙の見本" * 20, "事後", "")
            for n in range(50 * scale)
        ]
        text = Printed(
            form, values, COPIES, members, {"records1": ["・甲 ・乙"], "records2": ["・丙"]}, rows
        ).text()
        if len(text.encode()) >= size:
            return text
        scale += 1


def measured(source: Path) -> tuple[float, float]:
    """Seconds and the largest memory in MB of one import, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pia_site", "import", str(source), "--into", f"{folder}/content"]
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
    assert os.waitstatus_to_exitcode(status) in (0, 1), "the import failed"
    return seconds, usage.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/bench import", description="取込の速さと記憶量を測ります。"
    )
    parser.add_argument("--mb", type=float, default=1.0, help="原本の大きさ（MB）")
    parser.add_argument("--json", action="store_true", help="JSON で出す")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "mihon.txt"
        source.write_text(text_of(int(options.mb * 1_000_000)), encoding="utf-8")
        runs = [measured(source) for _ in range(RUNS)]
        figures = {
            "bytes": source.stat().st_size,
            "seconds": round(statistics.median(seconds for seconds, _ in runs), 2),
            "megabytes": round(statistics.median(memory for _, memory in runs)),
        }
    if options.json:
        print(json.dumps(figures))
    else:
        print(
            f"原本 {figures['bytes']:,} バイト: {figures['seconds']} 秒、{figures['megabytes']} MB（{RUNS}回の中央値）"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
