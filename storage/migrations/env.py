"""How Alembic reaches the database: with the connection it is handed, and no ini file."""

from typing import Any

from alembic import context

from storage import every_table, finds


def _named(name: str | None, type_: str, _parents: Any) -> bool:
    return not (type_ == "table" and name is not None and (name == "alembic_version" or finds.is_part_of_index(name)))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    render_as_batch=True,
    compare_type=True,
    include_name=_named,
)
with context.begin_transaction():
    context.run_migrations()
