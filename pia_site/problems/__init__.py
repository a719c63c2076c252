"""What can be wrong with a user's input, as data.

The register is the only place where a code, its severity and its wording exist, so the list of codes in the
documentation and the messages on the terminal cannot drift apart. May import: nothing of pia_site.
"""

from pia_site.problems import of_catalogue, of_editions, of_imports
from pia_site.problems.problem import (
    Location,
    PiaSiteError,
    Problem,
    ProblemKind,
    Severity,
    has_errors,
    in_file_order,
    problem,
    register,
)

__all__ = [
    "Location",
    "PiaSiteError",
    "Problem",
    "ProblemKind",
    "Severity",
    "has_errors",
    "in_file_order",
    "of_catalogue",
    "of_editions",
    "of_imports",
    "problem",
    "register",
]
