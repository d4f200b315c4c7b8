// Around the page: shows each build as it comes. What a route file says is set as text.

const state = document.getElementById("state");
const faults = document.getElementById("faults");
const frame = document.getElementById("map");

/** Make an element with text, of a class. */
function made(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

/** Show one fault: where it is, what it is, the way out. */
function shown({ severity, where, code, message, hint }) {
  const article = made("article", "", severity);
  article.append(made("h2", `${where}: ${code} ${message}`));
  if (hint) {
    article.append(made("p", hint));
  }
  return article;
}

/** Say in one line how a build went. */
function said({ number, page, fresh }) {
  if (fresh) {
    return `Build ${number} is below.`;
  }
  return page ? "There is no new page: the last good one is below." : "There is no page yet.";
}

function show(build) {
  state.textContent = said(build);
  const articles = build.faults.map(shown);
  if (build.problem) {
    articles.unshift(made("article", build.problem, "error"));
  }
  faults.replaceChildren(...articles);
  faults.hidden = articles.length === 0;
  frame.hidden = !build.page;
  if (build.fresh) {
    frame.src = `map?build=${build.number}`;
  }
}

const events = new EventSource("events");
events.addEventListener("message", (event) => show(JSON.parse(event.data)));
events.addEventListener("error", () => {
  state.textContent = "The preview has ended. Start it again, and open its new address.";
});
