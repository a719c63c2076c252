"""PDF files written by hand in which a page break cuts a cell: its text is drawn on both pages and clipped on each."""

from __future__ import annotations

from test_source_pdf_by_hand import FONT, file_of, read, stream

HEIGHT = 200
FRAME = "20 60 m 20 180 l S 280 60 m 280 180 l S 100 60 m 100 180 l S 20 {closed} m 280 {closed} l S "
ON_FIRST, ON_SECOND = FRAME.format(closed=180), FRAME.format(closed=60)


def pages(*contents: str, resources: str = "", more: tuple[str, ...] = ()) -> bytes:
    """Pages of 300 × 200 points. `more` are the objects from number 4 on."""
    count = len(contents)
    begin = 4 + len(more)
    fonts = f"/Resources<</Font<</F 3 0 R>>{resources}>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{begin + 2 * n} 0 R' for n in range(count))}]/Count {count}>>",
        FONT,
        *more,
    ]
    for number, content in enumerate(contents):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]{fonts}/Contents {begin + 2 * number + 1} 0 R>>",
            stream(content),
        ]
    return file_of(objects)


def shown(text: str, x: float, y: float) -> str:
    return f"BT /F 10 Tf {x} {y} Td ({text}) Tj ET "


def within(content: str, bottom: float = 60, top: float = 180) -> str:
    return f"q 20 {bottom} 260 {top - bottom} re W n {content} Q "


def lines(*words: str, first: float) -> str:
    """Words one below the other, from a baseline downwards."""
    return "".join(within(shown(word, 110, first - 14 * number)) for number, word in enumerate(words))


def cells(data: bytes) -> list[tuple[tuple[str, ...], ...]]:
    return [block.cells for block in read(data).blocks]


TEXT = ("eka", "dva", "tri", "catur")


def test_a_cell_that_a_page_break_cuts_is_read_once() -> None:
    # The foot of the first page goes through white: two lines stand above it, two below.
    first = ON_FIRST + shown("Nama", 30, 100) + lines(*TEXT, first=78)
    second = ON_SECOND + lines(*TEXT, first=198)
    extract = read(pages(first, second))
    assert [block.cells for block in extract.blocks] == [(("Nama",), TEXT)]
    assert extract.unread == ()
    assert extract.size == len("Nama" + "".join(TEXT))


def test_a_line_that_the_foot_of_a_page_cuts_is_read_once() -> None:
    for shift in (-6.0, -4.5, -3.9, -3.8, -3.7, -3.0, -1.0, 0.5):  # its middle is 3.8 above its baseline
        first = ON_FIRST + shown("Nama", 30, 100) + lines(*TEXT, first=60 + 14 + shift)
        second = ON_SECOND + lines(*TEXT, first=180 + 14 + shift)
        assert cells(pages(first, second)) == [(("Nama",), TEXT)], shift


def test_pages_may_disagree_a_little_on_where_the_cut_is() -> None:
    for above in (-0.25, 0.0, 0.25):  # the middle of a line above the foot of the first page
        for apart in (-0.2, 0.0, 0.2):
            first = ON_FIRST + shown("Nama", 30, 100) + lines(*TEXT, first=60 + 14 - 3.8 + above)
            second = ON_SECOND + lines(*TEXT, first=180 + 14 - 3.8 + above + apart)
            assert cells(pages(first, second)) == [(("Nama",), TEXT)], (above, apart)


def test_rules_may_end_a_little_before_the_cut() -> None:
    first = ON_FIRST.replace(" 60 m", " 60.6 m") + shown("Nama", 30, 100) + lines(*TEXT, first=60 + 14 - 3.6)
    second = ON_SECOND.replace(" 180 l", " 179.4 l") + lines(*TEXT, first=180 + 14 - 3.6)
    assert cells(pages(first, second)) == [(("Nama",), TEXT)]


def test_a_point_belongs_to_the_line_that_is_cut_though_its_own_ink_is_whole() -> None:
    # The line belongs to the first page; on the second the point alone is within what may be drawn.
    def dotted(y: float) -> str:
        return within(shown("eka", 110, y)) + within(shown(".", 126.1, y)) + within(shown("dva", 129, y))

    first = ON_FIRST + shown("Nama", 30, 100) + dotted(60 - 2)
    second = ON_SECOND + dotted(180 - 2)
    assert cells(pages(first, second)) == [(("Nama",), ("eka.dva",))]


def test_what_no_page_shows_is_said_and_not_read() -> None:
    hidden = within(shown("panca", 110, 40))
    extract = read(pages(ON_FIRST + shown("Nama", 30, 100) + lines(*TEXT[:2], first=100) + hidden))
    assert [block.cells for block in extract.blocks] == [(("Nama",), TEXT[:2])]
    assert [one.text for one in extract.unread] == ["panca"]
    assert "1ページ" in (extract.unread[0].reason or "")
    assert extract.size == len("Nama" + "".join(TEXT[:2]) + "panca")
    numbered = [line for block in extract.blocks for line in block.lines]
    assert extract.unread[0].first not in numbered


def test_a_page_number_at_the_end_of_what_hangs_out_is_shown() -> None:
    text = (*TEXT, "panca")
    first = ON_FIRST + lines(*text, first=76) + shown("7", 137.3, 76 - 4 * 14)
    extract = read(pages(first, ON_SECOND + lines(*text, first=196)))
    assert [one.text for one in extract.furniture] == ["7"]
    assert extract.unread == ()


def test_words_that_only_look_like_those_of_the_next_page_are_said() -> None:
    first = ON_FIRST + lines("eka", first=100) + within(shown("dva", 110, 40))
    second = ON_SECOND + lines("tri", first=100) + shown("dva", 150, 80)
    assert [one.text for one in read(pages(first, second)).unread] == ["dva"]


def test_what_is_cut_at_its_side_is_read_whole() -> None:
    narrow = f"q 100 60 30 120 re W n {shown('eka dva tri', 110, 100)} Q "
    assert cells(pages(ON_FIRST + shown("Nama", 30, 100) + narrow)) == [(("Nama",), ("eka dva tri",))]


def test_a_picture_that_is_cut_is_read_once() -> None:
    # A form of its own, moved, and drawn within a clip; then one whose own box is the clip.
    words = "".join(shown(word, 110, 78 - 14 * number) for number, word in enumerate(TEXT))
    entries = "/Type/XObject/Subtype/Form/Resources<</Font<</F 3 0 R>>>>"
    whole = stream(words, f"{entries}/BBox[0 -100 300 400]")
    upper = stream(words, f"{entries}/BBox[0 60 300 400]")
    lower = stream(words, f"{entries}/BBox[0 -100 300 60]")
    named = "/XObject<</W 4 0 R/U 5 0 R/L 6 0 R>>"
    name = shown("Nama", 30, 100)
    clipped = pages(
        ON_FIRST + name + within("q 1 0 0 1 0 0 cm /W Do Q"),
        ON_SECOND + within("q 1 0 0 1 0 120 cm /W Do Q"),
        resources=named,
        more=(whole, upper, lower),
    )
    boxed = pages(
        ON_FIRST + name + "/U Do",
        ON_SECOND + "q 1 0 0 1 0 120 cm /L Do Q",
        resources=named,
        more=(whole, upper, lower),
    )
    assert cells(clipped) == cells(boxed) == [(("Nama",), TEXT)]
