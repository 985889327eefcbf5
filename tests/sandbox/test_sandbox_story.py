"""The whole road, there and back: a person, the workspace, the real Bolt, and what the person then sees."""

from typing import TYPE_CHECKING, Any

from bot.sandbox import Sandbox

if TYPE_CHECKING:
    from tests.sandbox.conftest import Bot

FORM = {
    "type": "modal",
    "callback_id": "log",
    "title": {"type": "plain_text", "text": "Log an enquiry"},
    "submit": {"type": "plain_text", "text": "Log"},
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "question", "multiline": True},
        },
    ],
}


def test_a_command_opens_a_form_and_the_form_makes_a_card(sandbox: Sandbox, bot: "Bot") -> None:
    channel = sandbox.channel_id("press-office")

    @bot.app.command("/enquiry")
    def on_command(ack: Any, body: Any, client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    @bot.app.view("log")
    def on_form(ack: Any, view: Any, client: Any) -> None:
        question = view["state"]["values"]["question"]["question"]["value"]
        card = [
            {"type": "section", "text": {"type": "mrkdwn", "text": f"*Question:* {question}"}},
            {
                "type": "actions",
                "block_id": "card",
                "elements": [
                    {"type": "button", "action_id": "take", "text": {"type": "plain_text", "text": "Take it"}}
                ],
            },
        ]
        client.chat_postMessage(channel=channel, text=question, blocks=card)
        ack()

    @bot.app.action("take")
    def on_take(ack: Any, body: Any, client: Any) -> None:
        client.chat_update(channel=channel, ts=body["message"]["ts"], text=f"<@{body['user']['id']}> has it")
        ack()

    bot.connect()
    amina = sandbox.member("Amina Rahman")

    shown = amina.run("/enquiry late buses", channel="press-office")
    assert shown.form
    assert shown.form.title == "Log an enquiry"
    amina.fill("Question", "Why are the buses late?")
    assert amina.submit() is None
    card = amina.sees("Question: Why are the buses late?", channel="press-office")
    assert card.buttons == ["Take it"]
    sandbox.member("Ben Okafor").press("Take it")
    assert amina.sees("@Ben Okafor has it", channel="press-office").edited
