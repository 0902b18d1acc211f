// The words of the page's language, and how its scripts ask the server.

export const words = JSON.parse(document.body.dataset.words || "{}");

const OWN = { "X-Kehoach": "1", "Content-Type": "application/json" };

// The answer as {status, body}; status 0 when nobody answers.
export async function post(path, body) {
  try {
    const answer = await fetch(path, { method: "POST", headers: OWN, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

export async function get(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message);
  return body;
}

// A document's name as part of an address.
export const address = (name) => name.split("/").map(encodeURIComponent).join("/");

export const typing = (target) => target instanceof Element && target.closest("form, input:not([type=checkbox]), textarea, select") !== null;
