"""Files that the desk posts.

The column is added without recreating its table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("postings", sa.Column("file_id", sa.Text(), nullable=True))
