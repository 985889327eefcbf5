"""Stories are about what people see, not about how quickly: on a machine with much else to do, nothing is given up.

What happens when Slack or the database does give up is told in `tests/faults` and `tests/sandbox`.
"""

import pytest

PATIENCE_SECONDS = 20.0


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's three seconds for an acknowledgement or a form, and a writer's two for its turn, are long ones here."""
    for limit in (
        "bot.sandbox.socket_mode.ACK_SECONDS",
        "bot.sandbox.api_views.TRIGGER_SECONDS",
        "storage.database.TURN_SECONDS",
        "bot.app.FORM_TIMEOUT_SECONDS",
    ):
        monkeypatch.setattr(limit, PATIENCE_SECONDS)
