/* Leads to the language that the reader's browser asks for. */
(() => {
  "use strict";
  const folders = document.documentElement.dataset.folders.split(" ");
  const norwegian = ["nb", "no", "nn"];
  const asked = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  const wanted = asked.map((tag) => (norwegian.includes(tag) ? "nb" : tag)).find((tag) => folders.includes(tag));
  location.replace((wanted || folders[0]) + "/index.html");
})();
