// The only file that talks to the server.

const BASE = "/page/api";

/** The server could not be reached, or answered with something that is not an answer. */
export class Unreachable extends Error {}

/** The server understood and refused: someone is gone, or a channel is not theirs to see. */
export class Refused extends Error {}

async function request(path, options) {
  let response;
  try {
    response = await fetch(BASE + path, options);
  } catch {
    throw new Unreachable("The workspace is not answering.");
  }
  let body;
  try {
    body = await response.json();
  } catch {
    throw new Unreachable(`The workspace answered with status ${response.status}.`);
  }
  // A refused act says so in its body, with words for the person; anything else that fails is a fault.
  if (!response.ok && typeof body.error !== "string") throw new Unreachable(`The workspace answered with status ${response.status}.`);
  return body;
}

async function get(path, query) {
  const given = Object.entries(query).filter(([, value]) => value);
  const body = await request(`${path}?${new URLSearchParams(given)}`);
  if (typeof body.error === "string") throw new Refused(body.error);
  return body;
}

const post = (path, body) => request(path, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

export const api = {
  workspace: (as) => get("/workspace", { as }),
  messages: (as, channel, thread) => get("/messages", { as, channel, thread_ts: thread }),
  home: (as) => get("/home", { as }),
  openHome: (as) => post("/act", { as, act: "open_home" }),
  form: (as) => get("/form", { as }),
  act: (as, act, details) => post("/act", { as, act, ...details }),
  upload: (as, file) => request(`/file?${new URLSearchParams({ as, name: file.name })}`, { method: "POST", body: file }),
  fileAddress: (as, file) => `${BASE}/file?${new URLSearchParams({ as, file })}`,
  advance: (seconds) => post("/clock", { advance_seconds: seconds }),
};

/**
 * Hear what changes for one person, for as long as the page is open. `onChange` gets the names of what changed;
 * `onConnected` is called at each new connection, since whatever happened in between went unheard.
 * Returns a function that stops listening.
 */
export function listen(as, { onChange, onConnected, onLost }) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const address = `${scheme}//${location.host}${BASE}/events?${new URLSearchParams({ as })}`;
  let socket;
  let timer;
  let attempts = 0;
  let stopped = false;

  function connect() {
    socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      attempts = 0;
      onConnected();
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "changed") onChange(message.what);
    });
    socket.addEventListener("close", () => {
      if (stopped) return;
      attempts += 1;
      // One quick second try is silent: a restarted demo is usually back at once.
      if (attempts > 1) onLost();
      timer = window.setTimeout(connect, Math.min(5000, 250 * 2 ** attempts));
    });
  }

  connect();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    socket.close();
  };
}
