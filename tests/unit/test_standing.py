"""When a text is signed: the one question on which everything else rests, over every state that there is."""

from itertools import product

import pytest

from bot.core.signoffs import Standing
from storage.signoffs import Draft, Signature, SignatureState, Signoff


def standing(*signatures: tuple[SignatureState, bool]) -> Standing:
    """A text with signatures in these states; True: that person must sign."""
    found = tuple(Signature(state=state, must_sign=must_sign) for state, must_sign in signatures)
    return Standing(Signoff(), Draft(), found)


@pytest.mark.parametrize(("one", "other"), [*product(SignatureState, repeat=2)])
def test_signed_means_that_everyone_who_must_has_approved(one: SignatureState, other: SignatureState) -> None:
    """Whatever states there will ever be: nothing but an approval of each signs a text."""
    approved = SignatureState.APPROVED
    assert standing((one, True), (other, True)).is_signed == (one is other is approved)


@pytest.mark.parametrize("state", SignatureState)
def test_somebody_must_have_signed(state: SignatureState) -> None:
    """A text that only some are copied on is not signed, nor one about which nobody was asked."""
    assert not standing((state, False)).is_signed
    assert not standing().is_signed


@pytest.mark.parametrize("state", SignatureState)
def test_whoever_is_copied_holds_it_back_only_with_an_amendment(state: SignatureState) -> None:
    """Their silence is no missing signature."""
    shown = standing((SignatureState.APPROVED, True), (state, False))
    assert shown.is_signed == (state is not SignatureState.CHANGES_ASKED)
    assert shown.missing == ()


@pytest.mark.parametrize("state", SignatureState)
def test_what_is_not_signed_says_for_whom_it_waits(state: SignatureState) -> None:
    """Either somebody is missing, or somebody has asked for changes."""
    shown = standing((state, True))
    assert shown.is_signed != bool(shown.missing or shown.objections)
