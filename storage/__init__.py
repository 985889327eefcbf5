"""What the desk remembers. Knows nothing of Slack, of the desk's rules, or of anything else above it."""

import sqlalchemy as sa


def every_table() -> sa.MetaData:
    """The metadata with all tables declared, for migrations."""
    from storage import (  # noqa: F401, PLC0415 (imported for their tables, and only when somebody asks for all)
        alikes,
        audiences,
        audit,
        briefings,
        bulletins,
        calendar,
        cascades,
        database,
        deadline_changes,
        digests,
        enquiries,
        evidence,
        facts,
        follow_ups,
        imports,
        leave,
        obligations,
        outbox,
        papers,
        people,
        referrals,
        reports,
        reviews,
        sensitive,
        settings,
        signoffs,
        statements,
        workspaces,
    )

    return database.Base.metadata
