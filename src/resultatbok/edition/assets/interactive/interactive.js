/* Figures that carry a specification become charts that answer to the pointer. Without this script, or if it fails, the
   drawing stays; with it, the drawing stays for assistive technology and for print. */
(() => {
  "use strict";

  // `ast`: expressions are interpreted, so that the page needs no permission to evaluate code
  const OPTIONS = {
    actions: false,
    ast: true,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  };

  async function draw(place) {
    const figure = place.closest("figure");
    const spec = JSON.parse(place.querySelector("script").textContent);
    place.hidden = false; // before drawing: the chart takes the width of its place
    try {
      const bind = place.querySelector(".exhibit-choices");
      await window.vegaEmbed(place.querySelector(".exhibit-chart"), spec, { ...OPTIONS, bind });
      figure.classList.add("is-interactive");
      figure.querySelector(".exhibit-scroll").removeAttribute("tabindex"); // nothing to scroll in any more
    } catch (error) {
      place.hidden = true;
      console.error(error);
    }
  }

  document.querySelectorAll(".exhibit-live").forEach(draw);
})();
