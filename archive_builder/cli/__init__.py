"""The only printing: one file for each command, and a door that lets no traceback out.

Every command ends with 0 where all is well, 1 where there are problems, 2 where it was called wrongly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NoReturn

import click

from archive_builder.cli.add import add
from archive_builder.cli.annotate import annotate
from archive_builder.cli.check import check
from archive_builder.cli.display import display
from archive_builder.cli.import_ import import_
from archive_builder.cli.reanchor import reanchor
from archive_builder.cli.repin import repin
from archive_builder.cli.review import review
from archive_builder.cli.status import status
from archive_builder.cli.verify import verify
from archive_builder.cli.weave import weave
from archive_builder.documents import Faulty

__all__ = ["main"]

INTERRUPTED = 130
DEBUG = "ARCHIVE_DEBUG"


class Guarded(click.Group):
    """A group whose every fault ends in one line and a status."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        extra["standalone_mode"] = False
        try:
            ended = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except click.ClickException as fault:
            fault.show()
            sys.exit(fault.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whoever read us has stopped; without this, Python complains of it once more on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except Faulty as fault:
            click.echo(str(fault), err=True)
            sys.exit(1)
        except OSError as fault:
            click.echo(_told(fault), err=True)
            sys.exit(1)
        except Exception as fault:
            if os.environ.get(DEBUG):
                raise
            click.echo(f"archive-builder failed: {type(fault).__name__}: {' '.join(str(fault).split())}", err=True)
            click.echo(f"  next     report it, with what {DEBUG}=1 shows", err=True)
            sys.exit(1)
        sys.exit(ended if isinstance(ended, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which one needs them."""
        return list(self.commands)


def _told(fault: OSError) -> str:
    where = f"{fault.filename}: " if fault.filename else ""
    return f"{where}{(fault.strerror or str(fault) or type(fault).__name__).lower()}"


def _version() -> str:
    try:
        return version("archive-builder")
    except PackageNotFoundError:
        return "unknown (run from a checkout)"


@click.group(cls=Guarded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(_version(), prog_name="archive-builder")
def main() -> None:
    """Archives of contested reporting: what is disputed, by whom, and on what evidence.

    \b
    Ends with 0 where all is well, 1 where there are problems, 2 where it was called wrongly.
    """


for command in (add, annotate, check, status, display, verify, repin, reanchor, import_, review, weave):
    main.add_command(command)
