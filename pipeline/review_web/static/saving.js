// One decision after the other goes to the server; each has a name of its own, so that it can be sent again.

import { address, get, post } from "./words.js";

const { dataset } = document.body;
const AGAIN = [400, 1500]; // milliseconds before the same decision is sent again when nobody answers

let version = Number(dataset.version);
let queue = Promise.resolve();
let waiting = 0;

// Whether nothing is on its way to the server.
export const idle = () => waiting === 0;

const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// The answer to a decision, as {status, body}; 200 means that it is on the disk.
export function send(request) {
  const id = crypto.randomUUID?.() ?? uuid();
  waiting += 1;
  queue = queue.then(() => attempt({ id, ...request })).finally(() => { waiting -= 1; });
  return queue;
}

async function attempt(request) {
  const asked = { ...request, version, reading: dataset.reading };
  let answer = await post(`/decisions/${address(dataset.document)}`, asked);
  for (const pause of AGAIN) {
    if (answer.status !== 0) break;
    await wait(pause);
    answer = await post(`/decisions/${address(dataset.document)}`, asked);
  }
  if (answer.status === 200) version = answer.body.version;
  return answer;
}

// Tell when this document has been changed in another window, as soon as this one is looked at again.
export function watch(tell) {
  addEventListener("focus", async () => {
    const now = await get(`/version/${address(dataset.document)}`).catch(() => null);
    await queue;
    if (now && (now.version > version || now.reading !== dataset.reading)) tell({ message: NEWER() });
  });
}

const NEWER = () => JSON.parse(dataset.words).newer;

// crypto.randomUUID is there only on addresses that the browser trusts.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
