"""What can be done with a signature in each state (DOMAIN §10): the guard and the buttons follow from one table."""

from bot.core.errors import NotFromHere
from bot.core.permissions import Act
from storage.signoffs import Signature, SignatureState

TRANSITIONS: dict[tuple[SignatureState, Act], SignatureState] = {
    (SignatureState.ASKED, Act.APPROVE): SignatureState.APPROVED,
    (SignatureState.CHANGES_ASKED, Act.APPROVE): SignatureState.APPROVED,
    (SignatureState.OVERRIDDEN, Act.APPROVE): SignatureState.APPROVED,
    (SignatureState.ASKED, Act.ASK_FOR_CHANGES): SignatureState.CHANGES_ASKED,
    (SignatureState.APPROVED, Act.ASK_FOR_CHANGES): SignatureState.CHANGES_ASKED,
    (SignatureState.OVERRIDDEN, Act.ASK_FOR_CHANGES): SignatureState.CHANGES_ASKED,
    (SignatureState.ASKED, Act.SUGGEST_WORDING): SignatureState.CHANGES_ASKED,
    (SignatureState.APPROVED, Act.SUGGEST_WORDING): SignatureState.CHANGES_ASKED,
    (SignatureState.OVERRIDDEN, Act.SUGGEST_WORDING): SignatureState.CHANGES_ASKED,
    (SignatureState.CHANGES_ASKED, Act.KEEP_WORDING): SignatureState.ASKED,
    (SignatureState.ASKED, Act.PASS_ON): SignatureState.PASSED,
    (SignatureState.ASKED, Act.OVERRIDE_SIGNATURE): SignatureState.OVERRIDDEN,
    (SignatureState.APPROVED, Act.DISPUTE): SignatureState.ASKED,
}
"""Who was overridden is heard until the text goes out; who passed a request on has no more part in that draft."""

_ENDED: dict[SignatureState, str] = {
    SignatureState.APPROVED: "This draft is already approved. Nothing more is needed.",
    SignatureState.CHANGES_ASKED: "Changes have already been asked for. The owner will answer.",
    SignatureState.ASKED: "This cannot be done now. Look at the message again.",
    SignatureState.VOIDED: "A newer draft has replaced this text. Please look at that one.",
    SignatureState.PASSED: "This was passed to a colleague, who answers for this draft. Please speak to them.",
    SignatureState.OVERRIDDEN: "The comms lead has gone on without this signature. It can still be given.",
}


def allowed(state: SignatureState) -> frozenset[Act]:
    """What can be done with a signature in this state."""
    return frozenset(act for (from_, act) in TRANSITIONS if from_ is state)


def allowed_on(signature: Signature) -> frozenset[Act]:
    """The same for one signature: only what somebody else wrote down is disputed, only who must sign replaced."""
    possible = allowed(signature.state)
    if not signature.must_sign:
        possible -= {Act.PASS_ON, Act.OVERRIDE_SIGNATURE, Act.DISPUTE}
    return possible if signature.recorded_by_id is not None else possible - {Act.DISPUTE}


def next_state(signature: Signature, act: Act) -> SignatureState:
    """What an act makes of a signature. Raises `NotFromHere` with a sentence for whoever tried."""
    if act not in allowed_on(signature):
        raise NotFromHere(why_not(signature))
    return TRANSITIONS[signature.state, act]


def why_not(signature: Signature) -> str:
    """Why something cannot be done with a signature as it stands."""
    if signature.state is SignatureState.PASSED and signature.passed_to is not None:
        return f"This was passed to {signature.passed_to.name}, who answers for this draft. Please speak to them."
    return _ENDED[signature.state]
