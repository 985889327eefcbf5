"""The forms about leave speak to whoever fills them in."""

from datetime import UTC, datetime

from bot.desk.leave import LeaveOffers
from handlers.views import leave
from storage.people import Person

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_ones_own_form_says_you() -> None:
    amina, ben = Person(id=1, name="Amina Rahman"), Person(id=2, name="Ben Okafor")
    own = str(leave.own_form(LeaveOffers(amina, (amina, ben), NOW)).to_dict())
    assert "at which you can be asked again" in own
    others = str(leave.leave_form(LeaveOffers(None, (amina, ben), NOW)).to_dict())
    assert "at which they can be asked again" in others
