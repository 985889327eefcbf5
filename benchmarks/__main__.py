"""Measures the desk and prints what came of it: `make bench`. One database alone: `python -m benchmarks SQLite`."""

import sys

from benchmarks import databases, figures, pages, past, presses, reminders
from benchmarks.office import running

FEW, MANY = 40, 200


def main(kinds: list[str]) -> None:
    print(f"Comms Desk, measured on {figures.machine()}")
    for kind in kinds or databases.KINDS:
        with databases.new(kind) as url:
            print(f"\n== {databases.version(kind, url)}; the desk in a process of its own")
            with running(url, officers=MANY) as office:
                figures.show("A press", presses.press_to_card(office))
                figures.show("Many at once", presses.take_at_once(office, FEW))
                figures.show("Many sign at once", presses.approve_at_once(office, FEW))
                figures.show("Many forms at once", presses.form_at_once(office, FEW))
                figures.show("Very many at once", presses.take_at_once(office, MANY))
                figures.show("A lot on file", pages.list_and_home(office))
        with databases.new(kind) as url:
            figures.show("Reminders", reminders.ticks(url))
        with databases.new(kind) as url:
            figures.show(f"{past.ON_FILE:,} enquiries on file", past.years_on_file(url))


main(sys.argv[1:])
