"""What people do, and what comes of it: the one road from a person to the bot, for the page and for tests alike."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox import files, form_checks, payloads
from bot.sandbox.api_calls import Refusal, World
from bot.sandbox.api_views import check_view
from bot.sandbox.elements import HELD, Placed, find, state_of
from bot.sandbox.limits import suggestion_faults
from bot.sandbox.manifest import Shortcut
from bot.sandbox.records import Channel, File, Json, Person, Place, Post, View
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.socket_mode import Ack
from bot.sandbox.workspace import MODALS_DEEP

TROUBLE = "We had some trouble connecting. Try again?"
SLACKBOT = "USLACKBOT"
NO_ANSWER = "This app didn’t respond. Try again, or contact the app’s developer."


@dataclass(frozen=True)
class Outcome:
    """What the person is shown at once: a message to them alone, or that it did not work and why."""

    ok: bool = True
    shown: Post | None = None
    error: str | None = None


class Acts:
    """Each method is one thing that a person does; it returns when the bot has acknowledged it, or failed to."""

    def __init__(self, world: World, response_urls: ResponseUrls) -> None:
        self._world = world
        self._workspace = world.workspace
        self._socket = world.socket
        self._response_urls = response_urls

    # -- commands and words

    async def command(self, person: Person, channel: Channel, line: str) -> Outcome:
        """Types a line that begins with a slash."""
        name, _, words = line.strip().partition(" ")
        declared = {command.command: command for command in self._world.manifest.commands}
        # People of a partner's workspace do not have our apps' commands, even in a shared channel.
        if name not in declared or person.team_id != self._workspace.team.id:
            return self._slackbot(person, channel, f"{name} is not a valid command.")
        if channel.archived:
            return Outcome(ok=False, error="This channel is archived.")
        words = self._as_sent(words.strip(), with_mentions=declared[name].should_escape)
        response_url = self._response_urls.new(person.id, channel.id)
        payload = payloads.slash_command(
            self._workspace, person, channel, command=name, text=words, response_url=response_url
        )
        ack = await self._socket.send("slash_commands", payload)
        if ack.failure:
            return self._slackbot(person, channel, f"{name} failed with the error “{ack.failure}”")
        if not ack.payload:
            return Outcome()
        try:
            return Outcome(shown=self._response_urls.answer_at_once(person.id, channel.id, ack.payload))
        except Refusal as refusal:
            self._world.socket.on_bad_ack(refusal.error)
            return self._slackbot(person, channel, f"{name} failed with the error “dispatch_unknown_error”")

    def _slackbot(self, person: Person, channel: Channel, words: str) -> Outcome:
        post = Post(channel.id, self._workspace.next_ts(), SLACKBOT, words, only_for=person.id)
        self._workspace.keep_post(post)
        return Outcome(ok=False, shown=post, error=words)

    def _as_sent(self, words: str, *, with_mentions: bool) -> str:
        """Words as Slack passes them on: the three characters that mean something escaped, mentions resolved."""
        escaped = html.escape(words, quote=False)
        if not with_mentions:
            return escaped
        names = {person.name: person.id for person in self._workspace.people.values()}
        names[self._workspace.bot_name] = self._workspace.identity.bot_user_id
        for name in sorted(names, key=len, reverse=True):
            escaped = re.sub(rf"@{re.escape(name)}\b", f"<@{names[name]}>", escaped)
        return escaped

    def say(
        self,
        person: Person,
        channel: Channel,
        words: str,
        thread_ts: str | None = None,
        attached: Sequence[File] = (),
    ) -> Post:
        """Writes a message, maybe with files."""
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
        blocks = [{"type": "rich_text", "block_id": "words", "elements": [section]}]
        post = Post(
            channel=channel.id,
            ts=self._workspace.next_ts(),
            user=person.id,
            text=self._as_sent(words, with_mentions=True),
            blocks=blocks if words else [],
            thread_ts=thread_ts,
            files=[file.id for file in attached],
        )
        self._keep(post)
        return post

    def _keep(self, post: Post) -> None:
        self._workspace.keep_post(post)
        self._world.events.posted(post)

    # -- files

    def upload(self, user: str, name: str, content: bytes, *, filetype: str = "", email: Json | None = None) -> File:
        """Brings a file that is in no message yet; ValueError, in words for the person, where Slack takes none."""
        if not content:
            raise ValueError(f"{name} is empty.")
        if len(content) > files.MOST_BYTES:
            raise ValueError(f"{name} is larger than {files.MOST_BYTES // 1024 // 1024} MB.")
        filetype = filetype or files.filetype_of(name)
        return self._workspace.new_file(name, content, user, filetype=filetype, email=email)

    def receive_email(self, channel: Channel, email: Json) -> Post:
        """An e-mail comes to the address that a channel has: Slack itself posts it, as a file."""
        content = f"<pre>{html.escape(email['plain_text'])}</pre>".encode()
        file = self.upload(SLACKBOT, email["subject"], content, filetype="email", email=email)
        post = Post(channel.id, self._workspace.next_ts(), SLACKBOT, "", files=[file.id])
        self._keep(post)
        return post

    # -- shortcuts

    def shortcut_called(self, person: Person, called: str, kind: str) -> Shortcut:
        """The declared shortcut with that callback id or name, `global` or `message`."""
        for shortcut in self._world.manifest.shortcuts:
            if shortcut.type == kind and called in (shortcut.callback_id, shortcut.name):
                if person.team_id != self._workspace.team.id:
                    break
                return shortcut
        raise KeyError(f"{person.name} has no {kind} shortcut {called!r}")

    async def shortcut(self, person: Person, shortcut: Shortcut, post: Post | None = None) -> Outcome:
        """Chooses a global shortcut, or with `post` one from that message's menu."""
        more: Json = {"callback_id": shortcut.callback_id, "action_ts": self._workspace.next_ts()}
        if post is not None:
            response_url = self._response_urls.new(person.id, post.channel, post.ts)
            more |= {"message_ts": post.ts, "response_url": response_url}
            more |= payloads.in_message(self._workspace, post)
        trigger_id = self._workspace.new_trigger(person.id)
        kind = "shortcut" if post is None else "message_action"
        ack = await self._tell(kind, person, trigger_id=trigger_id, **more)
        return Outcome(ok=False, error=TROUBLE) if ack.failure else Outcome()

    async def _tell(self, kind: str, person: Person, place: Place | None = None, **more: Any) -> Ack:
        payload = payloads.interaction(self._workspace, kind, person, place, **more)
        return await self._socket.send("interactive", payload)

    # -- presses

    async def press(
        self, person: Person, place: Place, block_id: str, action_id: str, chosen: Json, *, state: Json | None = None
    ) -> Outcome:
        """Presses something, or changes an input that dispatches. Without an answer the place says so.

        `state` is what a message's other inputs hold. The ids need not be of anything that is there: a stale press.
        """
        placed = find(place.blocks, block_id, action_id)
        element = placed.element if placed else {"type": "button", "text": {"type": "plain_text", "text": ""}}
        shown = {key: element[key] for key in ("text", "value", "style", "url", "placeholder") if key in element}
        ids = {"type": element["type"], "block_id": block_id, "action_id": action_id}
        actions = [{**ids, "action_ts": self._workspace.next_ts(), **shown, **chosen}]
        if isinstance(place, View):
            if placed is not None and placed.holds:
                self.enter(place, block_id, action_id, chosen.get(placed.holds))
            trigger_id = self._workspace.new_trigger(person.id, in_view=place.id)
            ack = await self._tell("block_actions", person, place, trigger_id=trigger_id, actions=actions)
            place.failure = TROUBLE if ack.failure else None
            self._workspace.changes.tell("form" if place.payload["type"] == "modal" else "home")
        else:
            more = {"response_url": self._response_urls.new(person.id, place.channel, place.ts), "actions": actions}
            values = state_of(place.blocks) if state is None else state
            trigger_id = self._workspace.new_trigger(person.id)
            ack = await self._tell(
                "block_actions", person, place, trigger_id=trigger_id, state={"values": values}, **more
            )
            warnings = place.warnings.setdefault(person.id, {})
            warnings.pop(action_id, None)
            warnings |= {action_id: NO_ANSWER} if ack.failure else {}
            self._workspace.changes.tell(f"messages:{place.channel}")
        if ack.payload:
            self._socket.on_bad_ack("the acknowledgement of a press carries nothing")
        return Outcome(ok=False, error=NO_ANSWER) if ack.failure else Outcome()

    # -- forms

    def enter(self, view: View, block_id: str, action_id: str, value: object) -> None:
        """Types into an input, or chooses."""
        entry = view.state[block_id][action_id]
        held, _initial = HELD[entry["type"]]
        entry[held] = value
        view.errors.pop(block_id, None)
        self._workspace.changes.tell("form")

    async def submit(self, person: Person, view: View) -> Outcome:
        """Sends a form in. What Slack itself minds is shown without asking the bot."""
        view.failure = None
        view.errors = form_checks.complaints(view)
        if view.errors:
            self._workspace.changes.tell("form")
            return Outcome(ok=False, error="; ".join(view.errors.values()))
        for entry in (entry for entries in view.state.values() for entry in entries.values()):
            for given in entry.get("files", []):
                file = self._workspace.files[given["id"]]
                file.given_to_bot = True
                self._workspace.keep_file(file)
        trigger_id = self._workspace.new_trigger(person.id, in_view=view.id)
        shown = payloads.view(self._workspace, view)
        ack = await self._tell("view_submission", person, trigger_id=trigger_id, view=shown, response_urls=[])
        if ack.failure:
            return self._form_trouble(view)
        try:
            self._respond(person, view, ack.payload or {})
        except Refusal as refusal:
            self._socket.on_bad_ack(refusal.error)
            return self._form_trouble(view)
        return Outcome(ok=not view.errors, error="; ".join(view.errors.values()) or None)

    def _form_trouble(self, view: View) -> Outcome:
        view.failure = TROUBLE
        self._workspace.changes.tell("form")
        return Outcome(ok=False, error=TROUBLE)

    def _respond(self, person: Person, view: View, answer: Json) -> None:
        """Does what the bot answered to a form: nothing said closes it."""
        stack = self._workspace.forms.get(person.id, [])
        if view not in stack:
            return  # closed by hand meanwhile
        action = answer.get("response_action")
        if action is None:
            if answer:
                raise Refusal("unexpected_payload")
            self._workspace.close_form(view)
        elif action == "clear":
            self._workspace.close_form(stack[0])
        elif action == "errors":
            inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
            errors = answer.get("errors")
            if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
                raise Refusal("invalid_errors")
            view.errors = {block_id: str(complaint) for block_id, complaint in errors.items()}
            self._workspace.changes.tell("form")
        elif action == "update":
            payload = check_view(self._world, answer.get("view"), "modal", itself=view.id)
            self._workspace.change_form(view, payload, state_of(payload["blocks"], view.state))
        elif action == "push":
            payload = check_view(self._world, answer.get("view"), "modal")
            if len(stack) >= MODALS_DEEP:
                raise Refusal("push_limit_reached")
            self._workspace.show_form(person.id, payload, state_of(payload["blocks"]))
        else:
            raise Refusal("unknown_response_action")

    async def close(self, person: Person, view: View) -> Outcome:
        """Closes a form unsent; all that lie below too, if the form says so."""
        stack = self._workspace.forms.get(person.id, [])
        if view not in stack:
            return Outcome()
        clearing = view.payload.get("clear_on_close", False)
        going = list(stack) if clearing else stack[stack.index(view) :]
        self._workspace.close_form(going[0])
        for closed in reversed(going):
            if closed.payload.get("notify_on_close"):
                shown = payloads.view(self._workspace, closed)
                await self._tell("view_closed", person, view=shown, is_cleared=clearing)
        return Outcome()

    async def suggest(self, person: Person, place: Place, placed: Placed, value: str) -> Json:
        """Asks the bot for the options of a select, as somebody types; without a good answer, `ok: false` and why."""
        ids = {"block_id": placed.block_id, "action_id": placed.action_id}
        ack = await self._tell("block_suggestion", person, place, **ids, value=value)
        if ack.failure:
            return {"ok": False, "error": NO_ANSWER}
        answer = ack.payload or {}
        if faults := suggestion_faults(answer):
            self._socket.on_bad_ack(f"invalid options: {faults[0].message}")
            return {"ok": False, "error": NO_ANSWER}
        return answer

    # -- elsewhere

    def open_home(self, person: Person) -> None:
        """Opens the bot's home."""
        self._world.events.home_opened(person, tab="home")

    def read(self, person: Person, channel: Channel) -> None:
        """Has seen everything in a conversation."""
        posts = self._workspace.posts_in(channel.id, as_seen_by=person.id)
        if posts and channel.read_up_to.get(person.id) != posts[-1].ts:
            channel.read_up_to[person.id] = posts[-1].ts
            self._workspace.keep(channel)
            if channel.with_user:
                self._world.events.home_opened(person, tab="messages")
