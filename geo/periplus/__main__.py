"""`periplus`, and `python -m periplus`.

The processes of `periplus tag` import this module too: it loads nothing of its own.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["tag"]:
        from periplus.tagging.forkserver import foresee

        foresee(sys.argv)  # processes load while the command line is read
    from periplus.cli import run

    run()


if __name__ == "__main__":
    main()
