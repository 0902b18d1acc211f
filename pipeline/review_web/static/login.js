// The password goes as JSON, so that no form of another page can send one.

import { post } from "./words.js";

document.getElementById("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.password;
  const { status } = await post("/login", { password: field.value });
  if (status === 200) location.assign("/");
  document.getElementById("wrong").hidden = status === 200;
  field.select();
});
