"""Files: those that the desk posts, and those that prove how somebody's answer is known.

The column is added without recreating its table.
"""

import sqlalchemy as sa
from alembic import op

from storage.database import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("postings", sa.Column("file_id", sa.Text(), nullable=True))
    op.create_table(
        "evidence_files",
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("slack_file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("permalink", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("refused_because", sa.Text(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_evidence_files_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "signature_id"],
            ["signatures.workspace_id", "signatures.id"],
            name=op.f("fk_evidence_files_workspace_id_signature_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "added_by_id"],
            ["people.workspace_id", "people.id"],
            name=op.f("fk_evidence_files_workspace_id_added_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_files")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_evidence_files_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id",
            "signature_id",
            "slack_file_id",
            name=op.f("uq_evidence_files_workspace_id_signature_id_slack_file_id"),
        ),
    )
