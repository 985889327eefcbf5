// Pictures in blocks.

import { el, icon } from "./dom.js";

/**
 * Pictures from this machine are shown. The page loads nothing from another host, so any other picture is its
 * description and a link that the person may follow.
 */
export function picture({ image_url: address, alt_text: alt }, className) {
  const target = URL.canParse(address ?? "", location.href) ? new URL(address, location.href) : null;
  if (target?.origin === location.origin) return el("img", { class: className, src: target.href, alt });
  const label = el("span", { class: `${className} picture-elsewhere`, role: "img", "aria-label": `Picture: ${alt}` }, icon("picture"), el("span", {}, alt));
  if (!target || !/^https?:$/.test(target.protocol)) return label;
  return el("a", { class: "picture-link", href: target.href, target: "_blank", rel: "noopener noreferrer", title: `Picture on ${target.host}` }, label);
}
