"""Whether anything is sensitive at all is asked with every press: an index over the few that are."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index(
        "ix_enquiries_sensitive",
        "enquiries",
        ["workspace_id"],
        sqlite_where=sa.text("is_sensitive"),
        postgresql_where=sa.text("is_sensitive"),
    )
