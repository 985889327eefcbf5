"""When a text is signed: the one question on which everything else rests, over every state that there is."""

from itertools import product

import pytest

from bot.core.standings import Standing
from storage.signoffs import Draft, Signature, SignatureState, Signoff


def standing(*signatures: tuple[SignatureState, bool]) -> Standing:
    """A text with signatures in these states; True: that person must sign."""
    found = tuple(Signature(state=state, must_sign=must_sign) for state, must_sign in signatures)
    return Standing(Signoff(), Draft(), found)


COUNTS = {SignatureState.APPROVED, SignatureState.OVERRIDDEN}
"""They signed, or the comms lead goes on without them and said why."""


@pytest.mark.parametrize(("one", "other"), [*product(SignatureState, repeat=2)])
def test_signed_means_that_everyone_who_must_has_approved(one: SignatureState, other: SignatureState) -> None:
    """Whatever states there will ever be: each must have approved, or have been gone on without. Nothing else signs."""
    assert standing((one, True), (other, True)).is_signed == ({one, other} <= COUNTS)


def passed(*signatures: tuple[SignatureState, int | None, bool]) -> Standing:
    """Signatures 1, 2, 3 in these states, each received from another or not; True: that person must sign."""
    found = tuple(
        Signature(id=number, state=state, passed_from_id=came_from, must_sign=must_sign)
        for number, (state, came_from, must_sign) in enumerate(signatures, 1)
    )
    return Standing(Signoff(), Draft(), found)


@pytest.mark.parametrize("state", SignatureState)
def test_what_was_passed_on_is_signed_by_whoever_has_it_now(state: SignatureState) -> None:
    """However often it was passed; it waits for the last of them, and for nobody else."""
    shown = passed((SignatureState.PASSED, None, True), (SignatureState.PASSED, 1, True), (state, 2, True))
    assert shown.is_signed == (state in COUNTS)
    waits = state not in {*COUNTS, SignatureState.CHANGES_ASKED}
    if state is not SignatureState.PASSED:
        assert [signature.id for signature in shown.missing] == [3] * waits


@pytest.mark.parametrize("other", SignatureState)
@pytest.mark.parametrize(("came_from", "must_sign"), [(None, True), (1, False), (7, True)])
def test_passed_on_and_not_received_is_not_signed(
    other: SignatureState,
    came_from: int | None,
    must_sign: bool,  # noqa: FBT001 (given by the table)
) -> None:
    """To nobody, to somebody who need not sign, or from somewhere else: it waits for whoever passed it."""
    shown = passed((SignatureState.PASSED, None, True), (other, came_from, must_sign))
    assert not shown.is_signed
    assert 1 in {signature.id for signature in shown.missing}


def test_passed_in_a_circle_is_not_signed() -> None:
    """It cannot happen; if it did, nothing would go out."""
    shown = passed((SignatureState.PASSED, 2, True), (SignatureState.PASSED, 1, True))
    assert not shown.is_signed
    assert shown.missing


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
