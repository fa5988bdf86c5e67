// The picture on the page as a file of its own: what the style sheet says of it is written into it.

/** What decides how a shape or a text of the picture looks. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'font-variant-numeric',
  'letter-spacing',
  'text-anchor',
  'dominant-baseline',
];
const MARGIN = 16;
/** Pixels of the image for each of the page's, so that it stays sharp when printed. */
const DENSITY = 2;

/** The picture that is in view as an SVG document, with a title under it. */
export function asSvg(title) {
  return new XMLSerializer().serializeToString(picture(title).svg);
}

/** The same as a PNG image. */
export async function asPng(title) {
  const { svg, width, height } = picture(title);
  const text = new XMLSerializer().serializeToString(svg);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * DENSITY;
  canvas.height = height * DENSITY;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no image'))), 'image/png');
  });
}

function picture(title) {
  const shown = [...document.querySelectorAll('#drawing svg')].find((svg) => svg.checkVisibility());
  const svg = shown.cloneNode(true);
  const [originals, copies] = [shown, svg].map((root) => [root, ...root.querySelectorAll('*')]);
  originals.forEach((original, at) => look(original, copies[at]));
  // The hatching lies outside the picture.
  const defs = document.querySelector('.defs').cloneNode(true);
  const hatches = [...document.querySelectorAll('.defs *')];
  defs.querySelectorAll('*').forEach((copy, at) => look(hatches[at], copy));
  svg.prepend(...defs.children);

  const { width: inner, height: above } = shown.viewBox.baseVal;
  const page = getComputedStyle(document.body);
  const lines = wrapped(title, Math.floor(inner / 7.5));
  const width = inner + 2 * MARGIN;
  const height = above + 2 * MARGIN + lines.length * 20 + 8;
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  svg.setAttribute('width', width);
  svg.setAttribute('height', height);
  const ground = element('rect', { x: -MARGIN, y: -MARGIN, width, height });
  ground.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor);
  svg.prepend(ground);
  lines.forEach((line, at) => {
    const text = element('text', { x: 0, y: above + 28 + at * 20 });
    text.setAttribute('fill', page.color);
    text.setAttribute('font-family', page.fontFamily);
    text.setAttribute('font-size', '14');
    text.textContent = line;
    svg.append(text);
  });
  return { svg, width, height };
}

function look(original, copy) {
  const style = getComputedStyle(original);
  for (const name of LOOKS) {
    const value = style.getPropertyValue(name);
    if (value) copy.setAttribute(name, value.replaceAll(/url\([^)]*#([^)"]*)"?\)/g, 'url(#$1)'));
  }
  if (style.display === 'none' || style.visibility === 'hidden') copy.setAttribute('display', 'none');
  copy.removeAttribute('class');
}

function element(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Lines of at most so many letters. */
function wrapped(text, most) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > most && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
