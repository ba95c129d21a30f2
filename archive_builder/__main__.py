"""Lets ``python -m archive_builder`` do what ``archive-builder`` does."""

from __future__ import annotations

from archive_builder.cli import main

if __name__ == "__main__":
    main(prog_name="archive-builder")
