// What stands at the top of every page: the language, the reviewer's name, help, logging out.

import { post } from "./words.js";

const find = (id) => document.getElementById(id);

export const openHelp = () => find("help").showModal();

async function chosen(preferences) {
  await post("/preferences", preferences);
  location.reload();
}

find("help-button").addEventListener("click", openHelp);
find("language").addEventListener("click", (event) => chosen({ language: event.currentTarget.dataset.language }));
find("name").addEventListener("click", () => find("name-sheet").showModal());
find("name-sheet").addEventListener("close", (event) => {
  const sheet = event.target;
  if (sheet.returnValue === "save") chosen({ reviewer: sheet.querySelector("input").value });
});
find("logout")?.addEventListener("click", async () => {
  await post("/logout", {});
  location.assign("/login");
});
