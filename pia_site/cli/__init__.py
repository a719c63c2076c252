"""The command line: parse arguments, call one function, print problems, exit.

Exit status: 0 fine, 1 problems found, 2 wrong use. May import every other room.
"""

from pia_site.cli.main import main

__all__ = ["main"]
