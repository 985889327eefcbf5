"""A Chromium, and windows in it that are used again from story to story: a new one costs more than its use."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, Playwright, Request

PATIENCE_MS = 15_000
"""For a busy machine. What is there at once costs nothing."""

OF_THE_SYSTEM = (
    Path("/usr/bin/chromium"),  # Debian
    Path("/usr/bin/chromium-browser"),
    Path("/usr/bin/google-chrome"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
OPTIONS = [
    "--no-sandbox",  # as root and in containers too, where it opens nothing but our own page
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--lang=en-GB",  # dates in fields as a British press officer has them
]


@dataclass(frozen=True)
class Screen:
    """What people sit or walk with. `scale` is how many dots make a pixel."""

    width: int = 1280
    height: int = 800
    scale: float = 1
    is_phone: bool = False
    is_dark: bool = False


DESK, PHONE = Screen(), Screen(width=390, height=844, is_phone=True)


def launched(playwright: Playwright) -> Browser | None:
    """Playwright’s own browser, or the system’s; None where there is none. Raises Error if one does not start."""
    try:
        return playwright.chromium.launch(args=OPTIONS)
    except Error as error:
        if "Executable doesn't exist" not in error.message:
            raise
    for executable in OF_THE_SYSTEM:
        if executable.exists():
            return playwright.chromium.launch(executable_path=executable, args=OPTIONS)
    return None


class Window:
    """A window with one tab: a tab that lies behind another is not drawn, and presses in it wait for seconds."""

    def __init__(self, browser: Browser, screen: Screen) -> None:
        self._context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            device_scale_factor=screen.scale,
            has_touch=screen.is_phone,
            is_mobile=screen.is_phone,
            color_scheme="dark" if screen.is_dark else "light",
            locale="en-GB",
            timezone_id="America/New_York",  # times are those of whoever acts, not of the computer they sit at
        )
        self._context.set_default_timeout(PATIENCE_MS)
        self.page = self._context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)
        self._origin = ""
        self.complaints: list[str] = []

    def lend(self, origin: str) -> None:
        self._origin = origin
        self.complaints.clear()

    def take_back(self) -> None:
        self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")

    def close(self) -> None:
        self._context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _asked(self, request: Request) -> None:
        """The page loads nothing from another host."""
        if not request.url.startswith((self._origin, "data:", "blob:", "about:")):
            self.complaints.append(f"asked for {request.url}")


class Windows:
    """All windows of one browser, by screen."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[Screen, list[Window]] = {}

    def borrow(self, screen: Screen, origin: str) -> Window:
        free = self._free.setdefault(screen, [])
        window = free.pop() if free else Window(self._browser, screen)
        window.lend(origin)
        return window

    def give_back(self, screen: Screen, window: Window) -> None:
        window.take_back()
        self._free[screen].append(window)
