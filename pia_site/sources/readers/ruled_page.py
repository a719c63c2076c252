"""The tables of a printed page, found by their rules alone.

A cell is what is enclosed by rules, whatever its outline: a label that goes on as an empty strip below itself is
one cell. Cells that go over several rows stand in their first. All lengths are points (1/72 inch), `y` downwards
from the head of the page. May import: the standard library only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_NEAR = 3.0
"""Rules nearer than this are one: double rules, borders that every cell draws for itself."""
_TOUCH = 2.5
_DASH_GAP = 3.0
_SHORTEST_RULE = 6.0
_THINNEST_CELL = 4.0
_OVERHANG, _UPRIGHT = 20.0, 60.0
_SMALLEST_TABLE = (20.0, 8.0)
_COVERED = 0.6
"""The part of a cell's side that a rule must cover to be its border."""
_MOST_RULES = 3000
"""A page of more rules is a drawing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` on one axis, from `start` to `end` on the other."""

    across: bool
    """From left to right; else from head to foot."""
    at: float
    start: float
    end: float


@dataclass(eq=False, slots=True)
class Cell:
    """What rules enclose, by the box around it. `open_head`, `open_foot`: it touches the head or foot of its table
    and no rule closes it there, so that it may go on from or to another page."""

    left: float
    top: float
    right: float
    bottom: float
    open_head: bool = False
    open_foot: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left


Row = list[tuple[Cell, bool]]
"""The cells that stand beside each other, from left to right, and whether each begins in this row."""


@dataclass(eq=False, slots=True)
class Table:
    """A grid of cells. `place` holds the cell of every field between grid lines (None: too thin to be one)."""

    xs: list[float]
    ys: list[float]
    place: list[list[Cell | None]]
    rows: list[Row] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.xs[0]

    @property
    def right(self) -> float:
        return self.xs[-1]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell, begins in row if begins]

    @property
    def is_frame(self) -> bool:
        """Boxes one below the other: nothing stands beside anything."""
        return all(len(row) == 1 for row in self.rows)

    def at(self, x: float, y: float) -> Cell | None:
        """The cell around a point; None outside the table. An upright heading may hang out of an open cell."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1] + _OVERHANG):
            return None
        column = min(bisect_right(xs, x), len(xs) - 1) - 1
        row = min(bisect_right(ys, y), len(ys) - 1) - 1
        cell = self.place[row][column]
        if y > ys[-1] and (cell is None or not cell.open_foot or cell.width > _UPRIGHT):
            return None
        return cell


def find_tables(rules: Sequence[Rule]) -> list[Table]:
    """The tables of a page from head to foot; none within a cell of another (that is a figure)."""
    merged = _merged(rules)
    if len(merged) > _MOST_RULES:
        return []
    tables = [table for group in _touching(merged) if (table := _table(group)) is not None]
    return sorted(_outermost(tables), key=lambda table: (table.top, table.left))


# --- rules ---


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules along one line as one, dashes and dots too; what then is still short is no rule."""
    found: list[Rule] = []
    for across in (True, False):
        along = sorted((rule for rule in rules if rule.across is across), key=lambda rule: rule.at)
        for together in _near([(rule.at, rule) for rule in along], 1.0):
            at = sum(rule.at for rule in together) / len(together)
            found += _joined(across, at, sorted((rule.start, rule.end) for rule in together))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST_RULE]


def _joined(across: bool, at: float, spans: list[tuple[float, float]]) -> Iterable[Rule]:
    start, end = spans[0]
    for begin, stop in spans[1:]:
        if begin > end + _DASH_GAP:
            yield Rule(across, at, start, end)
            start = begin
            end = stop
        else:
            end = max(end, stop)
    yield Rule(across, at, start, end)


def _near(placed: list[tuple[float, Rule]], distance: float) -> Iterable[list[Rule]]:
    """Sorted things in groups, none farther than `distance` from the first of its group."""
    group: list[Rule] = []
    first = 0.0
    for at, rule in placed:
        if group and at - first > distance:
            yield group
            group = []
        if not group:
            first = at
        group.append(rule)
    if group:
        yield group


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """Groups of rules that hang together. A cell that fills a page has sides only: they begin and end alike."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    across = [index for index, rule in enumerate(rules) if rule.across]
    down = [index for index, rule in enumerate(rules) if not rule.across]
    for i in across:
        one = rules[i]
        for j in down:
            two = rules[j]
            if (
                one.start - _TOUCH <= two.at <= one.end + _TOUCH
                and two.start - _TOUCH <= one.at <= two.end + _TOUCH
            ):
                parent[root(j)] = root(i)
    ends: dict[tuple[int, int], int] = {}
    for j in down:
        alike = ends.setdefault((round(rules[j].start), round(rules[j].end)), j)
        parent[root(j)] = root(alike)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    return list(groups.values())


# --- tables ---


def _table(rules: list[Rule]) -> Table | None:
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    xs, ys = _lines(down, across), _lines(across, down)
    if xs[-1] - xs[0] < _SMALLEST_TABLE[0] or ys[-1] - ys[0] < _SMALLEST_TABLE[1]:
        return None
    if len(across) == len(down) == 1:
        return None  # a cross or an arrow
    below, beside = _borders(across, ys, xs), _borders(down, xs, ys)
    table = Table(xs, ys, _cells(xs, ys, below, beside))
    table.rows = _rows(table)
    return table if table.rows else None


def _lines(rules: list[Rule], ends: list[Rule]) -> list[float]:
    """The grid lines along one axis: where its rules lie, and as far as the rules across them reach."""
    places = [rule.at for rule in rules]
    if ends:
        places += [min(rule.start for rule in ends), max(rule.end for rule in ends)]
    lines: list[list[float]] = []
    for place in sorted(places):
        if lines and place - lines[-1][0] <= _NEAR:
            lines[-1].append(place)
        else:
            lines.append([place])
    return [sum(line) / len(line) for line in lines]


def _borders(rules: list[Rule], at: list[float], along: list[float]) -> list[list[bool]]:
    """For every grid line of `at`, which of the stretches between the lines of `along` a rule lies on."""
    covered = [[0.0] * (len(along) - 1) for _ in at]
    for rule in rules:
        line = min(range(len(at)), key=lambda index: abs(at[index] - rule.at))
        for stretch in range(len(along) - 1):
            shared = min(rule.end, along[stretch + 1]) - max(rule.start, along[stretch])
            if shared > 0:
                covered[line][stretch] += shared / (along[stretch + 1] - along[stretch])
    return [[part >= _COVERED for part in line] for line in covered]


def _cells(
    xs: list[float], ys: list[float], below: list[list[bool]], beside: list[list[bool]]
) -> list[list[Cell | None]]:
    """Fields between which no rule lies are one cell."""
    height, width = len(ys) - 1, len(xs) - 1
    cell_of: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    seen = [[False] * width for _ in range(height)]
    for top in range(height):
        for left in range(width):
            if seen[top][left]:
                continue
            seen[top][left] = True
            fields = [(top, left)]
            for row, column in fields:
                for at, to, ruled in (
                    (row - 1, column, row == 0 or below[row][column]),
                    (row + 1, column, row + 1 == height or below[row + 1][column]),
                    (row, column - 1, column == 0 or beside[column][row]),
                    (row, column + 1, column + 1 == width or beside[column + 1][row]),
                ):
                    if not ruled and not seen[at][to]:
                        seen[at][to] = True
                        fields.append((at, to))
            rows, columns = [row for row, _ in fields], [column for _, column in fields]
            cell = Cell(xs[min(columns)], ys[min(rows)], xs[max(columns) + 1], ys[max(rows) + 1])
            if cell.width < _THINNEST_CELL or cell.bottom - cell.top < _THINNEST_CELL:
                continue
            cell.open_head = not all(below[0][column] for row, column in fields if row == 0)
            cell.open_foot = not all(below[height][column] for row, column in fields if row == height - 1)
            for row, column in fields:
                cell_of[row][column] = cell
    return cell_of


def _rows(table: Table) -> list[Row]:
    rows: list[Row] = []
    met: set[Cell] = set()
    for fields in table.place:
        beside = list(dict.fromkeys(cell for cell in fields if cell is not None))
        if any(cell not in met for cell in beside):
            rows.append([(cell, cell not in met) for cell in beside])
            met.update(beside)
    return rows


def _outermost(tables: list[Table]) -> list[Table]:
    """Tables without those within a cell of another; a frame around whole tables is none."""
    dropped: set[int] = set()
    for inner in tables:
        for outer in tables:
            if inner is outer or not _encloses(outer, inner):
                continue
            framed = (
                outer.is_frame
                and not inner.is_frame
                and inner.right - inner.left > 0.6 * (outer.right - outer.left)
            )
            dropped.add(id(outer if framed else inner))
    return [table for table in tables if id(table) not in dropped]


def _encloses(outer: Table, inner: Table) -> bool:
    return (
        outer.left < inner.left
        and inner.right < outer.right
        and outer.top < inner.top
        and inner.bottom < outer.bottom
    )
