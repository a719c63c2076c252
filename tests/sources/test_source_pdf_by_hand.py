"""PDF files written by hand: what no browser prints (locked, broken, filled-in forms), and every kind of rule."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from pia_site.problems import PiaSiteError
from pia_site.sources.extract import Extract
from pia_site.sources.readers.formats import read_source
from pia_site.sources.readers.pdf_file import read_pdf
from pia_site.sources.readers.raw_text import RawText

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SHOWN = "BT /F 10 Tf 60 150 Td (Mihon) Tj ET"


def stream(content: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(content)}>>\nstream\n{content}\nendstream"


def pdf(
    content: str, *, catalog: str = "", page: str = "", trailer: str = "", more: tuple[str, ...] = ()
) -> bytes:
    """A page of 300 × 200 points. `more` are the objects from number 6 on."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R{page}>>",
        FONT,
        stream(content),
        *more,
    ]
    return file_of(objects, trailer)


def file_of(objects: list[str], trailer: str = "") -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return data + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    ).encode("ascii")


def read(data: bytes) -> Extract:
    return read_pdf(data, "mihon.pdf", "0" * 64)


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def codes(data: bytes) -> list[str]:
    """The problems of a file, whether it is read or refused."""
    try:
        return [one.code for one in read(data).problems]
    except PiaSiteError as refused:
        return [one.code for one in refused.problems]


# --- files that cannot be read ---


def locked() -> bytes:
    entries = f"<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>"
    return pdf(SHOWN, trailer=f"/Encrypt{entries}/ID[<00><00>]")


def without_pages() -> bytes:
    return file_of(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"])


def test_a_locked_file_is_refused_and_the_next_without_pages_is_not_called_locked() -> None:
    assert codes(locked()) == ["I021"]
    assert codes(without_pages()) == ["I020"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n" + b"mihon " * 500,
        pdf(SHOWN)[:200],
        file_of(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
    ],
)
def test_what_is_no_pdf_or_broken_is_refused(data: bytes) -> None:
    assert codes(data) == ["I020"]


def test_a_file_of_which_the_end_is_missing_is_read_and_said() -> None:
    data = pdf(SHOWN)
    cut = data[: data.index(b"%%EOF")] + b"\n" * 5000
    assert texts(cut) == ["Mihon"]
    assert codes(cut) == ["I026"]


def test_a_program_instead_of_pages_is_refused() -> None:
    assert codes(pdf(SHOWN, catalog="/AcroForm<</Fields[]/XFA 6 0 R>>", more=(stream("<xdp/>"),))) == ["I027"]


def test_a_file_with_nothing_on_its_pages_is_refused() -> None:
    assert codes(pdf("")) == ["I022"]


def test_text_that_a_program_recognised_in_a_scan_is_read_and_said() -> None:
    scan = "q 300 0 0 200 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
    hidden = "BT 3 Tr /F 10 Tf 20 150 Td (Mihon shi wa mihon no jimu wo okonau) Tj ET"
    assert codes(pdf(scan)) == ["I022"]
    assert codes(pdf(f"{scan} {hidden}")) == ["I025"]
    assert texts(pdf(f"{scan} {hidden}")) == ["Mihon shi wa mihon no jimu wo okonau"]


def test_letters_without_a_name_are_said() -> None:
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/g1/g2/g3]>>>>"
    data = pdf("BT /F 10 Tf 20 150 Td (ABCABCABC) Tj ET").replace(FONT.encode("ascii"), font.encode("ascii"))
    assert codes(data) == ["I024"]


def test_damaged_files_are_read_or_refused_and_never_fail() -> None:
    chance = Random(7)
    whole = pdf(f"{SHOWN} 10 10 200 100 re S 10 50 m 210 50 l S")
    seen = set()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 3, 30])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        begin = chance.randrange(len(data))
        if chance.random() < 0.3:
            del data[begin : begin + chance.randrange(300)]
        seen.update(codes(bytes(data)))
    assert {"I020", "I022"} <= seen


# --- text ---


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    assert texts(pdf("BT /F 10 Tf 20 150 Td (Mihonn) Tj 0.4 0 Td (Mihonn) Tj ET")) == ["Mihonn"]


def test_words_apart_keep_one_space_and_spaced_letters_none() -> None:
    assert texts(pdf("BT /F 10 Tf 20 150 Td (Mihon) Tj 60 0 Td (shi) Tj ET")) == ["Mihon shi"]
    assert texts(pdf("BT /F 10 Tf 3 Tc 20 150 Td (Mihonken) Tj ET")) == ["Mihonken"]


def test_what_stands_in_form_fields_is_read() -> None:
    field = (
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V<FEFF898B672C5E02>/Rect[50 50 200 70]"
        "/DA(/F 10 Tf 0 g)/F 4/P 3 0 R>>"
    )
    form = "/AcroForm<</Fields[6 0 R]/NeedAppearances true/DR<</Font<</F 4 0 R>>>>/DA(/F 10 Tf 0 g)>>"
    assert texts(pdf(SHOWN, catalog=form, page="/Annots[6 0 R]", more=(field,))) == ["Mihon", "見本市"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_that_stands_upright_is_read_however_the_page_is_turned(angle: int) -> None:
    assert texts(pdf(SHOWN, page=f"/Rotate {angle}")) == ["Mihon"]


def test_a_page_drawn_lying_on_its_side_is_turned() -> None:
    rules = (
        "10 10 m 10 190 l S 150 10 m 150 190 l S 290 10 m 290 190 l S 10 10 m 290 10 l S 10 190 m 290 190 l S"
    )
    words = "BT 0 1 -1 0 80 30 Tm /F 10 Tf (Mihon) Tj ET BT 0 1 -1 0 220 30 Tm /F 10 Tf (shi) Tj ET"
    assert [block.cells for block in read(pdf(f"{rules} {words}")).blocks] == [(("Mihon",),), (("shi",),)]


# --- rules ---

WORDS = (
    "BT /F 10 Tf 30 160 Td (a) Tj ET BT /F 10 Tf 130 160 Td (b) Tj ET "
    "BT /F 10 Tf 30 110 Td (c) Tj ET BT /F 10 Tf 130 110 Td (d) Tj ET "
)
GRID = [(20, 80, 20, 180), (120, 80, 120, 180), (220, 80, 220, 180)] + [
    (20, y, 220, y) for y in (80, 130, 180)
]


def stroked(width: float, dash: str = "[] 0 d") -> str:
    return f"{width} w {dash} " + "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in GRID)


def boxes(thick: float) -> str:
    return "".join(f"{a} {b} {c - a or thick} {d - b or thick} re f " for a, b, c, d in GRID)


def dots() -> str:
    steps = [(a + (c - a) * n / 100, b + (d - b) * n / 100) for a, b, c, d in GRID for n in range(101)]
    return "".join(f"{x:.2f} {y:.2f} 0.8 0.8 re f " for x, y in steps)


def each_cell() -> str:
    """Every cell draws its own border, so that borders are double."""
    return "".join(f"{x + 1} {y + 1} 98 48 re S " for x in (20, 120) for y in (80, 130))


@pytest.mark.parametrize(
    "rules",
    [
        stroked(0.5),
        stroked(2, "[3 2] 0 d"),
        boxes(0.6),
        dots(),
        each_cell(),
        f"q 0.5 0 0 0.5 0 0 cm {' '.join(f'{2 * a} {2 * b} m {2 * c} {2 * d} l S' for a, b, c, d in GRID)} Q ",
    ],
    ids=["stroked", "dashed", "boxes", "dots", "each cell", "scaled"],
)
def test_rules_of_every_kind_make_cells(rules: str) -> None:
    found = [block.cells for block in read(pdf(rules + WORDS)).blocks]
    assert found == [(("a",), ("b",)), (("c",), ("d",))]


def test_rules_in_a_picture_of_their_own_make_cells() -> None:
    form = stream(stroked(1), "/Type/XObject/Subtype/Form/BBox[0 0 300 200]/Matrix[1 0 0 1 5 0]")
    page = "/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>"
    data = pdf(f"q 1 0 0 1 -5 0 cm /X Do Q {WORDS}", more=(form,))
    data = data.replace(b"/Resources<</Font<</F 4 0 R>>>>", page.encode("ascii"))
    assert [block.cells for block in read(data).blocks] == [(("a",), ("b",)), (("c",), ("d",))]


@pytest.mark.parametrize("rules", ["1 1 1 RG " + stroked(1), "", "20 130 m 220 130 l S"])
def test_without_rules_that_can_be_seen_there_is_no_table(rules: str) -> None:
    assert texts(pdf(rules + WORDS)) == ["a b", "c d"]


def test_open_sides_and_short_lines_change_no_cell() -> None:
    sides = "".join(f"{a} {b} m {c} {d} l S " for a, b, c, d in GRID if not a == c == 20)
    underlined = "30 157 m 60 157 l S 130 107 m 150 107 l S "
    found = [block.cells for block in read(pdf(sides + underlined + WORDS)).blocks]
    assert found == [(("a",), ("b",)), (("c",), ("d",))]


def test_a_file_without_rules_is_read_as_text_without_tables(tmp_path: Path) -> None:
    path = tmp_path / "mihon.pdf"
    path.write_bytes(pdf("BT /F 10 Tf 60 150 Td (Mihon) Tj 0 -40 Td (City) Tj ET"))
    found = read_source(path)
    assert isinstance(found, RawText)
    assert [[line.text for line in page.lines] for page in found.pages] == [["Mihon", "City"]]
    assert [line.number for line in found.pages[0].lines] == sorted(found.extract.by_line)
