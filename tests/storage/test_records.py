"""Records that come out are complete: nothing that is done with them later asks the database again."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event, orm

from bot.core.permissions import Act
from bot.desk import enquiry_lists, finds, settings, statement_cards
from storage import every_table, people
from storage.database import Base, Database, changed
from storage.enquiries import Enquiry
from storage.enquiry_lists import Listed
from storage.people import Organisation
from storage.statements import Statement
from tests.storage.press_office import AMINA, CARYS, PressOffice

every_table()
MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
RELATIONSHIPS = [relation for mapper in MAPPERS for relation in mapper.relationships]


def asked(database: Database) -> list[str]:
    """Collects every statement from now on."""
    found: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    return found


def touch(record: Any, seen: set[int]) -> None:
    """Reads every attribute of a record, and of those that hang on it."""
    if id(record) in seen:
        return
    seen.add(id(record))
    for attribute in sa.inspect(type(record)).attrs:
        value = getattr(record, attribute.key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Base):
                touch(one, seen)


def test_no_relationship_is_fetched_behind_ones_back() -> None:
    """Each relationship is fetched with its record, or refuses to be: none waits to be asked for."""
    assert RELATIONSHIPS
    assert {str(relation): relation.lazy for relation in RELATIONSHIPS if relation.lazy not in EAGER} == {}


EAGER = {"joined", "selectin", "raise"}


@pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)
def test_a_record_is_complete_when_its_transaction_is_over(lived: PressOffice, mapper: orm.Mapper[Any]) -> None:
    """Every attribute of every kind of record can be read afterwards, and nothing is asked for it."""
    with lived.reading() as tx:
        records = list(tx.session.scalars(sa.select(mapper)).unique())
    assert records
    statements_after = asked(lived.desk.database)
    for record in records:
        touch(record, set())
        assert [
            relation for relation in mapper.relationships if fills(relation) and not getattr(record, relation.key)
        ] == []
    assert statements_after == []


def fills(relation: orm.RelationshipProperty[Any]) -> bool:
    """Whether every record has something behind this relationship."""
    return not relation.uselist and all(not column.nullable for column in relation.local_columns)


def test_what_the_desk_gives_is_complete(lived: PressOffice) -> None:
    """The pages that handlers draw hold everything: drawing them asks nothing."""
    desk, amina = lived.desk, lived.caller(AMINA)
    with lived.reading() as tx:
        enquiry_id = tx.session.scalars(sa.select(sa.func.min(Enquiry.id))).one()
        statement_id = tx.session.scalars(sa.select(sa.func.max(Statement.id))).one()
    pages = [
        *(enquiry_lists.listed(desk, amina, which) for which in Listed),
        finds.find(desk, amina, "buses"),
        enquiry_lists.one(desk, amina, enquiry_id),
        statement_cards.look_at(desk, amina, statement_id, Act.WRITE_DRAFT),
        settings.look(desk, lived.caller(CARYS)),
    ]
    after = asked(desk.database)
    seen: set[int] = set()
    records = [record for page in pages for record in records_in(page, seen)]
    assert len(records) > len(pages)
    assert after == []


def records_in(page: Any, seen: set[int]) -> Iterator[Any]:
    """Every record somewhere in a page, each with all its attributes read."""
    if isinstance(page, Base):
        touch(page, seen)
        yield page
    elif isinstance(page, (tuple, list)):
        for one in page:
            yield from records_in(one, seen)
    elif hasattr(page, "__dataclass_fields__"):
        for name in page.__dataclass_fields__:
            yield from records_in(getattr(page, name), seen)


def test_a_record_changed_by_a_question_is_read_afresh(lived: PressOffice) -> None:
    """A record at hand shows what a conditional update made of it, the next time it is asked for."""
    with lived.desk.database.transaction(lived.workspace_id) as tx:
        before = people.organisations(tx)[0]
        assert changed(tx, sa.update(Organisation).values(name="Afterwards"))
        assert people.organisations(tx)[0] is before
        assert before.name == "Afterwards"
        tx.session.rollback()
