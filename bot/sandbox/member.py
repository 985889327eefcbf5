"""A member of the workspace, to act as in tests: what they do reads like their day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.sandbox.acts import Outcome
from bot.sandbox.elements import Placed, interactive, options_in
from bot.sandbox.entries import held_for
from bot.sandbox.files import email_of, file_object
from bot.sandbox.records import Channel, Json, Person, Place, Post, View
from bot.sandbox.rendering import Reader
from bot.sandbox.screen import Form, Home, Message, Shown

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

PATIENCE = 5.0
Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Target:
    """Something that can be pressed or chosen from, where it stands, and what acting on it carries."""

    placed: Placed
    place: Place
    chosen: Json


class Member:
    """One person. Every wait is for a condition, in real time; what fails says what was on the screen."""

    def __init__(self, sandbox: "Sandbox", person: Person, patience: float = PATIENCE) -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        self._acts = sandbox.acts
        self.patience = patience
        self._reader = Reader(sandbox.workspace, person)
        self.person = person
        self.id = person.id
        self.name = person.name

    def __repr__(self) -> str:
        return f"<{self.name}>"

    # -- commands and shortcuts

    def run(self, line: str, channel: str | None = None) -> Shown:
        """Types a command, by default in their conversation with the bot, and waits for its acknowledgement."""
        return self._shown(self._sandbox.do(self._acts.command(self.person, self._place(channel), line)))

    def shortcut(self, name: str) -> Form:
        """Chooses a global shortcut by its name."""
        shortcut = self._acts.shortcut_called(self.person, name, "global")
        return self._opened(self._sandbox.do(self._acts.shortcut(self.person, shortcut)), name)

    def message_shortcut(self, name: str, message: Message) -> Form:
        """Chooses a shortcut from a message's menu."""
        shortcut = self._acts.shortcut_called(self.person, name, "message")
        return self._opened(self._sandbox.do(self._acts.shortcut(self.person, shortcut, self._post(message))), name)

    def _opened(self, outcome: Outcome, name: str) -> Form:
        form = self.form
        if not outcome.ok or form is None:
            raise AssertionError(f"{name!r} opened no form for {self.name} ({outcome.error}); {self._screen()}")
        return form

    def _shown(self, outcome: Outcome) -> Shown:
        def look() -> Shown:
            message = self._message(outcome.shown) if outcome.shown else None
            return Shown(outcome.ok, message, self._top(), outcome.error)

        return self._sandbox.ask(look)

    # -- forms

    def _stack(self) -> list[View]:
        return self._workspace.forms.get(self.id, [])

    def _top(self) -> Form | None:
        stack = self._stack()
        return Form.of(stack[-1], self._reader, self._workspace, self.person) if stack else None

    def _top_view(self) -> View:
        stack = self._stack()
        if not stack:
            raise AssertionError(f"{self.name} has no form open; {self._screen()}")
        return stack[-1]

    @property
    def form(self) -> Form | None:
        """The form on top of those they have open."""
        return self._sandbox.ask(self._top)

    def wait_for_form(self, title: str | None = None) -> Form:
        """Waits until a form is open, with that title if one is given."""

        def look() -> Form | None:
            top = self._top()
            return top if top is not None and title in (None, top.title) else None

        return self._wait(look, f"a form {title or ''}")

    def fill(self, label: str, value: object) -> None:
        """Enters something into the open form: words, an option's text, a name, a date, a time, an aware datetime.

        Where files are asked for: `("quotes.pdf", b"…")`, or a list of such.
        """
        view = self._sandbox.ask(self._top_view)
        inputs = [placed for placed in interactive(view.blocks) if placed.holds]
        placed = next((placed for placed in inputs if placed.label == label), None)
        if placed is None:
            raise AssertionError(f"no input {label!r}; there are {[placed.label for placed in inputs]}")
        held = self._held(view, placed, value)
        if placed.block["type"] == "input" and not placed.block.get("dispatch_action"):
            ids = (placed.block_id, placed.action_id)
            self._sandbox.ask(lambda: self._acts.enter(view, *ids, held))
        else:
            self._act_on(Target(placed, view, {placed.holds: held}))

    def _held(self, place: Place, placed: Placed, value: object) -> object:
        def suggest(typed: str) -> list[Json]:
            answer = self._sandbox.do(self._acts.suggest(self.person, place, placed, typed))
            if "error" in answer:
                raise AssertionError(f"{self.name} was offered nothing for {typed!r}: {answer['error']}")
            return options_in(answer)

        if placed.element["type"] == "file_input":
            return self._sandbox.ask(lambda: self._put_in(value))
        return held_for(placed.element, value, self._workspace, suggest)

    def _put_in(self, value: Any) -> list[Json]:
        given = value if isinstance(value, list) else [value] if value else []
        return [file_object(self._workspace, self._acts.upload(self.id, *each)) for each in given]

    def submit(self) -> Form | None:
        """Sends the open form in. None: nothing is open any more; else what is, with what was wrong."""
        view = self._sandbox.ask(self._top_view)
        self._sandbox.do(self._acts.submit(self.person, view))
        return self.form

    def close_form(self) -> None:
        """Closes the open form unsent."""
        view = self._sandbox.ask(self._top_view)
        self._sandbox.do(self._acts.close(self.person, view))

    # -- pressing

    def press(self, text: str, on: Message | None = None, *, confirm: bool = True) -> Shown:
        """Presses a button, or a menu's entry, by its words: on that message, or in the newest place that has it."""
        found = self._wait(lambda: self._button(text, self._places(on)), f"{text!r} to press")
        return self._act_on(found, confirm=confirm)

    def press_in_home(self, text: str, *, confirm: bool = True) -> Shown:
        """Presses a button in the bot's home."""
        homes = self._workspace.homes
        found = self._wait(
            lambda: self._button(text, [homes[self.id]] if self.id in homes else []), f"{text!r} at home"
        )
        return self._act_on(found, confirm=confirm)

    def choose(self, label: str, value: object, on: Message | None = None) -> Shown:
        """Chooses in a menu or picker of a message, by its placeholder or the words beside it."""

        def look() -> tuple[Placed, Place] | None:
            standing = ((placed, place) for place in self._places(on) for placed in interactive(place.blocks))
            return next((found for found in standing if found[0].holds and found[0].label == label), None)

        placed, place = self._wait(look, f"{label!r} to choose in")
        return self._act_on(Target(placed, place, {placed.holds: self._held(place, placed, value)}))

    def press_raw(self, message: Message, action_id: str, value: str | None = None, **more: object) -> Shown:
        """Sends a press that the message may no longer have, or never had: a stale or a forged one."""
        block_id = str(more.pop("block_id", "forged"))
        chosen = ({} if value is None else {"value": value}) | more
        pressing = self._acts.press(self.person, self._post(message), block_id, action_id, chosen)
        return self._shown(self._sandbox.do(pressing))

    def _act_on(self, target: Target, *, confirm: bool = True) -> Shown:
        if "confirm" in target.placed.element and not confirm:
            return self._shown(Outcome())
        ids = (target.placed.block_id, target.placed.action_id)
        return self._shown(self._sandbox.do(self._acts.press(self.person, target.place, *ids, target.chosen)))

    def _places(self, on: Message | None) -> list[Place]:
        """Where they would look: the open form, then messages, newest first."""
        if on is not None:
            return [self._post(on)]
        return [*reversed(self._stack()), *reversed(self._seen())]

    def _seen(self) -> list[Post]:
        """Every message that they can see, the oldest first."""
        places = [channel for channel in self._workspace.channels.values() if self.id in channel.members]
        posts = [post for place in places for post in self._workspace.posts_in(place.id, as_seen_by=self.id)]
        return sorted(posts, key=lambda post: post.ts)

    def _button(self, text: str, places: list[Place]) -> Target | None:
        for place in places:
            for placed in interactive(place.blocks):
                for words, chosen in placed.presses:
                    if words == text:
                        return Target(placed, place, chosen)
        return None

    # -- the home

    def open_home(self) -> Home:
        """Opens the bot's home and waits until something is there."""
        self._sandbox.ask(lambda: self._acts.open_home(self.person))
        return self._wait(self._home, "a home")

    @property
    def home(self) -> Home | None:
        """The bot's home as it is now."""
        return self._sandbox.ask(self._home)

    def _home(self) -> Home | None:
        view = self._workspace.homes.get(self.id)
        return Home.of(view, self._reader) if view else None

    def sees_in_home(self, text: str) -> Home:
        """Waits until the home says this."""

        def look() -> Home | None:
            home = self._home()
            return home if home is not None and text in home.text else None

        return self._wait(look, f"{text!r} in the home")

    # -- messages

    def say(self, text: str, channel: str | None = None, thread: Message | None = None) -> Message:
        """Writes a message, by default to the bot."""
        place = self._place(channel)
        root = (thread.thread_ts or thread.ts) if thread else None
        if place.archived:
            raise AssertionError(f"#{place.name} is archived")
        return self._sandbox.ask(lambda: self._message(self._acts.say(self.person, place, text, root)))

    def upload(
        self,
        name: str,
        content: bytes,
        *,
        channel: str | None = None,
        text: str = "",
        thread: Message | None = None,
        filetype: str = "",
    ) -> Message:
        """Shares a file, by default with the bot. `filetype` is Slack's word for it, else its name decides."""
        place = self._place(channel)
        root = (thread.thread_ts or thread.ts) if thread else None

        def share() -> Message:
            file = self._acts.upload(self.id, name, content, filetype=filetype)
            return self._message(self._acts.say(self.person, place, text, root, [file]))

        return self._sandbox.ask(share)

    def forward_email(
        self,
        subject: str,
        text: str,
        *,
        channel: str,
        sender: str,
        to: str = "",
        cc: tuple[str, ...] = (),
        sent: datetime | None = None,
    ) -> Message:
        """Sends an e-mail on to a channel's address. People in it are written `Rosa Achter <rosa@courier.example>`."""
        place = self._place(channel)
        to = to or f"{self.name} <{self.person.email}>"

        def forward() -> Message:
            at = sent or self._workspace.clock.now()
            email = email_of(subject=subject, text=text, sender=sender, to=to, cc=cc, sent=at)
            return self._message(self._acts.receive_email(place, email))

        return self._sandbox.ask(forward)

    def messages(self, channel: str | None = None, thread: Message | None = None) -> list[Message]:
        """What everyone sees in a channel (by default the conversation with the bot) or a thread, oldest first."""
        place = self._place(channel)
        return self._sandbox.ask(
            lambda: [self._message(post) for post in self._visible(place, thread) if post.only_for is None]
        )

    def sees(self, text: str, channel: str | None = None, thread: Message | None = None) -> Message:
        """Waits until a message there says this; the newest that does."""
        place = self._place(channel)

        def look() -> Message | None:
            for post in reversed(self._visible(place, thread)):
                message = self._message(post)
                if text in message.text:
                    return message
            return None

        return self._wait(look, f"{text!r} in {place.name or 'the conversation with the bot'}")

    @property
    def notices(self) -> list[str]:
        """Everything that was shown to them alone, oldest first."""
        return self._sandbox.ask(lambda: [self._message(post).text for post in self._seen() if post.only_for])

    def _visible(self, place: Channel, thread: Message | None) -> list[Post]:
        posts = self._workspace.posts_in(place.id, as_seen_by=self.id)
        if thread is None:
            return [post for post in posts if not post.is_reply]
        root = thread.thread_ts or thread.ts
        return [post for post in posts if post.is_reply and post.thread_ts == root]

    def _message(self, post: Post) -> Message:
        return Message.of(post, self._reader, self._workspace, self.person)

    def _post(self, message: Message) -> Post:
        post = self._workspace.post_at(message.channel, message.ts)
        if post is None:
            raise AssertionError(f"the message is gone: {message.text!r}")
        return post

    def _place(self, channel: str | None) -> Channel:
        if channel is None:
            return self._sandbox.ask(lambda: self._workspace.conversation_with_bot(self.id))
        place = self._workspace.channel_named(channel)
        if self.id not in place.members:
            raise AssertionError(f"{self.name} is not in #{place.name}")
        return place

    # -- waiting

    def _wait(self, look: Callable[[], Seen | None], what: str) -> Seen:
        found = self._sandbox.do(self._workspace.changes.wait_for(look, self.patience))
        if found is None:
            raise AssertionError(f"{self.name} waited {self.patience} s for {what}; {self._sandbox.ask(self._screen)}")
        return found

    def _screen(self) -> str:
        """What they have before them, for an assertion's words."""
        lines = [f"form “{form.title}”: {form.text} {form.buttons}" for form in [self._top()] if form]
        posts = [place for place in self._places(None) if isinstance(place, Post)]
        for message in map(self._message, posts[:8]):
            place = self._workspace.channels[message.channel].name or "bot"
            lines.append(f"[{place}] {message.author}: {message.text} {message.buttons}")
        home = self._home()
        lines += [f"home: {home.text} {home.buttons}"] if home else []
        return "on screen:\n" + ("\n".join(lines) or "nothing")
