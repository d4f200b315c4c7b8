"""`periplus`, and `python -m periplus`.

The processes of `periplus tag` import this module too: it loads nothing of its own.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from periplus.cli import run

    run()


if __name__ == "__main__":
    main()
