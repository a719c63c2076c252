"""What is printed on the pages of a PDF: characters, rules and pictures, each at its place.

Only here PDFium is called. Pages are turned so that most of their text is upright, whatever the file says of their
rotation. Form fields are printed into their page. All lengths are points, `y` downwards from the head.
May import: ruled_page, printed_lines.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from pia_site.sources.readers.printed_lines import Glyph, is_wide
from pia_site.sources.readers.ruled_page import Rule

_MIDDLE = 0.38
"""How high the middle of a character is above its base line, in em."""
_THICKEST_RULE = 3.0
_STRAIGHT = 1.0
_MOST_SEGMENTS = 40_000
_BOX_SEGMENTS = 6
"""A filled path of no more segments is taken for the box around it."""
_DEEPEST = 6
"""Pictures within pictures: no page needs more."""
_WHITE = 250
_SLANT = math.radians(10)
_DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Where lines run that are turned by so many quarters, `y` upwards."""
_HYPHEN = 2
"""What PDFium puts for a hyphen at the end of a line."""


class Fault(Enum):
    """Why a file gives nothing."""

    DAMAGED = auto()
    LOCKED = auto()
    PROGRAM = auto()
    """Not its pages, but a program that fills them in holds its content (XFA)."""


class UnreadablePdf(Exception):
    """A file that cannot be opened."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.name)


@dataclass(slots=True)
class PageInk:
    """One page. `letters`: the number of its characters, `picture`: the part of it that pictures cover. `hidden`:
    characters that are not drawn (what a program recognised in a scan), `nameless` those of which the file does not
    say what they are, `curves` drawn outlines. `slanted`: what is written across the page (watermarks). `damaged`: it
    could not be opened.
    """

    number: int
    letters: int = 0
    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    picture: float = 0.0
    hidden: int = 0
    nameless: int = 0
    curves: int = 0
    slanted: str = ""
    damaged: bool = False


Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in the file's own space."""
Matrix = tuple[float, float, float, float, float, float]
_WHOLE: Box = (-math.inf, -math.inf, math.inf, math.inf)


def read_ink(data: bytes) -> Iterator[PageInk]:
    """The pages of a PDF, one after the other. Raises `UnreadablePdf` where it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # For a file without pages PDFium repeats what was wrong with the file before.
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) and b"/Encrypt" in data
        raise UnreadablePdf(Fault.LOCKED if locked else Fault.DAMAGED) from error
    try:
        if document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
            raise UnreadablePdf(Fault.PROGRAM)
        document.init_forms()
        for index in range(len(document)):
            yield _page(document, index)
    finally:
        document.close()


def _page(document: Any, index: int) -> PageInk:
    ink = PageInk(index + 1)
    try:
        page = _loaded(document, index)
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        ink.damaged = True
        return ink
    try:
        box = page.get_bbox()
        drawn_in = _Clips(page)
        chars = list(_chars(text.raw, text.count_chars(), ink, drawn_in))
        turns = Counter(char.turn for char in chars if char.turn is not None)
        turn = turns.most_common(1)[0][0] if turns else -page.get_rotation() // 90 % 4
        frame = _Frame(box, turn)
        ink.width, ink.height = frame.width, frame.height
        ink.glyphs = [glyph for char in chars if (glyph := _glyph(char, frame)) is not None]
        ink.letters = len(ink.glyphs)
        ink.slanted = "".join(char.char for char in chars if char.turn is None)
        _Drawing(ink, frame).read(page)
        if ink.picture > 0.5:
            ink.hidden = sum(_is_hidden(text, index) for index in range(text.count_chars()))
    finally:
        text.close()
        page.close()
    return ink


def _loaded(document: Any, index: int) -> Any:
    """A page, with what stands in its form fields and notes printed into it."""
    page = document[index]
    if raw.FPDFPage_GetAnnotCount(page) > 0:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


# --- characters ---


@dataclass(eq=False, slots=True)
class _Char:
    """A character in the file's own space. `turn` None: written across the page. `clip`: where it may be drawn."""

    char: str
    origin: Point
    size: float
    advance: float
    turn: int | None
    clip: Box | None


class _Frame:
    """The file's space turned until text that stands at `turn` quarters is upright, from its upper left corner."""

    def __init__(self, box: Box, turn: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.turn = turn
        sides = self.right - self.left, self.top - self.bottom
        self.width, self.height = sides if turn % 2 == 0 else sides[::-1]

    def place(self, point: Point, turn: int | None = None) -> Point:
        x, y = point
        match self.turn if turn is None else turn:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def holds(self, point: Point) -> bool:
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


def _chars(text: Any, count: int, ink: PageInk, drawn_in: _Clips) -> Iterator[_Char]:
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code == _HYPHEN:
            code = ord("-")
        if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if code == 0x20 and raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        char = chr(code)
        ink.nameless += _is_nameless(code) or raw.FPDFText_HasUnicodeMapError(text, index) == 1
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        if not 1 <= size < 1000:
            continue
        origin = x.value, y.value
        raw.FPDFText_GetLooseCharBox(text, index, box)
        turn = 0 if matrix.b == 0 < matrix.a else _quarter(math.atan2(matrix.b, matrix.a))
        advance = _advance(char, origin, size, turn, box)
        yield _Char(char, origin, size, advance, turn, drawn_in.of(text, index))


def _is_nameless(code: int) -> bool:
    return (code >= 0xFFFD and code <= 0xFFFF) or 0xE000 <= code < 0xF900


def _quarter(angle: float) -> int | None:
    quarters = angle / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) * math.pi / 2 < _SLANT else None


def _advance(char: str, origin: Point, size: float, turn: int | None, box: Any) -> float:
    """How far a character takes its line on. The box begins at its origin unless the font says nothing of widths."""
    match turn:
        case 0 | None:
            begin, end, start = box.left, box.right, origin[0]
        case 1:
            begin, end, start = box.bottom, box.top, origin[1]
        case 2:
            begin, end, start = -box.right, -box.left, -origin[0]
        case _:
            begin, end, start = -box.top, -box.bottom, -origin[1]
    if abs(begin - start) < 0.02 * size and end > begin:
        return float(end - begin)
    return size if is_wide(char) else max(size / 2, end - start)


def _glyph(char: _Char, frame: _Frame) -> Glyph | None:
    if char.turn is None:
        return None
    along, up = _DIRECTIONS[char.turn], _DIRECTIONS[(char.turn + 1) % 4]
    half, high = char.advance / 2, _MIDDLE * char.size
    middle = (
        char.origin[0] + along[0] * half + up[0] * high,
        char.origin[1] + along[1] * half + up[1] * high,
    )
    spot = frame.place(middle)
    if not frame.holds(spot):
        return None
    x, y = spot if char.turn == frame.turn else frame.place(middle, char.turn)
    inside = None
    if char.clip is not None:
        left, bottom, right, top = char.clip
        head, foot = sorted(frame.place(corner, char.turn)[1] for corner in ((left, bottom), (right, top)))
        inside = y - head, foot - y
    return Glyph(char.char, x - half, x + half, y, char.size, spot, (char.turn - frame.turn) % 4, inside)


def _is_hidden(text: Any, index: int) -> bool:
    drawn = raw.FPDFText_GetTextObject(text, index)
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


# --- what a page is made of ---


def _objects(page: Any) -> Iterator[tuple[int, Any, Matrix, Box]]:
    """What is drawn on a page and in the pictures on it, pictures within pictures too.

    Each with its kind, the matrix of what it is in, and the box that this may be drawn in.
    """
    count = raw.FPDFPage_CountObjects(page)
    yield from _within(count, partial(raw.FPDFPage_GetObject, page), (1, 0, 0, 1, 0, 0), _WHOLE, 0)


def _within(
    count: int, get: Callable[[int], Any], outer: Matrix, around: Box, depth: int
) -> Iterator[tuple[int, Any, Matrix, Box]]:
    for index in range(count):
        drawn = get(index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield kind, drawn, outer, around
        elif depth < _DEEPEST:
            yield from _within(
                raw.FPDFFormObj_CountObjects(drawn),
                partial(raw.FPDFFormObj_GetObject, drawn),
                _product(_matrix(drawn), outer),
                _clip(drawn, around, outer),
                depth + 1,
            )


class _Clips:
    """Where the text of a page may be drawn, for all of it that hangs out (of the rest PDFium forgets it)."""

    def __init__(self, page: Any) -> None:
        self._boxes: dict[int, Box] = {}
        for kind, drawn, outer, around in _objects(page):
            if kind == raw.FPDF_PAGEOBJ_TEXT and (box := _clip(drawn, around, outer)) != _WHOLE:
                self._boxes[_address(drawn)] = box

    def of(self, text: Any, index: int) -> Box | None:
        """What a character must be drawn in, None if it may go anywhere."""
        if not self._boxes:
            return None
        return self._boxes.get(_address(raw.FPDFText_GetTextObject(text, index)))


def _address(drawn: Any) -> int:
    return ctypes.addressof(drawn.contents) if drawn else 0


def _clip(drawn: Any, around: Box, outer: Matrix) -> Box:
    """What is left of a box by the paths that an object is clipped to; of each path the box around it."""
    path = raw.FPDFPageObj_GetClipPath(drawn)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFClipPath_CountPaths(path)):
        points = []
        for at in range(raw.FPDFClipPath_CountPathSegments(path, index)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, index, at), x, y)
            points.append(_moved((x.value, y.value), outer))
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            left, bottom, right, top = around
            around = max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys))
    return around


# --- rules and pictures ---


class _Drawing:
    """Takes the rules and pictures of a page, pictures within pictures too."""

    def __init__(self, ink: PageInk, frame: _Frame) -> None:
        self._ink = ink
        self._frame = frame
        self._left = _MOST_SEGMENTS
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._sides = tuple(ctypes.c_float() for _ in range(4))

    def read(self, page: Any) -> None:
        for kind, drawn, outer, _ in _objects(page):
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(drawn, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = _product(_matrix(drawn), outer)
                self._ink.picture += abs(a * d - b * c)
        self._ink.picture /= max(1.0, self._frame.width * self._frame.height)

    def _path(self, path: Any, outer: Matrix) -> None:
        count = raw.FPDFPath_CountSegments(path)
        raw.FPDFPath_GetDrawMode(path, self._fill, self._stroke)
        if self._stroke.value:
            self._left -= count
            if self._left > 0 and not _is_white(path, raw.FPDFPageObj_GetStrokeColor):
                for points, _ in self._outlines(path, count, _product(_matrix(path), outer)):
                    for start, end in pairwise(points):
                        self._line(start, end)
        elif self._fill.value and not _is_white(path, raw.FPDFPageObj_GetFillColor):
            self._left -= 1 if count <= _BOX_SEGMENTS else count
            if self._left <= 0:
                return  # no form holds so many: a map or a drawing
            if count <= _BOX_SEGMENTS:
                self._bar(self._bounds(path, outer))
                return
            for points, straight in self._outlines(path, count, _product(_matrix(path), outer)):
                if straight:
                    self._bar(points)

    def _bounds(self, path: Any, outer: Matrix) -> list[Point]:
        """Two opposite corners of a path, much faster than its outline."""
        raw.FPDFPageObj_GetBounds(path, *self._sides)
        left, bottom, right, top = (side.value for side in self._sides)
        return [self._placed(left, bottom, outer), self._placed(right, top, outer)]

    def _placed(self, x: float, y: float, matrix: Matrix) -> Point:
        return self._frame.place(_moved((x, y), matrix))

    def _outlines(self, path: Any, count: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The outlines of a path, each as its points, and whether it has straight sides only."""
        points: list[Point] = []
        straight = True
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, straight
                points, straight = [], True
            elif kind != raw.FPDF_SEGMENT_LINETO:
                straight = False
                self._ink.curves += 1
            raw.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            points.append(self._placed(self._x.value, self._y.value, matrix))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points, straight

    def _line(self, start: Point, end: Point) -> None:
        across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
        if down < _STRAIGHT <= across:
            self._rule(True, (start[1] + end[1]) / 2, start[0], end[0])
        elif across < _STRAIGHT <= down:
            self._rule(False, (start[0] + end[0]) / 2, start[1], end[1])

    def _bar(self, points: list[Point]) -> None:
        """A thin filled box is a rule, a small one a dot of a dotted rule of either direction."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= _THICKEST_RULE:
            self._rule(True, (top + bottom) / 2, left, right)
        if right - left <= _THICKEST_RULE:
            self._rule(False, (left + right) / 2, top, bottom)

    def _rule(self, across: bool, at: float, start: float, end: float) -> None:
        self._ink.rules.append(Rule(across, at, min(start, end), max(start, end)))


def _matrix(drawn: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _is_white(path: Any, colour: Callable[..., int]) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour(path, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE
