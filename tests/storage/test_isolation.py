# ruff: noqa: S608 (the statements are put together from names of our own tables)
"""The first door: whoever comes in by it sees, changes and points at one workspace, whatever is asked and how."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from storage import every_table
from storage.database import Base, InWorkspace, Transaction, WrongWorkspace, insert_once
from storage.people import Organisation, Person, Topic
from tests.storage.press_office import SOUTH, PressOffice, found_in

every_table()
MODELS: list[Any] = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, InWorkspace)),
    key=lambda model: model.__tablename__,
)
KEPT_FOR_GOOD = {"audit_entries", "drafts", "dispatches"}


@pytest.fixture
def neighbours(lived: PressOffice) -> tuple[PressOffice, PressOffice]:
    """Two workspaces with something in every table. The tests of this file leave them as they are."""
    return lived, found_in(lived.desk.database, SOUTH)


def ids(office: PressOffice, model: Any) -> set[int]:
    """What is really there, asked past the doors."""
    with office.desk.database.engine.connect() as connection:
        query = sa.text(f"SELECT id FROM {model.__tablename__} WHERE workspace_id = {office.workspace_id}")
        return set(connection.scalars(query))


def ways_to_ask(model: Any) -> dict[str, sa.Select[Any]]:
    one, two = orm.aliased(model), orm.aliased(model)
    return {
        "a column": sa.select(model.id),
        "an alias": sa.select(one.id),
        "two aliases": sa.select(one.id).join(two, one.id == two.id),
        "a subquery": sa.select(sa.select(model.id).subquery().c.id),
        "an aliased subquery": sa.select(orm.aliased(model, sa.select(model).subquery()).id),
        "a common table expression": sa.select(sa.select(model.id).cte().c.id),
        "a union": sa.select(sa.union(sa.select(model.id), sa.select(one.id)).subquery().c.id),
        "joined to another": sa.select(two.id).join_from(Person, two, sa.true()).distinct(),
        "joined, needed or not": sa.select(one.id).select_from(Person).outerjoin(one, sa.true()).distinct(),
        "named by an inner question": sa.select(model.id).where(model.id.in_(sa.select(one.id).scalar_subquery())),
        "only where another exists": sa.select(model.id).where(sa.exists().where(one.id == model.id)),
        "all there is": sa.select(model.id).where(sa.or_(model.workspace_id > 0, sa.true())),
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_a_question_sees_one_workspace(neighbours: tuple[PressOffice, PressOffice], model: Any) -> None:
    """Every table, asked in every way that SQLAlchemy knows, gives what is in this workspace and nothing else."""
    for office, other in (neighbours, neighbours[::-1]):
        own, foreign = ids(office, model), ids(other, model)
        assert own, f"{model.__tablename__} should not be empty, or nothing is shown"
        assert foreign
        with office.reading() as tx:
            for way, question in ways_to_ask(model).items():
                assert set(tx.session.scalars(question)) == own, way
            assert {record.id for record in tx.session.scalars(sa.select(model)).unique()} == own
            assert tx.session.scalar(sa.select(sa.func.count()).select_from(model)) == len(own)
            assert [tx.session.get(model, one) for one in foreign] == [None] * len(foreign)
            assert list(tx.session.scalars(sa.select(model).where(model.workspace_id == other.workspace_id))) == []
            assert [record for record in tx.session.query(model).all() if record.id in foreign] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_nothing_is_changed_or_deleted_elsewhere(neighbours: tuple[PressOffice, PressOffice], model: Any) -> None:
    """An update or a delete that names another workspace's rows, or all rows, reaches none of them."""
    office, other = neighbours
    foreign = ids(other, model)
    with office.desk.database.transaction(office.workspace_id) as tx:
        if model.__tablename__ not in KEPT_FOR_GOOD:
            for statement in (
                sa.update(model).where(model.id.in_(foreign)).values(id=model.id),
                sa.update(model).where(model.workspace_id == other.workspace_id).values(id=model.id),
                sa.delete(model).where(model.id.in_(foreign)),
            ):
                assert rowcount(tx, statement) == 0
            assert rowcount(tx, sa.update(model).values(id=model.id)) == len(ids(office, model))
        tx.session.rollback()


def rowcount(tx: Transaction, statement: Any) -> int:
    result = tx.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, sa.CursorResult)
    return result.rowcount


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__tablename__)
def test_writing_into_another_workspace_raises(neighbours: tuple[PressOffice, PressOffice], model: Any) -> None:
    """New rows, rows fetched elsewhere and then changed or deleted, and rows that are to move: all refused."""
    office, other = neighbours
    with other.reading() as tx:
        theirs = tx.session.scalars(sa.select(model).limit(1)).unique().one()

    def attempt(what: Callable[[Transaction], object]) -> None:
        with pytest.raises(WrongWorkspace), office.desk.database.transaction(office.workspace_id) as tx:
            what(tx)

    def changed(tx: Transaction) -> None:
        tx.session.add(theirs)
        orm.attributes.flag_modified(theirs, "workspace_id")
        tx.flush()

    def deleted(tx: Transaction) -> None:
        tx.session.delete(theirs)
        tx.flush()

    attempt(lambda tx: tx.add(model(workspace_id=other.workspace_id)))
    attempt(lambda tx: tx.session.execute(sa.insert(model).values(workspace_id=other.workspace_id)))
    attempt(lambda tx: tx.session.execute(sa.insert(model), [{"workspace_id": other.workspace_id}] * 2))
    attempt(lambda tx: tx.session.execute(sa.update(model).values(workspace_id=other.workspace_id)))
    attempt(changed)
    orm.make_transient(theirs)  # as it was before the attempt
    orm.make_transient_to_detached(theirs)
    attempt(deleted)


def test_a_record_from_elsewhere_is_not_taken_over(neighbours: tuple[PressOffice, PressOffice]) -> None:
    """Storing a record that another workspace gave does not move it here."""
    office, other = neighbours
    with other.reading() as tx:
        theirs = tx.session.scalars(sa.select(Organisation)).one()
    theirs.name = "Ours now"
    with pytest.raises(WrongWorkspace), office.desk.database.transaction(office.workspace_id) as tx:
        tx.add(theirs)


def test_what_cannot_be_narrowed_is_not_asked(neighbours: tuple[PressOffice, PressOffice]) -> None:
    """Plain SQL and bare tables would see everybody's rows, so the door does not let them through."""
    office, _ = neighbours
    for statement in (
        sa.text("SELECT id FROM people"),
        sa.select(sa.exists().where(Person.id > 0)),
        sa.select(Base.metadata.tables["people"].c.id),
        sa.update(Base.metadata.tables["people"]).values(name="x"),
        sa.delete(Base.metadata.tables["people"]),
    ):
        with pytest.raises(WrongWorkspace), office.desk.database.transaction(office.workspace_id) as tx:
            tx.session.execute(statement)


def test_a_row_is_inserted_once_in_each_workspace(neighbours: tuple[PressOffice, PressOffice]) -> None:
    """A unique key of one workspace does not stand in another's way."""
    for office in neighbours:
        with office.desk.database.transaction(office.workspace_id) as tx:
            assert insert_once(tx, Organisation, name="Only here")
            assert not insert_once(tx, Organisation, name="Only here")
            tx.session.rollback()


def test_relations_lead_to_the_same_workspace(neighbours: tuple[PressOffice, PressOffice]) -> None:
    """What hangs on a record is fetched with it, and from its own workspace alone."""
    office, other = neighbours
    with office.reading() as tx:
        leads = [topic.lead for topic in tx.session.scalars(sa.select(Topic))]
    assert {lead.workspace_id for lead in leads if lead} == {office.workspace_id}
    assert not {lead.id for lead in leads if lead} & ids(other, Person)


POINTERS = [
    (table.name, column.name, key)
    for table in Base.metadata.sorted_tables
    for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
    if key.referred_table.name != "workspaces"
    for column in key.columns
    if column.name != "workspace_id"
]


def test_every_pointer_carries_its_workspace() -> None:
    """A foreign key from one workspace's table to another table always goes through the workspace."""
    assert POINTERS
    for table, column, key in POINTERS:
        assert "workspace_id" in {one.name for one in key.columns}, f"{table}.{column}"


def test_no_row_points_into_another_workspace(neighbours: tuple[PressOffice, PressOffice]) -> None:
    """The database refuses each foreign key that would lead into another workspace, past our code too."""
    office, other = neighbours
    database = office.desk.database
    refused = {}
    for table, column, key in POINTERS:
        target = key.referred_table.name
        foreign = f"(SELECT min(id) FROM {target} WHERE workspace_id = {other.workspace_id})"
        ours = f"(SELECT id FROM {table} WHERE workspace_id = {office.workspace_id} ORDER BY {column} IS NULL LIMIT 1)"
        with database.engine.connect().execution_options(writes=True) as connection:
            drop_guards(connection, table)
            try:
                connection.execute(sa.text(f"UPDATE {table} SET {column} = {foreign} WHERE id = {ours}"))
            except sa.exc.IntegrityError as error:
                refused[f"{table}.{column}"] = "foreign key" in str(error).lower()
            connection.rollback()
    assert refused == {f"{table}.{column}": True for table, column, _ in POINTERS}


def drop_guards(connection: sa.Connection, table: str) -> None:
    """Lets rows of a table be changed that are kept for good. Until the transaction is rolled back."""
    if table not in KEPT_FOR_GOOD:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    else:
        connection.execute(sa.text(f"DROP TRIGGER {table}_no_update"))
