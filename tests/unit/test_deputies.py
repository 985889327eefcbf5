"""Who acts for somebody who is away: over every chain of deputies, whoever is away, gone, or may not."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import deputies
from bot.core.workspaces import Work
from storage import people
from storage.database import Database
from storage.leave import Leave
from tests.unit.small_office import NOW, OWNER, SmallOffice, opened

NUMBER = 6
CHAINS = st.lists(st.one_of(st.none(), st.integers(0, NUMBER - 1)), min_size=NUMBER, max_size=NUMBER)
SOME = st.frozensets(st.integers(0, NUMBER - 1))


@pytest.fixture(scope="module")
def office(sqlite_template: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallOffice]:
    file = tmp_path_factory.mktemp("deputies") / "desk.db"
    file.write_bytes(sqlite_template.read_bytes())  # type: ignore[attr-defined]
    database = Database(f"sqlite:///{file}")
    yield opened(database)
    database.dispose()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chain=CHAINS, away=SOME, gone=SOME, cannot=SOME)
def test_whoever_acts_is_there_and_may(
    office: SmallOffice, chain: list[int | None], away: frozenset[int], gone: frozenset[int], cannot: frozenset[int]
) -> None:
    """Worked out here another way: the first down the chain who is there and may; never round a circle."""
    with office.desk.on_its_own(office.workspace_id) as work:
        ids = _people(work, office, chain, away, gone)
        for place in range(NUMBER):
            whose = people.get(work.tx, ids[place])
            assert whose is not None
            found = deputies.cover(work, whose, cannot={ids[one] for one in cannot})
            expected = _by_the_rules(place, chain, away, gone, cannot)
            assert (found.person.id if found.person else None) == (ids[expected] if expected is not None else None)
            assert bool(found.because) == (found.person is None)
        work.tx.session.rollback()


def _people(
    work: Work, office: SmallOffice, chain: list[int | None], away: frozenset[int], gone: frozenset[int]
) -> Mapping[int, int]:
    made = [people.Person(name=f"Person {place}") for place in range(NUMBER)]
    work.tx.add(*made)
    for place, person in enumerate(made):
        deputy = chain[place]
        person.deputy_id = made[deputy].id if deputy is not None and deputy != place else None
        person.left_at = NOW if place in gone else None
    leaves = [
        Leave(
            person_id=made[place].id,
            from_at=NOW - timedelta(hours=1),
            back_at=NOW + timedelta(hours=1),
            set_by_id=office.ids[OWNER.name],
            set_at=NOW,
        )
        for place in away
    ]
    work.tx.add(*leaves)
    return {place: person.id for place, person in enumerate(made)}


def _by_the_rules(
    place: int, chain: list[int | None], away: frozenset[int], gone: frozenset[int], cannot: frozenset[int]
) -> int | None:
    deputies_ = {one: deputy for one, deputy in enumerate(chain) if deputy is not None and deputy != one}
    if place not in away and not (place in gone and place in deputies_):
        return place
    at, seen = deputies_.get(place), {place}
    while at is not None and at not in seen:
        if at not in away | gone | cannot:
            return at
        seen.add(at)
        at = deputies_.get(at)
    return place if place not in away else None


def test_leave_is_over_at_the_instant_at_which_they_are_back(office: SmallOffice) -> None:
    """From its first instant on, up to the last and no further."""
    with office.desk.on_its_own(office.workspace_id) as work:
        ids = _people(work, office, [1, None, None, None, None, None], frozenset({0}), frozenset())
        whose = people.get(work.tx, ids[0])
        assert whose is not None
        for offset, acts in ((-3601, 0), (-3600, 1), (3599, 1), (3600, 0)):
            then = Work(work.tx, NOW + timedelta(seconds=offset), work.settings, work.features, frozenset())
            found = deputies.cover(then, whose).person
            assert found is not None
            assert found.id == ids[acts], offset
        work.tx.session.rollback()
