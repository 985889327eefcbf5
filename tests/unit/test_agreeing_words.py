"""Which typed words are somebody's yes to a text, and which are not."""

import pytest

from bot.core.agreeing_words import sounds_like_agreement, sounds_like_objection

AGREEING = """
Looks good
looks good to me!
Looks good, thanks
This looks great
LGTM
Approved
approved.
I approve
Yes, approved
Fine by me
fine with me 👍
That's fine by me
It's fine
That is fine
OK by me
Good to go
Happy with this
I’m happy with that
I'm happy for this to go
Agreed
I agree
All good from my side
Go ahead
Signed off
Okay with me, thank you
Hi all, looks good
looks good but say sorry first
:+1:
👍🏽
:thumbsup::skin-tone-3:
:white_check_mark: :+1:
""".strip().splitlines()
NOT_AGREEING = """
Looks good?
Is this approved?
Not approved
I don't approve
It's not fine
Who approved this
When is it approved
If approved, we send it at four
I have a question about the second line
Thanks
Good morning
The good people of Northbrook
Has Esther approved
Will look after lunch
approval is for the board to give
no
ok
The statement that was approved by the board last year said something else entirely, as I recall from the minutes
""".strip().splitlines()


@pytest.mark.parametrize("text", AGREEING)
def test_a_typed_yes_is_heard(text: str) -> None:
    """As people write it, in capitals, with thanks or with an emoji."""
    assert sounds_like_agreement(text)


@pytest.mark.parametrize("text", [*NOT_AGREEING, "", " ", "x" * 10_000])
def test_other_words_are_left_alone(text: str) -> None:
    """A question, a no, a condition, or words about something else are not answered."""
    assert not sounds_like_agreement(text)


@pytest.mark.parametrize(
    "text",
    ["No, the figure of nine days is wrong", "It should say ice, not snow.", "Please remove the last line", "NO"],
)
def test_a_typed_objection_is_heard(text: str) -> None:
    """Whoever writes so means the text, and is not to believe that it was passed on."""
    assert sounds_like_objection(text)
    assert not sounds_like_agreement(text)


@pytest.mark.parametrize(
    "text", ["", "Hello", "Looks good", "No problem", "no changes from me", "Not yet, sorry", "👍"]
)
def test_small_talk_is_no_objection(text: str) -> None:
    """A greeting, a yes or a word of delay asks for nothing."""
    assert not sounds_like_objection(text)
